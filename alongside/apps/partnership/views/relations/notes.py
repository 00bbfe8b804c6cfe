"""Notes of meetings, what partners want, what we promised them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import Viewer, ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.partnership.forms.relations import (
    NewNoteForm,
    NoteForm,
    PriorityForm,
    PromiseForm,
    WordsForm,
)
from alongside.apps.partnership.operations.relations import (
    change_interaction,
    make_promise,
    move_priority,
    record_interaction,
    record_priority,
    share_notes,
)
from alongside.apps.partnership.presenters.relations import PRIORITY_TONES, get_move_page
from alongside.apps.partnership.queries.relations.notes import WholeNote, get_whole_note
from alongside.apps.partnership.queries.relations.partners import (
    get_priority,
    list_priorities,
    list_priority_steps,
    list_promises,
)
from alongside.apps.partnership.rules.relations import list_next_states
from alongside.apps.partnership.views.relations.keeping import get_partner
from alongside.apps.people.queries import list_people_with_permission


def _colleagues(viewer: Viewer) -> list[tuple[UUID, str]]:
    return list_people_with_permission(viewer, "see_events")


def _owners(viewer: Viewer) -> list[tuple[UUID, str]]:
    return list_people_with_permission(viewer, "work_on_actions")


def new_note(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Write down what happened with a partner, with what we promised and what it wants."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    on = timezone.localdate()
    form = NewNoteForm(
        request.POST or None,
        colleagues=_colleagues(viewer),
        owners=_owners(viewer),
        initial={"happened_on": on, "our_people": [str(viewer.own_id)], "kind": request.GET.get("kind", "")},
    )
    if request.method == "POST" and form.is_valid():
        kept = try_to(
            form,
            lambda: record_interaction(
                organisation_id=organisation_id,
                plan=form.plan(),
                promises=form.promises(),
                priorities=form.priorities(),
                share=form.cleaned_data["share"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if kept:
            return redirect("relations:note", kept)
    return render(request, "partnership/relations/new_note.html", {"form": form, "organisation": found})


def note(request: ViewerRequest, interaction_id: UUID) -> HttpResponse:
    """Show the notes of one meeting, both halves, with what came of it."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    found = _get_note(viewer, interaction_id)
    context = {
        "note": found,
        "organisation": {"id": found.shared.organisation_id, "name": found.shared.organisation},
        "promises": list_promises(viewer, timezone.localdate(), interaction_id=interaction_id),
        "priorities": list_priorities(viewer, interaction_id=interaction_id),
        "priority_tones": PRIORITY_TONES,
        "may_keep": viewer.may("keep_relations"),
    }
    return render(request, "partnership/relations/note.html", context)


def change_note(request: ViewerRequest, interaction_id: UUID) -> HttpResponse:
    """Put right what was written."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = _get_note(viewer, interaction_id)
    shared = found.shared
    people = {**dict(_colleagues(viewer)), **dict(zip(found.our_people_ids, shared.our_people, strict=True))}
    form = NoteForm(
        request.POST or None,
        colleagues=list(people.items()),
        initial={
            "title": shared.title,
            "kind": found.kind_value,
            "happened_on": shared.happened_on,
            "place": shared.place,
            "our_people": [str(one) for one in found.our_people_ids],
            "their_people": shared.their_people,
            "shared_notes": shared.notes,
            "private_notes": found.private_notes,
            "materials": shared.materials,
            "promotional_staff_present": found.promotional_staff_present,
        },
    )
    if request.method == "POST" and form.is_valid():

        def keep() -> bool:
            change_interaction(interaction_id=interaction_id, plan=form.plan(), by=viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            return redirect("relations:note", interaction_id)
    context = {
        "form": form,
        "note": found,
        "organisation": {"id": shared.organisation_id, "name": shared.organisation},
    }
    return render(request, "partnership/relations/change_note.html", context)


@require_POST
def share(request: ViewerRequest, interaction_id: UUID) -> HttpResponse:
    """Let the partner read the shared notes."""
    check_may(request.viewer, "keep_relations")
    _get_note(request.viewer, interaction_id)
    share_notes(interaction_id=interaction_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Shared. They can confirm or correct the notes now."))
    return redirect("relations:note", interaction_id)


def new_promise(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Keep a promise to a partner as an action."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    form = PromiseForm(
        request.POST or None, owners=_owners(viewer), initial={"made_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        made_on, at = form.cleaned_data["made_on"], timezone.now()
        kept = try_to(
            form,
            lambda: make_promise(
                organisation_id=organisation_id, promise=form.promise(), made_on=made_on, by=viewer, at=at
            ),
        )
        if kept:
            return redirect("relations:organisation", organisation_id)
    return render(request, "partnership/relations/new_promise.html", {"form": form, "organisation": found})


def new_priority(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Keep what a partner wants in its own words."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    form = PriorityForm(request.POST or None, initial={"heard_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        heard_on, at = form.cleaned_data["heard_on"], timezone.now()
        kept = try_to(
            form,
            lambda: record_priority(
                organisation_id=organisation_id, priority=form.priority(), heard_on=heard_on, by=viewer, at=at
            ),
        )
        if kept:
            return redirect("relations:priority", kept)
    return render(request, "partnership/relations/new_priority.html", {"form": form, "organisation": found})


def priority(request: ViewerRequest, priority_id: UUID) -> HttpResponse:
    """Show what a partner wants, how far it has come, and what may happen next."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    found = get_priority(viewer, priority_id)
    if found is None:
        raise Http404
    steps = [(to, get_move_page(found.state, to)) for to in list_next_states(found.state)]
    context = {
        "priority": found,
        "organisation": {"id": found.organisation_id, "name": found.organisation},
        "tone": PRIORITY_TONES[found.state],  # type: ignore[index]
        "steps": list_priority_steps(viewer, priority_id),
        "next_steps": [(to, page.heading) for to, page in steps if page],
        "may_keep": viewer.may("keep_relations"),
        "sees_voices": viewer.may("see_voices"),
    }
    return render(request, "partnership/relations/priority.html", context)


def move(request: ViewerRequest, priority_id: UUID, to: str) -> HttpResponse:
    """Bring a priority a step further."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = get_priority(viewer, priority_id)
    page = get_move_page(found.state, to) if found else None
    if found is None or page is None:
        raise Http404
    form = WordsForm(request.POST or None, label=page.label, hint=page.hint, is_needed=page.needs_words)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]

        def keep() -> bool:
            move_priority(priority_id=priority_id, to=to, words=words, by=viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            return redirect("relations:priority", priority_id)
    context = {
        "form": form,
        "page": page,
        "priority": found,
        "organisation": {"id": found.organisation_id, "name": found.organisation},
    }
    return render(request, "partnership/relations/move.html", context)


def _get_note(viewer: Viewer, interaction_id: UUID) -> WholeNote:
    found = get_whole_note(viewer, interaction_id)
    if found is None:
        raise Http404
    return found
