"""Two that may be one: what a machine proposes, what a person decides, and taking a merge back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.contacts import JoinForm
from alongside.apps.partnership.operations.contacts.duplicates import keep_apart, look_for_duplicates
from alongside.apps.partnership.operations.contacts.merging import (
    merge_contacts,
    merge_organisations,
    undo_merge,
)
from alongside.apps.partnership.queries.contacts.duplicates import (
    Side,
    count_to_move,
    get_sides,
    list_merges,
    list_papers_of,
    list_proposals,
    view_merges,
    view_pairs,
)
from alongside.apps.people.queries import list_people_of

KINDS = ("organisation", "contact")


def duplicates(request: ViewerRequest) -> HttpResponse:
    """List pairs that a machine proposes, and what people decided."""
    check_may(request.viewer, "keep_relations")
    page = get_page(request, list_proposals(request.viewer), 25)
    context = {
        "page": page,
        "pairs": view_pairs(request.viewer, page.object_list),
        "merges": view_merges(request.viewer, list_merges(request.viewer)[:10]),
    }
    return render(request, "partnership/contacts/duplicates.html", context)


@require_POST
def look(request: ViewerRequest) -> HttpResponse:
    """Look for duplicates now, in the background."""
    check_may(request.viewer, "keep_relations")
    return redirect("base:job", look_for_duplicates(by=request.viewer, at=timezone.now()))


@require_POST
def apart(request: ViewerRequest, proposal_id: UUID) -> HttpResponse:
    """Decide that two are not one."""
    check_may(request.viewer, "keep_relations")
    if not list_proposals(request.viewer).filter(id=proposal_id).exists():
        raise Http404
    keep_apart(proposal_id=proposal_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Kept apart. You will not be asked about these two again."))
    return redirect("contacts:duplicates")


def join(request: ViewerRequest, what: str, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Show what making one of two would do, and do it."""
    check_may(request.viewer, "keep_relations")
    sides = get_sides(request.viewer, [(what, first_id), (what, second_id)])
    if what not in KINDS or len(sides) != 2:
        raise Http404
    first, second = sides[first_id], sides[second_id]
    shown = [_describe(request, what, first), _describe(request, what, second)]
    papers = {first_id: shown[0]["papers"], second_id: shown[1]["papers"]}
    keep = second_id if papers[second_id] and not papers[first_id] else first_id
    form = JoinForm(request.POST or None, initial={"keep": str(keep)})
    form.offer_sides([(first.id, first.name), (second.id, second.name)])
    if form.is_valid():
        kept_id = UUID(form.cleaned_data["keep"])
        merged_id = second_id if kept_id == first_id else first_id
        merge = merge_organisations if what == "organisation" else merge_contacts

        def keep_one() -> UUID:
            reason = form.cleaned_data["reason"]
            return merge(
                kept_id=kept_id, merged_id=merged_id, reason=reason, by=request.viewer, at=timezone.now()
            )

        if try_to(form, keep_one) is not None:
            messages.success(request, _("They are one now. You can undo this under duplicates."))
            return redirect(_after(what, kept_id))
    both_have_papers = bool(papers[first_id] and papers[second_id])
    context = {"form": form, "kind": what, "sides": shown, "both_have_papers": both_have_papers}
    return render(request, "partnership/contacts/join.html", context)


def _describe(request: ViewerRequest, kind: str, side: Side) -> dict[str, object]:
    accounts = list_people_of(request.viewer, side.id) if kind == "organisation" else []
    return {
        "side": side,
        "counts": count_to_move(kind, side.id),
        "papers": list_papers_of(kind, side.id),
        "accounts": [name for _person_id, name in accounts],
    }


def _after(kind: str, kept_id: UUID) -> str:
    if kind == "contact":
        return reverse("contacts:contact", args=[kept_id])
    return reverse("contacts:list") + f"?organisation={kept_id}"


def merges(request: ViewerRequest) -> HttpResponse:
    """List every merge, newest first."""
    check_may(request.viewer, "keep_relations")
    page = get_page(request, list_merges(request.viewer), 50)
    context = {"page": page, "merges": view_merges(request.viewer, page.object_list)}
    return render(request, "partnership/contacts/merges.html", context)


@require_POST
def undo(request: ViewerRequest, merge_id: UUID) -> HttpResponse:
    """Make two again of what was made one."""
    check_may(request.viewer, "keep_relations")
    if not list_merges(request.viewer).filter(id=merge_id).exists():
        raise Http404
    back, left = undo_merge(merge_id=merge_id, by=request.viewer, at=timezone.now())
    words = _("Two again: %(back)s entries were put back.") % {"back": back}
    if left:
        words += " " + _("%(left)s were changed since and stay as they are.") % {"left": left}
    messages.success(request, words)
    return redirect("contacts:duplicates")
