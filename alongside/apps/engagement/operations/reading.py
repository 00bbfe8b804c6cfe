"""Reading a file row by row into voices nobody sees yet: in chunks, each its own short transaction.

A chunk writes its rows, its problems and the counts together, behind the fence of the job, so that a killed
worker leaves nothing that the next one does not find and clear away.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.apps.base.operations import JobWork, record_audit
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.engagement.bridge import read_table, read_turns
from alongside.apps.engagement.models import Import, Source, Speaker
from alongside.apps.engagement.operations.covering import make_coverer
from alongside.apps.engagement.operations.landing import Answer, Chunk, land_chunk
from alongside.apps.engagement.operations.pacing import CHUNK_LETTERS, Pace
from alongside.apps.engagement.operations.parsing import parse_row
from alongside.apps.engagement.operations.sweeping import clear_problems, sweep_left_overs, sweep_source
from alongside.apps.engagement.rules import (
    ColumnChoice,
    SpeakerChoice,
    is_blank_answer,
    is_safe_pseudonym,
    make_file_key,
)
from alongside.science.values.sources import FileRefused, TableRow

CHUNK_ROWS = 4_000  # at most; see Pace
COUNTS = ("answers_read", "answers_new", "answers_changed", "answers_same", "answers_wrong", "answers_blank")
Progress = Callable[[int, int, str], None]


class _NoLongerWanted(Exception):
    """Stop reading: somebody left the import out meanwhile."""


def read_import(*, work: JobWork, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Read the file of one import to its end: ready to confirm, or refused with place and cure."""
    found = Import.objects.select_related("engagement").get(id=import_id)
    try:
        _clear(found, work.progress)
        _open_source(found, at)
        notes = _read_chunks(found, work.progress, at)
    except _NoLongerWanted:
        with work.finish():
            return
    except (Refused, FileRefused) as refusal:
        _clear(found, work.progress)
        with work.finish():
            Import.objects.filter(id=import_id, state=Import.State.READING).update(
                state=Import.State.REFUSED, refusal=str(refusal)
            )
            record_audit(by=by, at=at, operation="refuse_import", on=found)
        return
    with work.finish() as result:
        ready = Import.objects.select_for_update().filter(id=import_id, state=Import.State.READING)
        if ready.update(state=Import.State.READY, notes="\n".join(notes)):
            found.refresh_from_db()
            counts = {name: getattr(found, name) for name in COUNTS}
            result.update(counts)
            record_audit(by=by, at=at, operation="read_import", on=found, detail=dict(counts))


def _clear(found: Import, progress: Progress) -> None:
    """Take away what an earlier attempt, or a file left out, has staged."""
    sweep_left_overs(found.engagement_id, lambda: progress(0, 0, "Clearing what was left out"))
    if found.source_id:
        sweep_source(found.source_id, lambda: progress(0, 0, "Starting afresh"))
    clear_problems(found.id, lambda: progress(0, 0, "Starting afresh"))
    Import.objects.filter(id=found.id).update(
        source=None, refusal="", notes="", rows_read=0, **dict.fromkeys(COUNTS, 0)
    )
    found.source = None


def _open_source(found: Import, at: datetime) -> None:
    with transaction.atomic():
        found.source = Source.objects.create(
            engagement_id=found.engagement_id,
            kind=found.kind,
            file_name=found.file_name,
            sha256=found.sha256,
            created_by_id=found.created_by_id,
            created_at=at,
        )
        Import.objects.filter(id=found.id).update(source=found.source)


def _read_chunks(found: Import, progress: Progress, at: datetime) -> list[str]:
    notes: list[str] = []
    done, pace = 0, Pace(CHUNK_ROWS)
    chunks = _table_chunks(found, notes, pace) if found.kind == "table" else _transcript_chunks(found, notes)
    people = Speaker.objects.filter(engagement_id=found.engagement_id).count()
    coverer = make_coverer(found.engagement_id)
    for chunk in chunks:
        with pace.timed(), transaction.atomic():
            done += chunk.rows
            percent = None if chunk.share_read is None else int(100 * chunk.share_read)
            progress(percent or 0, 0 if percent is None else 100, f"{done:,} rows read")
            counts = land_chunk(found, chunk, people_before=people, at=at, coverer=coverer)
            people += counts.speakers_new
            changes = {
                f"answers_{name}": F(f"answers_{name}") + value for name, value in counts.by_verdict.items()
            }
            wanted = Import.objects.filter(id=found.id, state=Import.State.READING)
            if not wanted.update(rows_read=F("rows_read") + chunk.rows, **changes):
                raise _NoLongerWanted
        pace.let_others_write()
    if not done:
        raise Refused("The file has a header but no rows under it. Add rows, or choose another file.")
    return notes


def _table_chunks(found: Import, notes: list[str], pace: Pace) -> Iterator[Chunk]:
    choice = ColumnChoice.from_json(found.columns)
    table = read_table(found.stored_name, found.file_name)
    places = {column: place for place, column in enumerate(table.columns)}
    while rows := _take(table.rows, pace.rows):
        chunk = Chunk(rows=len(rows), share_read=table.tell_share())
        for row in rows:
            try:
                chunk.answers.extend(parse_row(row, choice, places, found.sha256))
            except RowProblem as problem:
                chunk.add_problem(row.row, problem, row.cells, answers=len(choice.texts))
        yield chunk
    notes.extend(table.notes)


def _take(rows: Iterator[TableRow], most: int) -> list[TableRow]:
    """Return the next rows of a table: so many, or fewer where their cells are long."""
    taken, letters = [], 0
    for row in islice(rows, most):
        taken.append(row)
        letters += sum(map(len, row.cells))
        if letters > CHUNK_LETTERS:
            break
    return taken


def _transcript_chunks(found: Import, notes: list[str]) -> Iterator[Chunk]:
    choice = SpeakerChoice.from_json(found.columns)
    pseudonyms = dict(choice.pseudonyms)
    transcript = read_turns(found.stored_name, found.file_name)
    notes.extend(transcript.deviations)
    # A name that stands here as its own pseudonym was chosen for the talk, and is nobody's.
    names = tuple(
        name
        for name in transcript.speakers
        if not is_safe_pseudonym(name) and pseudonyms.get(name, "") != name
    )
    turns = iter(transcript.turns)
    while part := list(islice(turns, CHUNK_ROWS)):
        yield Chunk(
            rows=len(part),
            share_read=part[-1].number / len(transcript.turns),
            answers=[
                Answer(
                    text=turn.text,
                    import_key=make_file_key(found.sha256, turn.number, ""),
                    person_key=turn.speaker or "(nobody named)",
                    pseudonym=pseudonyms.get(turn.speaker, ""),
                    known_names=names,
                    is_moderator=turn.speaker in choice.moderators,
                    is_blank=is_blank_answer(turn.text),
                    place_turn=turn.number,
                    place_start=turn.start,
                    place_end=turn.end,
                    starts_ms=turn.start_ms,
                    ends_ms=turn.end_ms,
                )
                for turn in part
            ],
        )
