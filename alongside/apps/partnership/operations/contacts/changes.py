"""A partner asks us to change what we hold about it; we answer, and say what was changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ChangeRequest
from alongside.apps.partnership.rules.contacts import check_change_answer, check_change_words

MOST_WAITING = 20


@transaction.atomic
def ask_for_change(*, about: str, words: str, by: Viewer, at: datetime) -> UUID:
    """Ask, as somebody who speaks for a partner organisation, for a change in what is held about it."""
    check_may(by, "speak_for_organisation")
    if by.partner_id is None:
        raise Refused(_("Your account belongs to no organisation. Ask us to put that right."))
    check(about in ChangeRequest.About.values, _("Choose what it is about."), field="about")
    check_change_words(words)
    waiting = ChangeRequest.objects.filter(organisation_id=by.partner_id, state=ChangeRequest.State.WAITING)
    check(waiting.count() < MOST_WAITING, _("Twenty requests of yours wait already. We answer those first."))
    made = ChangeRequest.objects.create(
        organisation_id=by.partner_id, about=about, words=words.strip(), asked_by_id=by.person_id, asked_at=at
    )
    record_audit(by=by, at=at, operation="ask_for_change", on=made, detail={"about": about})
    return made.id


@transaction.atomic
def answer_change(
    *, request_id: UUID, is_done: bool, answer: str, what_changed: str, by: Viewer, at: datetime
) -> None:
    """Answer a partner: changed, and what; or not changed, and why."""
    check_may(by, "keep_relations")
    found = ChangeRequest.objects.for_viewer(by).select_for_update().filter(id=request_id).first()
    if found is None:
        raise Refused(_("There is no such request here."))
    check(found.state == ChangeRequest.State.WAITING, _("Somebody has answered this already."))
    check_change_answer(answer, what_changed, is_done=is_done)
    found.state = ChangeRequest.State.DONE if is_done else ChangeRequest.State.DECLINED
    found.answer, found.what_changed = answer.strip(), what_changed.strip() if is_done else ""
    found.answered_by_id, found.answered_at = by.person_id, at
    found.save(update_fields=["state", "answer", "what_changed", "answered_by_id", "answered_at"])
    record_audit(by=by, at=at, operation="answer_change", on=found, detail={"state": found.state})
