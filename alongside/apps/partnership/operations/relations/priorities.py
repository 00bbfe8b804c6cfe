"""What partners want: kept in their words, as a voice too, and followed until they were told what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.operations import BasisTerms, EngagementTerms, open_engagement, set_up_basis
from alongside.apps.engagement.operations.voices import TypedVoice, type_voices
from alongside.apps.partnership.models import Interaction, Priority, PriorityEvent, RegularContact
from alongside.apps.partnership.operations.relations.keeping import ensure_relationship, name_partner
from alongside.apps.partnership.rules.relations import (
    State,
    check_can_move,
    check_happened,
    check_length,
    check_words,
)

PSEUDONYM_LENGTH, TITLE_LENGTH = 80, 160
# On what basis a group's own priorities are kept; people decide otherwise for single voices on the engagement's pages.
BASIS = BasisTerms(
    kind="legitimate_interests",
    uses=frozenset({"quote_inside"}),
    note="A partner’s own priorities, voiced in regular contact. It was told what happens to them.",
)


@dataclass(frozen=True)
class PriorityPlan:
    """Something a partner wants: its words as they were said, who said them, how much it matters to them."""

    words: str
    strength: str
    said_by: str = ""


@transaction.atomic
def record_priority(
    *,
    organisation_id: UUID,
    priority: PriorityPlan,
    heard_on: date,
    by: Viewer,
    at: datetime,
    interaction_id: UUID | None = None,
) -> UUID:
    """Keep what a partner wants in its own words, and the same words as a voice in its engagement of that year."""
    check_may(by, "keep_relations")
    words = check_words(priority.words, _("Write what they said, in their words."), field="words", most=5000)
    said_by = check_length(priority.said_by, field="said_by", most=200)
    check(priority.strength in Priority.Strength.values, _("Choose how much it matters."), field="strength")
    check_happened(heard_on, at.date())
    ensure_relationship(organisation_id, by, heard_on, at)
    if interaction_id is not None:
        check_is_theirs(interaction_id, organisation_id, by)
    regular = _find_regular_contact(organisation_id, heard_on, by, at)
    speaker = name_partner(organisation_id, by)[:PSEUDONYM_LENGTH]
    (voice_id,) = type_voices(
        engagement_id=regular.engagement_id,
        voices=[TypedVoice(words, speaker=speaker)],
        basis_id=regular.basis_id,
        said_on=heard_on,
        by=by,
        at=at,
    )
    kept = Priority.objects.create(
        organisation_id=organisation_id,
        interaction_id=interaction_id,
        words=words,
        said_by=said_by,
        strength=priority.strength,
        heard_on=heard_on,
        voice_id=voice_id,
        recorded_by_id=by.person_id,
        recorded_at=at,
    )
    PriorityEvent.objects.create(priority=kept, became=State.HEARD, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation="record_priority", on=kept, detail={"strength": priority.strength})
    return kept.id


@transaction.atomic
def move_priority(*, priority_id: UUID, to: str, words: str, by: Viewer, at: datetime) -> None:
    """Bring a priority a step further; `words` are the reason, what was done, or how the partner was told."""
    check_may(by, "keep_relations")
    kept = Priority.objects.for_viewer(by).select_for_update().filter(id=priority_id).first()
    if kept is None:
        raise Refused(_("There is no such priority here."))
    words = check_length(words, field="words", most=4000)
    check_can_move(kept.state, to, words)
    was, kept.state = kept.state, to
    if to == State.DECLINED:
        kept.reason = words
    elif to == State.ADOPTED:
        kept.reason = ""
    kept.save(update_fields=["state", "reason"])
    PriorityEvent.objects.create(priority=kept, was=was, became=to, words=words, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation="move_priority", on=kept, detail={"was": was, "to": to})


def check_is_theirs(interaction_id: UUID, organisation_id: UUID, by: Viewer) -> None:
    """Refuse notes of somebody else's meeting."""
    theirs = Interaction.objects.for_viewer(by).filter(id=interaction_id, organisation_id=organisation_id)
    check(theirs.exists(), _("These notes are not of a meeting with this partner."))


def _find_regular_contact(organisation_id: UUID, on: date, by: Viewer, at: datetime) -> RegularContact:
    """Return the engagement that keeps this partner's words of that year; its relationship is locked, so it is one."""
    found = RegularContact.objects.filter(organisation_id=organisation_id, year=on.year).first()
    if found is not None:
        return found
    name = name_partner(organisation_id, by)
    ending = f", {on.year}"
    room = TITLE_LENGTH - len(f"Regular contact with {ending}")
    engagement = open_engagement(
        terms=EngagementTerms(
            kind="panel",
            title=f"Regular contact with {name[:room]}{ending}",
            purpose=_("To know what this partner wants, and to act on it."),
            starts_on=date(on.year, 1, 1),
            run_by=by.name,
            told_participants=_(
                "What you tell us as your organisation’s priorities is kept in your words, used to decide what we "
                "do, and you hear from us what became of it."
            ),
        ),
        by=by,
        at=at,
    )
    basis_id = set_up_basis(terms=BASIS, by=by, at=at)
    return RegularContact.objects.create(
        organisation_id=organisation_id, year=on.year, engagement=engagement, basis_id=basis_id
    )
