"""What this room holds about a person: their words, facts and contact, their place in the programme, what they ran."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import CorrectableField, HeldRecord, Subject, SubjectMatch
from alongside.apps.engagement.models import (
    Contact,
    Engagement,
    EngagementAccess,
    Facts,
    Import,
    Member,
    Receipt,
    Speaker,
    Voice,
)
from alongside.apps.engagement.rules import hash_receipt_code

MEMBER_FIELDS = ("name", "email", "conditions", "wants")
CONTACT_FIELDS = ("name", "email", "phone", "address")
Pairs = Iterable[tuple[str, object]]


def find(email: str, name: str) -> list[SubjectMatch]:
    """Return members, and people who spoke, with this address or name, or whose file named them so."""
    found = [
        SubjectMatch(
            "member",
            one.id,
            f"{one.name}, {one.email or _('no address')}",
            _("Patient Partnership Programme"),
        )
        for one in Member.objects.filter(_named(email, name)).order_by("name", "id")
    ]
    contacts = Contact.objects.filter(_named(email, name)).select_related("speaker__engagement")
    for contact in contacts.order_by("created_at", "id"):
        words = ", ".join(part for part in (contact.name, contact.email, contact.phone) if part)
        found.append(SubjectMatch("speaker", contact.speaker_id, words, contact.speaker.engagement.title))
    known = Q()
    for words in (email.strip(), name.strip()):
        if words:
            known |= Q(external_key__iexact=words) | Q(pseudonym__iexact=words)
    speakers = Speaker.objects.filter(known).select_related("engagement").order_by("created_at", "id")
    return found + [_as_match(speaker) for speaker in speakers]


def find_by_code(code: str) -> list[SubjectMatch]:
    """Return whoever holds this receipt of "Have your say"."""
    receipts = Receipt.objects.filter(code_sha256=hash_receipt_code(code)).select_related(
        "speaker__engagement"
    )
    return [_as_match(receipt.speaker) for receipt in receipts]


def _named(email: str, name: str) -> Q:
    wanted = Q(pk__in=[])
    if email.strip():
        wanted |= Q(email__iexact=email.strip())
    if name.strip():
        wanted |= Q(name__icontains=name.strip())
    return wanted


def _as_match(speaker: Speaker) -> SubjectMatch:
    facts = [value for name in Facts.NAMES if (value := str(getattr(speaker, name)))]
    return SubjectMatch(
        "speaker", speaker.id, ", ".join([speaker.pseudonym, *facts])[:300], speaker.engagement.title
    )


def list_members_of(subject: Subject) -> "QuerySet[Member]":
    """Return the places in the programme that belong to a person, also through their account."""
    return Member.objects.filter(Q(id__in=subject.member_ids) | Q(person_id__in=subject.person_ids))


def names(subject: Subject) -> set[str]:
    """Return what names a person: in the programme, in their contact, in the transcript of a focus group."""
    found = {word for row in list_members_of(subject).values_list("name", "email") for word in row}
    contacts = Contact.objects.filter(speaker_id__in=subject.speaker_ids)
    found |= {word for row in contacts.values_list("name", "email", "phone", "address") for word in row}
    speakers = Speaker.objects.filter(id__in=subject.speaker_ids)
    found |= set(speakers.values_list("external_key", flat=True))
    for speaker in speakers.select_related("source"):
        found |= set(_list_names_in_file(speaker))
    return {word for word in found if word}


def _list_names_in_file(speaker: Speaker) -> Iterable[str]:
    """Yield the names under which a transcript knew somebody who now has a pseudonym."""
    if speaker.source_id is None:
        return
    for one in Import.objects.filter(source_id=speaker.source_id, kind="transcript"):
        for pair in one.columns.get("pseudonyms", []):
            if isinstance(pair, list) and pair[1] == speaker.pseudonym:
                yield str(pair[0])


def list_fields(subject: Subject) -> list[CorrectableField]:
    """Return what can be put right about a member, somebody's facts and contact."""
    found = []
    for member in list_members_of(subject).order_by("created_at"):
        found += _as_fields("member", member, MEMBER_FIELDS, _("Patient Partnership Programme"))
    speakers = (
        Speaker.objects.filter(id__in=subject.speaker_ids).select_related("engagement").order_by("created_at")
    )
    for speaker in speakers:
        found += _as_fields("speaker", speaker, Facts.NAMES, speaker.engagement.title)
    contacts = Contact.objects.filter(speaker_id__in=subject.speaker_ids).select_related(
        "speaker__engagement"
    )
    for contact in contacts.order_by("created_at"):
        found += _as_fields("contact", contact, CONTACT_FIELDS, contact.speaker.engagement.title)
    return found


def _as_fields(
    kind: str, row: Member | Speaker | Contact, names: Iterable[str], place: str
) -> list[CorrectableField]:
    return [
        CorrectableField(
            f"{kind}:{row.id}:{name}", name.replace("_", " ").capitalize(), place, str(getattr(row, name))
        )
        for name in names
    ]


def collect(subject: Subject) -> list[HeldRecord]:
    """Return every row this room holds about a person."""
    speakers = (
        Speaker.objects.filter(id__in=subject.speaker_ids).select_related("engagement").order_by("created_at")
    )
    members = list_members_of(subject).order_by("created_at")
    return [
        *(_as_speaker(speaker) for speaker in speakers),
        *_collect_voices(subject),
        *_collect_contacts(subject.speaker_ids),
        *(_as_member(member) for member in members),
        *_collect_work(subject.person_ids),
    ]


def _record(table: str, label: str, row_id: object, fields: Pairs, why: str, **more: object) -> HeldRecord:
    told = tuple((name, str(value)) for name, value in fields if value not in ("", None))
    return HeldRecord(table=table, label=label, record_id=str(row_id), fields=told, why=why, **more)  # type: ignore[arg-type]


def _as_speaker(speaker: Speaker) -> HeldRecord:
    facts = [(name.replace("_", " ").capitalize(), getattr(speaker, name)) for name in Facts.NAMES]
    fields = [
        (_("Engagement"), speaker.engagement.title),
        (_("Known here as"), speaker.pseudonym),
        (_("Number in the file"), speaker.external_key),
        *facts,
    ]
    return _record(
        "engagement_speaker", _("Who you are to us"), speaker.id, fields,
        _("Kept with your words, to count each person once."), held_since=speaker.created_at,
    )  # fmt: skip


def _collect_voices(subject: Subject) -> list[HeldRecord]:
    theirs = Q(speaker_id__in=subject.speaker_ids) | Q(id__in=subject.voice_ids)
    voices = (
        Voice.with_staged.filter(theirs).select_related("engagement", "basis").order_by("created_at", "id")
    )
    return [
        _record(
            "engagement_voice",
            _("Something you said"),
            voice.id,
            [
                (_("Your words"), voice.text),
                (_("The question"), voice.question),
                (_("Engagement"), voice.engagement.title),
                (_("When"), f"{voice.said_on:%d/%m/%Y}" if voice.said_on else ""),
                (_("Service"), voice.service),
                (_("Number in the file"), voice.external_id),
                (_("Corrected since"), _("yes") if voice.replaced_by_id else ""),
            ],
            _("Basis: %(basis)s.") % {"basis": voice.basis.get_kind_display()},
            held_since=voice.created_at,
        )
        for voice in voices
    ]


def _collect_contacts(speaker_ids: Iterable[UUID]) -> list[HeldRecord]:
    contacts = Contact.objects.filter(speaker_id__in=speaker_ids).order_by("created_at")
    receipts = Receipt.objects.filter(speaker_id__in=speaker_ids).order_by("created_at")
    return [
        *(
            _record(
                "engagement_contact", _("How to reach you"), one.id,
                [(_("Name"), one.name), (_("By"), one.get_channel_display()), (_("E-mail address"), one.email),
                 (_("Telephone"), one.phone), (_("Address"), one.address),
                 (_("You asked us to stop"), f"{one.stopped_at:%d/%m/%Y}" if one.stopped_at else "")],
                _("Kept to tell you what changed, because you agreed."), held_since=one.created_at,
            )
            for one in contacts
        ),
        *(
            _record(
                "engagement_receipt", _("A receipt you were given"), one.id,
                [(_("Given"), f"{one.created_at:%d/%m/%Y}"),
                 (_("Words taken back"), f"{one.withdrawn_at:%d/%m/%Y}" if one.withdrawn_at else "")],
                _("Kept so that you can take your words back. We hold its digest, not the code."),
                held_since=one.created_at,
            )
            for one in receipts
        ),
    ]  # fmt: skip


def _as_member(member: Member) -> HeldRecord:
    left = f"{member.left_on:%d/%m/%Y}" if member.left_on else ""
    fields = [
        (_("Name"), member.name),
        (_("E-mail address"), member.email),
        (_("Joined"), f"{member.joined_on:%d/%m/%Y}"),
        (_("Left"), left),
        (_("Conditions"), member.conditions),
        (_("What you want to work on"), member.wants),
    ]
    return _record(
        "engagement_member", _("Your place in the Patient Partnership Programme"), member.id, fields,
        _("Kept while you are a member."), held_since=member.created_at, needs_review=bool(member.wants),
    )  # fmt: skip


def _collect_work(person_ids: Iterable[UUID]) -> list[HeldRecord]:
    """Return what somebody did here as a colleague or a partner."""
    invited = EngagementAccess.objects.filter(person_id__in=person_ids).select_related("engagement")
    opened = Engagement.objects.filter(created_by_id__in=person_ids).order_by("created_at")
    brought = Import.objects.filter(created_by_id__in=person_ids).order_by("created_at")
    accountable = _("We must be able to show who did what (accountability, Article 5(2)).")
    return [
        *(
            _record("engagement_access", _("You were invited"), one.id, [(_("Engagement"), one.engagement.title)],
                    _("Kept while you are invited."), held_since=one.given_at)
            for one in invited.order_by("given_at")
        ),
        *(
            _record("engagement_engagement", _("An engagement you opened"), one.id, [(_("Title"), one.title)],
                    accountable, held_since=one.created_at)
            for one in opened
        ),
        *(
            _record("engagement_import", _("A file you brought in"), one.id, [(_("File"), one.file_name)],
                    accountable, held_since=one.created_at)
            for one in brought
        ),
    ]  # fmt: skip
