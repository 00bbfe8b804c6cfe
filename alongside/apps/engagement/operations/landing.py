"""A chunk of read answers meets what is here: new, changed, the same, or two rows that claim one id."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from alongside.apps.base.models import new_id
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.engagement.bridge import Coverer, digest_words
from alongside.apps.engagement.models import (
    Contact,
    Import,
    ImportProblem,
    Speaker,
    StagedChange,
    Voice,
)
from alongside.apps.engagement.operations.covering import ToKeep, keep_originals, make_person_key, make_row_id
from alongside.apps.engagement.operations.staging import delete_staged, land_rows
from alongside.apps.engagement.operations.sweeping import forget_covered
from alongside.apps.engagement.rules import FACT_COLUMNS, is_safe_pseudonym

SHOWN_CHARACTERS = 300
VOICE_FIELDS = (
    "id", "engagement", "source", "speaker", "basis", "text", "question", "service", "language", "said_on",
    "words_digest", "held_for_review", "is_blank", "is_moderator", "external_id", "import_key", "place_row",
    "place_column", "place_turn", "place_start", "place_end", "starts_ms", "ends_ms", "created_at",
)  # fmt: skip
SPEAKER_FIELDS = (
    "id", "engagement", "pseudonym", "external_key", "is_moderator", "source", "created_at", *FACT_COLUMNS,
)  # fmt: skip
CONTACT_FIELDS = (
    "id", "speaker", "name", "channel", "email", "phone", "address", "language", "source", "created_at",
)  # fmt: skip
PROBLEM_FIELDS = ("of_import", "row", "column", "value", "cure", "whole_row", "import_key")


@dataclass(slots=True)
class Answer:
    """One answer as it was read, with its place; not yet a voice."""

    text: str
    import_key: str
    is_blank: bool
    external_id: str = ""
    question: str = ""
    service: str = ""
    language: str = ""
    said_on: date | None = None
    is_moderator: bool = False
    person_key: str = ""
    pseudonym: str = ""
    known_names: tuple[str, ...] = ()  # names in the same row or file, to cover in the words
    facts: tuple[tuple[str, str], ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    place_row: int | None = None
    place_column: str = ""
    place_turn: int | None = None
    place_start: int | None = None
    place_end: int | None = None
    starts_ms: int | None = None
    ends_ms: int | None = None
    whole_row: Sequence[str] = ()


@dataclass(slots=True)
class Problem:
    """One answer that cannot come in, as it will be shown."""

    row: int | None
    column: str
    value: str
    cure: str
    whole_row: Sequence[str]
    import_key: str = ""


@dataclass
class Chunk:
    """Some rows of a file: the answers in them, and the problems."""

    rows: int
    share_read: float | None = None  # how much of the file has been read, from 0 to 1, where that is known
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0

    def add_problem(self, row: int, problem: RowProblem, cells: Sequence[str], *, answers: int) -> None:
        """Keep what is wrong in a row; all of its answers stay out."""
        self.problems.append(
            Problem(row, problem.column, problem.value[:SHOWN_CHARACTERS], problem.cure, cells)
        )
        self.wrong += answers


@dataclass
class Counts:
    """What became of a chunk. `by_verdict` may fall where a later row shows that an earlier one was wrong."""

    by_verdict: dict[str, int]
    speakers_new: int = 0


@dataclass(frozen=True, slots=True)
class _Here:
    """A voice under a key: brought in before, or staged by this very import. `text` is covered."""

    voice_id: UUID
    text: str
    digest: str
    is_ours: bool
    row: int | None
    is_blank: bool
    replaces: bool = False

    def says(self, words: str) -> bool:
        """Return whether these are its words as they were; words from before digests were kept are compared."""
        return self.digest == digest_words(words) if self.digest else self.text == words


def land_chunk(found: Import, chunk: Chunk, *, people_before: int, at: datetime, coverer: Coverer) -> Counts:
    """Write a chunk's answers as voices nobody sees yet, and its problems; return what became of them.

    Runs inside the caller's transaction. New + changed + same + wrong = answers read, always.
    """
    landing = _Landing(found, chunk, coverer)
    for answer in chunk.answers:
        landing.judge(answer)
    return landing.write(people_before, at)


def _change_key(import_id: UUID, key: str) -> str:
    """Return the key under which a changed answer waits, until it takes its predecessor's place."""
    return sha256(f"{import_id}\x1f{key}".encode()).hexdigest()


class _Landing:
    """Judges the answers of one chunk in the order of the file."""

    def __init__(self, found: Import, chunk: Chunk, coverer: Coverer) -> None:
        self.found = found
        self.coverer = coverer
        self.chunk = chunk
        self.staged: dict[str, tuple[Answer, UUID]] = {}
        self.changes: dict[str, UUID] = {}  # key of a staged answer → the voice it would replace
        self.removed: list[UUID] = []
        self.counts = {"new": 0, "changed": 0, "same": 0, "wrong": chunk.wrong, "blank": 0}
        self.read = len(chunk.answers) + chunk.wrong
        keys = [answer.import_key for answer in chunk.answers]
        self.here = self._find_here(keys)
        self.claimed_twice = set(
            ImportProblem.objects.filter(of_import=found, import_key__in=keys).values_list(
                "import_key", flat=True
            )
        )

    def _find_here(self, keys: list[str]) -> dict[str, _Here]:
        source_id = self.found.source_id
        waiting = {_change_key(self.found.id, key): key for key in keys}
        rows = Voice.with_staged.filter(
            engagement_id=self.found.engagement_id, import_key__in=[*keys, *waiting], replaced_by=None
        ).values_list("import_key", "id", "text", "words_digest", "source_id", "place_row", "is_blank")
        found: dict[str, _Here] = {}
        # What this file said already comes last, for it counts before what was here.
        for key, voice_id, text, digest, of_source, row, is_blank in sorted(
            rows, key=lambda one: one[0] in waiting
        ):
            found[waiting.get(key, key)] = _Here(
                voice_id, text, digest, of_source == source_id, row, is_blank, replaces=key in waiting
            )
        return found

    def judge(self, answer: Answer) -> None:
        """Decide what one answer is beside what is here and what this file said before."""
        key = answer.import_key
        if key in self.claimed_twice:
            self._refuse(answer, "another row")
        elif key in self.staged:
            earlier, _ = self.staged[key]
            if earlier.text == answer.text:
                self._count("same", answer.is_blank)
            else:
                self._refuse_both(answer, earlier.place_row)
                self._take_back(key, earlier.is_blank)
                self._add_problem(earlier, answer.place_row, earlier.text)
        elif key in self.here:
            self._judge_beside(answer, self.here[key])
        else:
            self._stage(answer, "new")

    def _judge_beside(self, answer: Answer, here: _Here) -> None:
        if here.says(answer.text):
            self._count("same", answer.is_blank)
        elif here.is_ours:
            self._refuse_both(answer, here.row)
            self.removed.append(here.voice_id)
            self._uncount("changed" if here.replaces else "new", here.is_blank)
            self.chunk.problems.append(
                Problem(here.row, answer.place_column, here.text[:SHOWN_CHARACTERS],
                        _twice(answer.place_row), [], answer.import_key)
            )  # fmt: skip
        else:
            self.changes[answer.import_key] = here.voice_id
            self._stage(answer, "changed")

    def _stage(self, answer: Answer, verdict: str) -> None:
        self.staged[answer.import_key] = (answer, new_id())
        self._count(verdict, answer.is_blank)

    def _take_back(self, key: str, was_blank: bool) -> None:
        del self.staged[key]
        self._uncount("changed" if self.changes.pop(key, None) else "new", was_blank)

    def _count(self, verdict: str, is_blank: bool) -> None:
        self.counts[verdict] += 1
        self.counts["blank"] += is_blank

    def _uncount(self, verdict: str, was_blank: bool) -> None:
        self.counts[verdict] -= 1
        self.counts["blank"] -= was_blank
        self.counts["wrong"] += 1

    def _refuse_both(self, answer: Answer, earlier_row: int | None) -> None:
        self.claimed_twice.add(answer.import_key)
        self._refuse(answer, f"row {earlier_row}")

    def _refuse(self, answer: Answer, other: str) -> None:
        self.counts["wrong"] += 1
        row = int(other.removeprefix("row ")) if other.startswith("row ") and other != "row None" else None
        self._add_problem(answer, row, answer.text)

    def _add_problem(self, answer: Answer, other_row: int | None, text: str) -> None:
        self.chunk.problems.append(
            Problem(answer.place_row, answer.place_column, text[:SHOWN_CHARACTERS], _twice(other_row),
                    answer.whole_row, answer.import_key)
        )  # fmt: skip

    def write(self, people_before: int, at: datetime) -> Counts:
        """Write voices, speakers, contacts, changes and problems, each kind in one statement."""
        if self.removed:
            delete_staged(StagedChange.objects.filter(new_id__in=self.removed), scope=self.found.id)
            forget_covered(self.removed, scope=self.found.source_id)
            delete_staged(Voice.with_staged.filter(id__in=self.removed), scope=self.found.source_id)
        answers = [answer for answer, _ in self.staged.values()]
        speakers, speakers_new = write_speakers(
            self.found, answers, people_before=people_before, at=at, coverer=self.coverer
        )
        self._write_voices(speakers, at)
        found = self.found
        land_rows(
            StagedChange,
            ("of_import", "old", "new"),
            [(found.id, old_id, self.staged[key][1]) for key, old_id in self.changes.items()],
            scope=found.id,
        )
        land_rows(
            ImportProblem,
            PROBLEM_FIELDS,
            [
                (found.id, p.row, p.column[:200], p.value, p.cure, list(p.whole_row), p.import_key)
                for p in self.chunk.problems
            ],
            scope=found.id,
        )
        return Counts({"read": self.read, **self.counts}, speakers_new)

    def _write_voices(self, speakers: Sequence[UUID | None], at: datetime) -> None:
        """Write the voices with what points to a person covered, and lock the words as they were."""
        found, cover_value = self.found, self.coverer.cover_value
        rows: list[tuple[object, ...]] = []
        to_keep = []
        for (key, (a, voice_id)), speaker_id in zip(self.staged.items(), speakers, strict=True):
            language = a.language or found.language
            covered = self.coverer.cover(a.text, known_names=a.known_names, language=language)
            if covered.spans and found.source_id:
                to_keep.append(ToKeep(voice_id, found.source_id, speaker_id, a.text, covered))
            rows.append((
                voice_id, found.engagement_id, found.source_id, speaker_id, found.basis_id, covered.text,
                cover_value(a.question, 300), cover_value(a.service, 200), language, a.said_on, digest_words(a.text),
                covered.is_doubtful, a.is_blank, a.is_moderator, make_row_id(a.external_id, self.coverer),
                _change_key(found.id, key) if key in self.changes else key, a.place_row, a.place_column,
                a.place_turn, a.place_start, a.place_end, a.starts_ms, a.ends_ms, at,
            ))  # fmt: skip
        land_rows(Voice, VOICE_FIELDS, rows, scope=found.source_id)
        keep_originals(to_keep, at=at, waiting_in=found.source_id)


def _twice(other_row: int | None) -> str:
    other = f"row {other_row:,}" if other_row else "another row"
    return f"The same id stands in {other} with other words. Keep one of the two, or give each its own id."


def write_speakers(
    found: Import, answers: Sequence[Answer], *, people_before: int, at: datetime, coverer: Coverer
) -> tuple[list[UUID | None], int]:
    """Return the speaker of each answer, making those who are not here yet, and how many were made.

    A person is the same person under the same key. Without a key, somebody who gave facts or a contact is a
    person of their own, and anybody else stays nobody in particular.
    """
    kept_as = {key: make_person_key(key, coverer) for key in {one.person_key for one in answers} if key}
    ids: dict[str, UUID] = dict(
        Speaker.objects.filter(
            engagement_id=found.engagement_id, external_key__in=kept_as.values()
        ).values_list("external_key", "id")
    )
    contacted = set(Contact.objects.filter(speaker_id__in=ids.values()).values_list("speaker_id", flat=True))
    speakers: list[tuple[object, ...]] = []
    contacts: list[tuple[object, ...]] = []
    of_answers: list[UUID | None] = []
    for answer in answers:
        key = kept_as.get(answer.person_key, "")
        speaker_id = ids.get(key)
        if speaker_id is None and (answer.person_key or answer.facts or answer.contact_email):
            speaker_id = new_id()
            number = people_before + len(speakers) + 1
            speakers.append(_speaker_row(found, answer, key, speaker_id, number, at))
            if key:
                ids[key] = speaker_id
        of_answers.append(speaker_id)
        if speaker_id and answer.contact_email and speaker_id not in contacted:
            contacted.add(speaker_id)
            contacts.append(
                (new_id(), speaker_id, answer.contact_name, Contact.Channel.EMAIL, answer.contact_email, "", "",
                 answer.language or found.language, found.source_id, at)
            )  # fmt: skip
    land_rows(Speaker, SPEAKER_FIELDS, speakers, scope=found.source_id)
    land_rows(Contact, CONTACT_FIELDS, contacts, scope=found.source_id)
    return of_answers, len(speakers)


def _speaker_row(
    found: Import, answer: Answer, key: str, speaker_id: UUID, number: int, at: datetime
) -> tuple[object, ...]:
    pseudonym = answer.pseudonym or (
        answer.person_key if is_safe_pseudonym(answer.person_key) else f"Person {number:,}"
    )
    facts = dict(answer.facts)
    return (
        speaker_id, found.engagement_id, pseudonym[:80], key, answer.is_moderator, found.source_id, at,
        *(facts.get(name, "") for name in FACT_COLUMNS),
    )  # fmt: skip
