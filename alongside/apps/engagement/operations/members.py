"""The Patient Partnership Programme: members join, change what they want to work on, and leave."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import list_exports
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.engagement.models import Member
from alongside.apps.engagement.operations.texts import record_default_texts
from alongside.apps.people.operations import ConsentEvent, get_or_create_basis, record_consents
from alongside.apps.people.queries import find_latest_text, list_lines_of
from alongside.apps.people.rules.consents import EVERYTHING, check_heard_by, expand_uses


@dataclass(frozen=True)
class MemberTerms:
    """Who a member is and what they want to work on."""

    name: str
    joined_on: date
    email: str = ""
    conditions: str = ""
    wants: str = ""


@dataclass(frozen=True)
class MemberConsent:
    """What a member said to the programme's text: given or refused, how, when, and the uses they allow."""

    answer: str
    how: str
    given_at: datetime
    uses: frozenset[str] = frozenset()


@transaction.atomic
def add_member(
    *,
    terms: MemberTerms,
    by: Viewer,
    at: datetime,
    person_id: UUID | None = None,
    consent: MemberConsent | None = None,
) -> Member:
    """Welcome somebody into the programme, with what they said to its text where they were asked."""
    check_may(by, "see_members")
    _check_terms(terms)
    member = Member.objects.create(
        name=terms.name.strip(),
        email=terms.email,
        joined_on=terms.joined_on,
        conditions=terms.conditions,
        wants=terms.wants,
        person_id=person_id,
        created_at=at,
    )
    record_audit(by=by, at=at, operation="add_member", on=member)
    if consent is not None:
        _record(member, consent, by, at)
    return member


@transaction.atomic
def record_member_consent(*, member_id: UUID, consent: MemberConsent, by: Viewer, at: datetime) -> None:
    """Record what a member said to the programme's text since they joined."""
    member = _lock(by, member_id)
    _record(member, consent, by, at)


@transaction.atomic
def end_member_uses(
    *,
    member_id: UUID,
    uses: frozenset[str],
    how: str,
    given_at: datetime,
    by: Viewer,
    at: datetime,
    note: str = "",
) -> None:
    """End what a member allowed. Without consent to the programme itself their membership ends.

    What they told us about their condition and wishes is then deleted: nothing else allows us to keep it. The
    member may do this themselves, signed in; a colleague records what they heard. Raise Refused where nothing is
    left to end.
    """
    member = Member.objects.select_for_update().filter(id=member_id).first()
    is_own = member is not None and by.is_known and by.person_id == member.person_id
    if member is None or not (is_own or by.may("see_members")):
        raise Refused("There is no such member.")
    if how != "account" or not is_own:
        check_may(by, "see_members")
        check_heard_by(how, given_at, at)
    ended = expand_uses(uses)
    line = next(iter(list_lines_of([member.id])), None)
    if line is None or not line.allowed & ended:
        raise Refused("This has already stopped.", field="uses")
    left = line.allowed - ended
    basis_id = get_or_create_basis(
        kind="unknown" if ended == EVERYTHING else "consent",
        article9="" if ended == EVERYTHING else "explicit_consent",
        consent_text_id=line.text_id,
        note="Taken back by the person" if ended == EVERYTHING else "",
        by=by,
        at=at,
        analyse=ended != EVERYTHING,
        share_partners="share_partners" in left,
        contact_again="contact_again" in left,
    ).id
    event = ConsentEvent(
        subject_kind="member",
        subject_id=member.id,
        event="withdrawn" if ended == EVERYTHING else "changed",
        how=how,
        basis_id=basis_id,
        text_id=line.text_id,
        given_at=given_at,
        published=tuple(_find_exports(member)),
        note=note,
    )
    record_consents(events=[event], by=by, at=at)
    if ended == EVERYTHING:
        member.left_on = member.left_on or at.date()
        member.conditions = member.wants = ""
        member.save(update_fields=["left_on", "conditions", "wants"])
    record_audit(by=by, at=at, operation="end_member_uses", on=member, detail={"uses": sorted(ended)})


def _find_exports(member: Member) -> list[PublishedUse]:
    """Return the lists of members that were downloaded while this member stood in them."""
    found = list_exports(what=["members"], about=[member.id], since=member.created_at)
    if not found:
        return []
    title = "List of members"
    return [PublishedUse("export", "analyse", title, found[-1].at.date(), False, None, len(found))]


def _record(member: Member, consent: MemberConsent, by: Viewer, at: datetime) -> None:
    check(consent.answer in ("given", "refused"), "Choose what they said.", field="consent")
    check_heard_by(consent.how, consent.given_at, at)
    text_id = record_default_texts(by=by, at=at)["programme"]
    newest = find_latest_text("programme")
    basis_id = get_or_create_basis(
        kind="consent" if consent.answer == "given" else "unknown",
        article9="explicit_consent" if consent.answer == "given" else "",
        consent_text_id=newest.id if newest else text_id,
        by=by,
        at=at,
        analyse=consent.answer == "given",
        share_partners=consent.answer == "given" and "share_partners" in consent.uses,
        contact_again=consent.answer == "given" and "contact_again" in consent.uses,
    ).id
    event = ConsentEvent(
        subject_kind="member",
        subject_id=member.id,
        event=consent.answer,
        how=consent.how,
        basis_id=basis_id,
        text_id=newest.id if newest else text_id,
        given_at=consent.given_at,
    )
    record_consents(events=[event], by=by, at=at)


@transaction.atomic
def change_member(*, member_id: UUID, terms: MemberTerms, by: Viewer, at: datetime) -> None:
    """Change what is known of a member."""
    member = _lock(by, member_id)
    _check_terms(terms)
    check(
        member.left_on is None or member.left_on >= terms.joined_on,
        "They cannot have joined after they left.",
        field="joined_on",
    )
    member.name, member.email, member.joined_on = terms.name.strip(), terms.email, terms.joined_on
    member.conditions, member.wants = terms.conditions, terms.wants
    member.save()
    record_audit(by=by, at=at, operation="change_member", on=member)


@transaction.atomic
def end_membership(*, member_id: UUID, left_on: date | None, by: Viewer, at: datetime) -> None:
    """Record that a member left on a day, or, with None, that they are a member still."""
    member = _lock(by, member_id)
    check(
        left_on is None or left_on >= member.joined_on,
        "They cannot leave before they joined.",
        field="left_on",
    )
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    record_audit(by=by, at=at, operation="end_membership", on=member)


def _lock(by: Viewer, member_id: UUID) -> Member:
    check_may(by, "see_members")
    member = Member.objects.select_for_update().filter(id=member_id).first()
    if member is None:
        raise Refused("There is no such member.")
    return member


def _check_terms(terms: MemberTerms) -> None:
    check(bool(terms.name.strip()), "Enter the member's name.", field="name")
