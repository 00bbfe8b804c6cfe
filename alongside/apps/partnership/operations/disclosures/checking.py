"""Partners look at their rows before they are public: asked, reminded, answered, and our answer to them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureRow
from alongside.apps.partnership.operations.disclosures.collecting import check_is_whole
from alongside.apps.partnership.operations.disclosures.moving import lock_disclosure, move
from alongside.apps.partnership.operations.disclosures.notes import begin_note
from alongside.apps.partnership.queries.disclosures.rows import digest_of_organisation, group_by_organisation
from alongside.apps.partnership.queries.disclosures.years import count_answers
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.rules.disclosures import (
    check_partners_had_time,
    check_words,
    check_year_is_over,
)

State, Answer = Disclosure.State, DisclosureCheck.Answer


@transaction.atomic
def ask_partners(*, disclosure_id: UUID, by: Viewer, at: datetime) -> int:
    """Show every organisation its rows and ask whether they are right; return how many were asked now.

    Whoever answered about the very same rows is not asked again.
    """
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_year_is_over(disclosure, at.date())
    check_is_whole(disclosure)
    move(disclosure, State.CHECKING, operation="ask_partners", by=by, at=at)
    begin_note(disclosure, by, at)
    rows = DisclosureRow.objects.filter(disclosure=disclosure, correction=None)
    digests = {one: digest_of_organisation(some) for one, some in group_by_organisation(rows).items()}
    current = DisclosureCheck.objects.filter(disclosure=disclosure, is_current=True)
    held = {one.organisation_id: one for one in current}
    stale = [one.id for one in held.values() if digests.get(one.organisation_id) != one.rows_sha256]
    DisclosureCheck.objects.filter(id__in=stale).update(is_current=False)
    new = [
        DisclosureCheck(disclosure=disclosure, organisation_id=one, rows_sha256=sha256, asked_at=at)
        for one, sha256 in sorted(digests.items())
        if one not in held or held[one].id in stale
    ]
    DisclosureCheck.objects.bulk_create(new, batch_size=500)
    disclosure.checks_asked_at = at
    disclosure.checks_due_on = at.date() + timedelta(days=get_rules(disclosure.rules).partners_answer_days)
    disclosure.save(update_fields=["checks_asked_at", "checks_due_on"])
    return len(new)


@transaction.atomic
def remind_partners(*, disclosure_id: UUID, by: Viewer, at: datetime) -> int:
    """Remind whoever has not answered, on their own start page; return how many. Nobody is reminded twice a week."""
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check(disclosure.state == State.CHECKING, "Partners are reminded while they look at their rows.")
    pause = timedelta(days=get_rules(disclosure.rules).remind_after_days)
    silent = DisclosureCheck.objects.filter(disclosure=disclosure, is_current=True, answer="")
    never = silent.filter(reminded_at=None, asked_at__lte=at - pause)
    again = silent.filter(reminded_at__lte=at - pause)
    ids = [*never.values_list("id", flat=True), *again.values_list("id", flat=True)]
    number = DisclosureCheck.objects.filter(id__in=ids).update(reminded_at=at)
    record_audit(by=by, at=at, operation="remind_partners", on=disclosure, detail={"reminded": number})
    return number


@transaction.atomic
def answer_check(*, disclosure_id: UUID, answer: str, words: str, by: Viewer, at: datetime) -> None:
    """Say for the viewer's own organisation whether its rows are right, or what we should look at."""
    check_may(by, "speak_for_organisation")
    found = (
        DisclosureCheck.objects.for_viewer(by)
        .select_for_update()
        .filter(disclosure_id=disclosure_id, is_current=True)
        .first()
    )
    if found is None:
        raise Refused(_("Your organisation was not asked about this year."), field="disclosure")
    check(
        found.disclosure.state == State.CHECKING and not found.reply,
        _("The time to answer is over. If something is wrong, ask us to correct it."),
    )
    check(answer in Answer.values, _("Choose whether it is right."), field="answer")
    if answer == Answer.LOOK:
        words = check_words(words, field="words", ask=_("Say what we should look at."))
    found.answer, found.words = answer, words.strip()
    found.answered_by_id, found.answered_at = by.person_id, at
    found.save(update_fields=["answer", "words", "answered_by_id", "answered_at"])
    record_audit(by=by, at=at, operation="answer_disclosure_check", on=found, detail={"answer": answer})


@transaction.atomic
def reply_to_check(*, check_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Answer an organisation that asked us to look: what we did about it, or why not."""
    check_may(by, "prepare_disclosures")
    found = DisclosureCheck.objects.select_for_update().filter(id=check_id).first()
    if found is None:
        raise Refused("That question is not there.", field="check")
    check(found.answer == Answer.LOOK, "This organisation asked nothing.")
    check(not found.reply, "Somebody answered this already.")
    found.reply = check_words(words, field="words", ask="Say what you did about it, or why not.")
    found.replied_by_id, found.replied_at = by.person_id, at
    found.save(update_fields=["reply", "replied_by_id", "replied_at"])
    record_audit(by=by, at=at, operation="reply_to_disclosure_check", on=found)


@transaction.atomic
def send_to_approval(*, disclosure_id: UUID, by: Viewer, at: datetime) -> None:
    """Hand the year to another person to approve, once partners answered or their time is over."""
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_is_whole(disclosure)
    checks = list(DisclosureCheck.objects.filter(disclosure=disclosure, is_current=True))
    answered = count_answers(disclosure).silent == 0
    check_partners_had_time(disclosure, checks, at.date(), in_time=answered)
    disclosure.prepared_by_id, disclosure.prepared_at = by.person_id, at
    disclosure.save(update_fields=["prepared_by_id", "prepared_at"])
    move(disclosure, State.TO_APPROVE, operation="send_disclosure_to_approval", by=by, at=at)
