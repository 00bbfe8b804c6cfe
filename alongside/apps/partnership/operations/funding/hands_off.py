"""The hands-off checklist, filled in by the team; the group's word on it; a group's other funders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import HandsOff, HandsOffAnswer, HandsOffReply, OtherFunder
from alongside.apps.partnership.operations.funding.steps import hold
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off_text
from alongside.apps.partnership.rules.funding import ENDED, Checked, check_hands_off, check_words
from alongside.apps.people.queries import get_organisation_line


@dataclass(frozen=True)
class OtherFunderTerms:
    """Another funder of a group: its name, the year, the amount in pence where known, where that was read."""

    name: str
    year: int
    source: str
    amount_pence: int | None = None
    currency: str = "GBP"


@transaction.atomic
def fill_hands_off(*, request_id: UUID, answers: Sequence[Checked], by: Viewer, at: datetime) -> HandsOff:
    """Keep the checklist as filled in today; what was filled in before stays beside it."""
    check_may(by, "keep_relations")
    request = hold(by, request_id)
    check(request.state not in ENDED, "This request has ended, so the checklist stays as it is.")
    text = get_hands_off_text(at.date())
    lines = [one.key for one in text.lines]
    check_hands_off(lines, answers)
    filled = HandsOff.objects.create(
        request=request, edition=text.edition, filled_by_id=by.person_id, filled_at=at
    )
    HandsOffAnswer.objects.bulk_create(
        HandsOffAnswer(hands_off=filled, line=one.line, holds=one.holds, words=one.words.strip()[:1000])
        for one in answers
        if one.line in lines
    )
    broken = sum(not one.holds for one in answers)
    record_audit(by=by, at=at, operation="fill_hands_off", on=request, detail={"do_not_hold": broken})
    return filled


@transaction.atomic
def answer_hands_off(*, request_id: UUID, agrees: bool, words: str, by: Viewer, at: datetime) -> None:
    """Keep the group's word on the newest checklist: this is how it is, or it is not, and how it is instead."""
    check_may(by, "speak_for_organisation")
    request = hold(by, request_id)
    newest = request.hands_off.order_by("filled_at", "id").last()
    if newest is None:
        raise Refused(_("There is no checklist to answer yet."))
    if not agrees:
        check_words(words, what=_("how it is instead"), field="words", most=2000)
    HandsOffReply.objects.create(
        hands_off=newest, agrees=agrees, words=words.strip()[:2000], by_id=by.person_id, at=at
    )
    record_audit(by=by, at=at, operation="answer_hands_off", on=request, detail={"agrees": agrees})


@transaction.atomic
def add_other_funder(*, organisation_id: UUID, terms: OtherFunderTerms, by: Viewer, at: datetime) -> UUID:
    """Keep another funder of a group: known to the team from a public source, or said by the group itself."""
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    group = get_organisation_line(by, organisation_id)
    check(1990 <= terms.year <= at.year + 1, _("Enter the year in four figures, such as 2026."), field="year")
    check(
        terms.amount_pence is None or terms.amount_pence > 0,
        _("Leave the amount empty where nobody knows it."),
        field="amount",
    )
    try:
        with transaction.atomic():
            funder = OtherFunder.objects.create(
                organisation_id=group.id,
                name=check_words(terms.name, what=_("the funder’s name"), field="name", most=200),
                year=terms.year,
                amount_pence=terms.amount_pence,
                currency=terms.currency,
                source=check_words(terms.source, what=_("where this was read"), field="source", most=300),
                is_from_group=is_from_group,
                added_by_id=by.person_id,
                added_at=at,
            )
    except IntegrityError as clash:
        raise Refused(
            _("“%(name)s” is already there for %(year)s. Take that line away first.")
            % {"name": terms.name.strip(), "year": terms.year},
            field="name",
        ) from clash
    record_audit(by=by, at=at, operation="add_other_funder", on=funder, detail={"from_group": is_from_group})
    return funder.id


@transaction.atomic
def remove_other_funder(*, funder_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Take a wrong line about another funder away and return whose it was; a group takes away its own lines only."""
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    found = OtherFunder.objects.select_for_update().filter(id=funder_id)
    if by.partner_id is not None:
        found = found.filter(organisation_id=by.partner_id, is_from_group=True)
    funder = found.first()
    if funder is None:
        raise Refused(_("That line is not there, or not yours to take away."))
    record_audit(by=by, at=at, operation="remove_other_funder", on=funder)
    organisation_id = funder.organisation_id
    funder.delete()
    return organisation_id
