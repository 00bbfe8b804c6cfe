"""What helps people to take part: each person's own page, a member's, an engagement's, and what was not there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.engagement.forms.needs import NeedForm, OccasionForm
from alongside.apps.engagement.presenters.needs import draw_needs, draw_people
from alongside.apps.engagement.queries import get_engagement, get_member
from alongside.apps.engagement.queries.needs import (
    find_subject,
    list_colleagues,
    list_engagement_subjects,
    list_member_subjects,
    list_not_met,
    list_own_subjects,
    list_people_with_needs,
    list_shared_with,
    name_subjects,
)
from alongside.apps.people.operations.needs import (
    add_need,
    change_need,
    confirm_need,
    end_need,
    log_occasion,
    settle_occasion,
)
from alongside.apps.people.queries.needs import (
    NeedLine,
    NeedSubject,
    get_need,
    get_need_subject,
    get_occasion_subject,
    list_needs,
)
from alongside.apps.people.rules.needs import REVIEW_AFTER


def mine(request: ViewerRequest) -> HttpResponse:
    """Show a signed-in person what helps them, whether it was there, and what others showed them."""
    needs = list_needs(request.viewer, list_own_subjects(request.viewer), with_ended=True)
    context = {
        "needs": draw_needs([need for need in needs if need.ended_on is None]),
        "past": draw_needs([need for need in needs if need.ended_on is not None]),
        "shared": draw_people(list_shared_with(request.viewer)),
    }
    return render(request, "engagement/needs/mine.html", context)


def add(request: ViewerRequest) -> HttpResponse:
    """Say what helps."""
    subject = list_own_subjects(request.viewer)[0]
    return _write(request, subject, None, "needs:mine")


def member(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Show what a member lets us see of their needs."""
    check_may(request.viewer, "see_access_needs")
    found = get_member(request.viewer, member_id)
    if found is None:
        raise Http404
    needs = list_needs(request.viewer, list_member_subjects(request.viewer, member_id))
    context = {"member": found, "needs": draw_needs(needs)}
    return render(request, "engagement/needs/member.html", context)


def add_for_member(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Write down what a member said helps them."""
    check_may(request.viewer, "see_access_needs")
    subjects = list_member_subjects(request.viewer, member_id)
    if not subjects:
        raise Http404
    return _write(request, subjects[0], None, "needs:member", member_id)


def need(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Show one need with every occasion."""
    subject, line = _find(request, need_id)
    name = name_subjects(request.viewer, [subject]).get(subject.id, "")
    context = {
        "need": draw_needs([line])[0],
        "name": name,
        "is_own": subject.is_own,
        "may_change": subject.is_own or request.viewer.may("see_access_needs"),
        "may_log": request.viewer.may("see_access_needs"),
    }
    return render(request, "engagement/needs/need.html", context)


def change(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Change a need."""
    subject, line = _find(request, need_id)
    return _write(request, subject, line, "needs:need", need_id)


def _write(
    request: ViewerRequest, subject: NeedSubject, line: NeedLine | None, back: str, *back_to: UUID
) -> HttpResponse:
    if not subject.is_own:
        check_may(request.viewer, "see_access_needs")
    today, by = timezone.localdate(), request.viewer
    start: dict[str, object] = {
        "since_on": today,
        "review_on": today + REVIEW_AFTER,
        "visible_to": "arranger",
    }
    if line is not None:
        names = ("kind", "words", "strength", "visible_to", "since_on", "review_on")
        start = {name: getattr(line, name) for name in names}
        start["readers"] = [str(person_id) for person_id, _name in line.readers]
    form = NeedForm(request.POST or None, initial=start)
    form.offer_colleagues([(str(person_id), name) for person_id, name in list_colleagues(by)])
    if form.is_valid():

        def keep() -> bool:
            at = timezone.now()
            if line is None:
                add_need(subject=subject, terms=form.terms, by=by, at=at)
            else:
                change_need(need_id=line.id, subject=subject, terms=form.terms, by=by, at=at)
            return True

        if try_to(form, keep):
            messages.success(request, _("Kept."))
            return redirect(back, *back_to)
    context = {"form": form, "need": line, "is_own": subject.is_own, "back": back, "back_to": back_to}
    return render(request, "engagement/needs/write.html", context)


@require_POST
def still(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Record that this still helps; it is asked about again in a year."""
    subject, _line = _find(request, need_id)
    confirm_need(
        need_id=need_id,
        subject=subject,
        review_on=timezone.localdate() + REVIEW_AFTER,
        by=request.viewer,
        at=timezone.now(),
    )
    messages.success(request, _("Noted. We ask again in a year."))
    return redirect("needs:need", need_id)


@require_POST
def end(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Record that this is no longer needed."""
    subject, _line = _find(request, need_id)
    end_need(
        need_id=need_id,
        subject=subject,
        ended_on=timezone.localdate(),
        by=request.viewer,
        at=timezone.now(),
    )
    messages.success(request, _("Ended. It is kept among what helped before."))
    return redirect("needs:need", need_id)


def log(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Write down whether a need was met this time."""
    check_may(request.viewer, "see_access_needs")
    subject, line = _find(request, need_id)
    engagement_id = _read_engagement(request)
    form = OccasionForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    if form.is_valid():
        logged = try_to(
            form,
            lambda: log_occasion(
                need_id=need_id,
                subject=subject,
                outcome=form.as_outcome(engagement_id),
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if logged is not None:
            messages.success(request, _("Noted."))
            return (
                redirect("needs:engagement", engagement_id)
                if engagement_id
                else redirect("needs:need", need_id)
            )
    name = name_subjects(request.viewer, [subject]).get(subject.id, "")
    context = {"form": form, "need": draw_needs([line])[0], "name": name}
    return render(request, "engagement/needs/log.html", context)


def _read_engagement(request: ViewerRequest) -> UUID | None:
    """Return the engagement the address names, where the viewer may see it."""
    try:
        wanted = UUID(request.GET.get("engagement", ""))
    except ValueError:
        return None
    found = get_engagement(request.viewer, wanted)
    return found.id if found else None


def engagement(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """List what to arrange for an engagement: only what those invited let the viewer see."""
    return render(request, "engagement/needs/engagement.html", _to_arrange(request, engagement_id))


def to_print(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show the same list for paper."""
    return render(request, "engagement/needs/print.html", _to_arrange(request, engagement_id))


def _to_arrange(request: ViewerRequest, engagement_id: UUID) -> dict[str, object]:
    check_may(request.viewer, "see_access_needs")
    found = get_engagement(request.viewer, engagement_id)
    if found is None:
        raise Http404
    subjects = list_engagement_subjects(request.viewer, engagement_id)
    people = list_people_with_needs(request.viewer, subjects)
    return {"engagement": found, "people": draw_people(people), "made_at": timezone.now()}


def unmet(request: ViewerRequest) -> HttpResponse:
    """List what was not there, each with its next step."""
    check_may(request.viewer, "see_access_needs")
    page = get_page(request, list_not_met(request.viewer))
    page.object_list = [
        (line, draw_needs([line.need])[0], name, title) for line, name, title in page.object_list
    ]
    return render(request, "engagement/needs/unmet.html", {"page": page})


@require_POST
def settle(request: ViewerRequest, occasion_id: UUID) -> HttpResponse:
    """Record that the next step was taken."""
    check_may(request.viewer, "see_access_needs")
    found = get_occasion_subject(occasion_id)
    check(found is not None, "There is no such record here.")
    if found is not None:
        subject = find_subject(request.viewer, *found)
        settle_occasion(occasion_id=occasion_id, subject=subject, by=request.viewer, at=timezone.now())
    messages.success(request, _("Settled."))
    return redirect("needs:unmet")


def _find(request: ViewerRequest, need_id: UUID) -> tuple[NeedSubject, NeedLine]:
    """Return a need and whose it is; not found for whoever may not see it."""
    whose = get_need_subject(need_id)
    if whose is None:
        raise Http404
    subject = find_subject(request.viewer, *whose)
    line = get_need(request.viewer, need_id, [subject])
    if line is None:
        raise Http404
    return subject, line
