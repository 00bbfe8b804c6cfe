"""The engagements of the demonstration and their voices, brought in as a team would bring them in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.engagement.operations.engagements import (
    EngagementTerms,
    close_engagement,
    invite_partner,
    open_engagement,
)
from alongside.apps.engagement.operations.imports import confirm_import
from alongside.apps.engagement.operations.members import MemberConsent, MemberTerms, add_member
from alongside.apps.engagement.operations.public_forms import (
    FormTerms,
    SentAnswers,
    SentContact,
    open_public_form,
    receive_answers,
)
from alongside.apps.engagement.operations.uploads import choose_columns, choose_speakers, start_import
from alongside.apps.engagement.operations.voices import TypedVoice, type_voices
from alongside.apps.engagement.queries.imports import get_import_speakers
from alongside.apps.engagement.queries.voices import list_voice_texts
from alongside.apps.engagement.rules import ColumnChoice, SpeakerChoice, is_blank_answer
from alongside.apps.people.operations import get_or_create_basis, record_consent_text
from alongside.demo.cast import Cast
from alongside.demo.words import CONTENT, QuoteWords, as_day, at_noon, read_yaml
from alongside.demo.working import do_waiting_work

STAGES = {"trial": "research", "follow_up": "follow_up", "living_with": "follow_up", "any": "whole"}
NATIONS = {"UK": "uk", "England": "england", "Wales": "wales", "Scotland": "scotland"}
CHANNELS = {"email": "email", "post": "post", "phone": "phone", "text": "phone"}
CARD_COLUMNS = ColumnChoice(texts=("comment",), id="card", service="clinic", said_on="said_on")
SURVEY_COLUMNS = ColumnChoice(
    texts=("answer",),
    id="response_id",
    person="person",
    question="question",
    service="service",
    said_on="answered_on",
    date_order="ymd",
    language="language",
    age_band="age_band",
    sex="sex",
    ethnicity="ethnicity",
    disability="disability",
    deprivation_quintile="deprivation_quintile",
    region="region",
    capacity="capacity",
)
MEMBERS_ALLOW = frozenset({"contact_again", "share_partners"})
FACTS = ("age_band", "sex", "gender", "ethnicity", "disability", "deprivation_quintile", "region", "capacity")


@dataclass
class Listening:
    """The engagements by key, and the voices of each by their words."""

    lead: Viewer
    engagements: dict[str, UUID] = field(default_factory=dict)
    files: dict[str, UUID] = field(default_factory=dict)
    _texts: dict[UUID, list[tuple[UUID, str]]] = field(default_factory=dict)

    def find_voice(self, quote: QuoteWords) -> UUID:
        """Return the voice that holds a quote's words; raise LookupError where the content is wrong."""
        engagement_id = self.files[quote.file]
        if engagement_id not in self._texts:
            voices = list_voice_texts(self.lead, engagement_id)
            self._texts[engagement_id] = [(UUID(voice.id), voice.text) for voice in voices]
        for voice_id, text in self._texts[engagement_id]:
            if quote.text in text:
                return voice_id
        raise LookupError(f"{quote.file} {quote.key}: nobody said “{quote.text}”")


def listen(cast: Cast) -> Listening:
    """Open every engagement in the order of its start and bring its voices in."""
    listening = Listening(lead=cast["ruth"])
    for one in sorted(
        read_yaml("organisation.yaml")["engagements"], key=lambda one: as_day(one["starts_on"])
    ):
        _hold(one, cast, listening)
    _add_members(cast)
    return listening


def _hold(one: dict[str, Any], cast: Cast, listening: Listening) -> None:
    lead, starts = cast[one["run_by"]], at_noon(one["starts_on"], 9)
    terms = EngagementTerms(
        kind=one["kind"],
        title=one["title"],
        purpose=one["purpose"],
        condition="" if one["condition"] == "any" else one["condition"],
        pathway_stage=STAGES.get(one["pathway_stage"], ""),
        nation=NATIONS[one["nation"]],
        starts_on=as_day(one["starts_on"]),
        ends_on=as_day(one["ends_on"]) if one["ends_on"] else None,
        run_by=lead.name,
        told_participants=one["told_participants"].strip(),
    )
    engagement_id = open_engagement(terms=terms, by=lead, at=starts - timedelta(days=14)).id
    listening.engagements[one["key"]] = engagement_id
    for partner in ("sheila", "idris", "farah", "ceri"):
        invite_partner(
            engagement_id=engagement_id,
            person_id=cast.person_id(partner),
            by=lead,
            at=starts - timedelta(days=10),
        )
    ended = at_noon(one["ends_on"], 16) if one["ends_on"] else starts
    name = one["voices_file"]
    if name is None:
        _type_notes(one, engagement_id, lead, ended)
    elif one["kind"] == "have_your_say":
        _have_their_say(engagement_id, lead, starts)
    else:
        at = ended + timedelta(days=11 if one.get("waits") else 1)
        _bring_in_file(name, one, engagement_id, lead, at)
    if name:
        listening.files[name] = engagement_id
    if one["status"] == "closed":
        close_engagement(engagement_id=engagement_id, by=lead, at=ended + timedelta(days=2))


def _consent(one: dict[str, Any], by: Viewer, at: datetime) -> UUID:
    """Return the basis of an engagement: consent to exactly what participants were told."""
    told = one["told_participants"].strip()
    text = record_consent_text(key=one["key"], version=1, language="en", body=told, by=by, at=at)
    return get_or_create_basis(
        kind="consent",
        article9="explicit_consent",
        consent_text_id=text.id,
        by=by,
        at=at,
        quote_inside=True,
        quote_public=True,
    ).id


def _bring_in_file(name: str, one: dict[str, Any], engagement_id: UUID, by: Viewer, at: datetime) -> None:
    """Upload, choose, read, confirm."""
    content = (CONTENT / name).read_bytes()
    basis = _consent(one, by, at)
    started = start_import(
        engagement_id=engagement_id, file_name=name, size_bytes=len(content), parts=[content], by=by, at=at
    )
    if name.endswith(".csv"):
        columns = CARD_COLUMNS if one.get("waits") else SURVEY_COLUMNS
        choose_columns(import_id=started.id, choice=columns, basis_id=basis, language="en", by=by, at=at)
    else:
        speakers, _already = get_import_speakers(by, started.id)
        choice = SpeakerChoice(
            pseudonyms=tuple((speaker.name, speaker.name) for speaker in speakers),
            moderators=tuple(speaker.name for speaker in speakers if speaker.seems_moderator),
        )
        choose_speakers(import_id=started.id, choice=choice, basis_id=basis, language="en", by=by, at=at)
    do_waiting_work(at)
    if not one.get("waits"):
        confirm_import(import_id=started.id, by=by, at=at)
        do_waiting_work(at)  # what cannot wait is listened for that day


def _type_notes(one: dict[str, Any], engagement_id: UUID, by: Viewer, at: datetime) -> None:
    """Write down what is left of an older engagement: a few notes taken by hand."""
    voices: Sequence[TypedVoice] = [
        TypedVoice(text=note["text"], speaker=note["speaker"]) for note in one.get("notes", ())
    ]
    if voices:
        type_voices(
            engagement_id=engagement_id,
            voices=voices,
            basis_id=_consent(one, by, at),
            by=by,
            at=at,
            said_on=at.date(),
        )


def _have_their_say(engagement_id: UUID, by: Viewer, at: datetime) -> None:
    """Open the public page and send each answer on its day, as its writer did."""
    answers = read_yaml("have_your_say.yaml")
    questions = list(dict.fromkeys(answer["question"] for answer in answers))
    terms = FormTerms(
        welcome="Tell us what it is like to live with your condition, or to look after somebody who does.",
        questions=tuple((words, "") for words in questions),
        opens_on=at.date(),
    )
    form = open_public_form(engagement_id=engagement_id, terms=terms, by=by, at=at)
    for number, answer in enumerate(sorted(answers, key=lambda one: str(one["said_on"]))):
        if is_blank_answer(answer["text"]):
            continue  # the public page does not take an empty answer
        said_at = at_noon(answer["said_on"], 8) + timedelta(minutes=7 * number)
        sent = _as_sent(answer, questions.index(answer["question"]) + 1, form.consent_text_id)
        receive_answers(slug=form.slug, sent=sent, by=PUBLIC, at=said_at, on=said_at.date())


def _as_sent(answer: dict[str, Any], position: int, consent_text_id: UUID) -> SentAnswers:
    contact = answer["contact"]
    facts = tuple(
        (name, str(value)) for name in FACTS if (value := answer["facts"].get(name)) not in (None, "")
    )
    return SentAnswers(
        answers=((position, answer["text"]),),
        consent_text_id=consent_text_id,
        language="en",
        uses=frozenset(answer["uses"]),
        facts=facts,
        contact=SentContact(
            channel=CHANNELS[contact["channel"]],
            name=contact["name"],
            email=contact.get("email") or "",
            phone=contact.get("phone") or "",
        )
        if contact
        else None,
    )


def _add_members(cast: Cast) -> None:
    for one in read_yaml("organisation.yaml")["members"]:
        wants = one["wants_to_work_on"]
        terms = MemberTerms(
            name=one["name"],
            joined_on=as_day(one["joined_on"]),
            conditions=", ".join(one["conditions"]),
            wants="\n".join(f"{kind.capitalize()}: {words}" for kind, words in wants.items()),
        )
        person_id = cast.person_id(one["person"]) if one["person"] else None
        consent = MemberConsent("given", "in_person", at_noon(one["joined_on"]), MEMBERS_ALLOW)
        add_member(
            terms=terms, consent=consent, by=cast["ruth"], at=at_noon(one["joined_on"]), person_id=person_id
        )
