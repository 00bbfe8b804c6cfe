"""Engagements: the list, a new one, one with what it brought."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.agreements.queries.needs import list_needs
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.queries import list_onward, list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.engagement.forms import EngagementForm, InviteForm
from alongside.apps.engagement.operations import (
    change_engagement,
    close_engagement,
    end_invitation,
    invite_partner,
    open_engagement,
    reopen_engagement,
)
from alongside.apps.engagement.presenters import describe_uses, make_items
from alongside.apps.engagement.presenters.choices import KINDS, NATIONS, STAGES, STATES
from alongside.apps.engagement.queries import (
    EngagementFilter,
    count_by_basis,
    count_in_engagement,
    count_receipts,
    count_voices_of,
    get_engagement,
    get_form_of,
    list_conditions,
    list_engagements,
    list_imports,
    list_invited,
    list_sources,
)
from alongside.apps.engagement.queries.concerns import count_open_concerns
from alongside.apps.engagement.queries.retention import get_retention
from alongside.apps.people.queries import list_people_with_permission

MOST_KNOWN = 10


def engagements(request: ViewerRequest) -> HttpResponse:
    """List engagements with search and filters."""
    check_may(request.viewer, "see_engagements")
    chosen = {
        name: request.GET.get(name, "") for name in ("q", "kind", "condition", "stage", "nation", "state")
    }
    wanted = EngagementFilter(
        words=chosen["q"], kind=chosen["kind"], condition=chosen["condition"], stage=chosen["stage"],
        nation=chosen["nation"], state=chosen["state"],
    )  # fmt: skip
    conditions = list_conditions(request.viewer)
    page = get_page(request, list_engagements(request.viewer, wanted))
    labels: dict[str, tuple[str, dict[str, str]]] = {
        "q": (_("Words"), {}),
        "kind": (_("Kind"), KINDS),
        "condition": (_("Condition"), {}),
        "stage": (_("Stage"), STAGES),
        "nation": (_("Nation"), NATIONS),
        "state": (_("State"), {key: str(words) for key, words in STATES.items()}),
    }
    context = {
        "page": page,
        "lines": count_voices_of(request.viewer, list(page.object_list)),
        "chosen": chosen,
        "chips": make_chips(request.GET, labels),
        "kinds": make_items(KINDS.items(), chosen["kind"], _("All kinds")),
        "conditions": make_items([(c, c) for c in conditions], chosen["condition"], _("All conditions")),
        "stages": make_items(STAGES.items(), chosen["stage"], _("All stages")),
        "nations": make_items(NATIONS.items(), chosen["nation"], _("All nations")),
        "saved_views": list_saved_views(request.viewer, "engagement:list"),
        "query": request.GET.urlencode(),
        "states": make_items(STATES.items(), chosen["state"], _("Open and closed")),
    }
    return render(request, "engagement/list.html", context)


def before_new(request: ViewerRequest) -> HttpResponse:
    """Ask what is already known before people are asked again; what was found can be kept."""
    check_may(request.viewer, "run_engagements")
    words = request.GET.get("q", "").strip()
    found = []
    if words:
        for source in sorted(registry.search_sources.values(), key=lambda one: one.position):
            hits = resolve(source.find)(request.viewer, words, MOST_KNOWN)
            found.append((source.label, hits))
    keep = request.POST.getlist("keep")
    if request.method == "POST":
        request.session["already_known"] = "\n".join(line[:300] for line in keep[: 4 * MOST_KNOWN])
        return redirect("engagement:new")
    has_hits = any(hits for _label, hits in found)
    return render(
        request, "engagement/before_new.html", {"words": words, "found": found, "has_hits": has_hits}
    )


def new(request: ViewerRequest) -> HttpResponse:
    """Open an engagement."""
    check_may(request.viewer, "run_engagements")
    start = {
        "starts_on": timezone.localdate(),
        "already_known": request.session.get("already_known", ""),
        "kind": "focus_group",
    }
    form = EngagementForm(request.POST or None, initial=start)
    if form.is_valid():
        made = try_to(form, lambda: open_engagement(terms=form.terms, by=request.viewer, at=timezone.now()))
        if made is not None:
            request.session.pop("already_known", None)
            messages.success(request, _("Opened. Now bring in voices."))
            return redirect("engagement:detail", made.id)
    return render(request, "engagement/edit.html", {"form": form, "engagement": None})


def detail(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show one engagement: why, what people were told, what came in, and what can be done next."""
    check_may(request.viewer, "see_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    viewer = request.viewer
    may_run = viewer.may("run_engagements")
    context = {
        "engagement": engagement,
        "counts": count_in_engagement(viewer, engagement_id),
        "bases": [
            (basis, number, [words for words, permitted in describe_uses(basis) if permitted])
            for basis, number in count_by_basis(viewer, engagement_id)
        ],
        "sources": list_sources(viewer, engagement_id),
        "imports": [one for one in list_imports(viewer, engagement_id) if one.state != "confirmed"],
        "public_form": get_form_of(viewer, engagement_id, timezone.localdate()),
        "receipts": count_receipts(viewer, engagement_id),
        "invited": list_invited(viewer, engagement_id),
        "onward": list_onward(viewer, engagement_id),
        "retention": get_retention(viewer, engagement),
        "papers": list_needs(viewer, "engagement", engagement_id) if may_run else None,
        "may_run": may_run,
        "may_bring_in": viewer.may("bring_in_voices") and engagement.closed_at is None,
        "may_see_voices": viewer.may("see_voices"),
    }
    return render(request, "engagement/detail.html", context)


def change(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Change what an engagement says about itself."""
    check_may(request.viewer, "run_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    start = {name: getattr(engagement, name) for name in EngagementForm.base_fields}
    form = EngagementForm(request.POST or None, initial=start)
    if form.is_valid():
        done = try_to(
            form,
            lambda: (
                change_engagement(
                    engagement_id=engagement_id, terms=form.terms, by=request.viewer, at=timezone.now()
                )
                or True
            ),
        )
        if done:
            messages.success(request, _("Changed."))
            return redirect("engagement:detail", engagement_id)
    return render(request, "engagement/edit.html", {"form": form, "engagement": engagement})


@require_POST
def close(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Close an engagement; the message offers the way back."""
    close_engagement(engagement_id=engagement_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Closed. No more voices come in. You can open it again on this page."))
    if waiting := count_open_concerns(request.viewer, engagement_id):
        words = ngettext(
            "%(number)s concern of this engagement is still open. Closing changes nothing about it.",
            "%(number)s concerns of this engagement are still open. Closing changes nothing about them.",
            waiting,
        )
        messages.warning(request, words % {"number": f"{waiting:,}"})
    return redirect("engagement:detail", engagement_id)


@require_POST
def reopen(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Open an engagement again."""
    reopen_engagement(engagement_id=engagement_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Open again."))
    return redirect("engagement:detail", engagement_id)


def invite(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Invite a patient partner to see and decide in one engagement."""
    check_may(request.viewer, "run_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    invited = list_invited(request.viewer, engagement_id)
    already = {person_id for person_id, _name in invited}
    partners = [
        (person_id, name)
        for person_id, name in list_people_with_permission(request.viewer, "confirm_insights")
        if person_id not in already
    ]
    form = InviteForm(request.POST or None)
    form.offer_people(partners)
    if form.is_valid():
        person_id = form.cleaned_data["person_id"]
        done = try_to(
            form,
            lambda: (
                invite_partner(
                    engagement_id=engagement_id, person_id=person_id, by=request.viewer, at=timezone.now()
                )
                or True
            ),
        )
        if done:
            messages.success(request, _("Invited. They see this engagement when they next sign in."))
            return redirect("engagement:detail", engagement_id)
    context = {"form": form, "engagement": engagement, "invited": invited, "partners": partners}
    return render(request, "engagement/invite.html", context)


@require_POST
def end_invite(request: ViewerRequest, engagement_id: UUID, person_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    end_invitation(engagement_id=engagement_id, person_id=person_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("They no longer see this engagement. What they decided stays."))
    return redirect("engagement:invite", engagement_id)
