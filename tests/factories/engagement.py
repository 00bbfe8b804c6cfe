"""Engagements and voices for tests, built through the operations."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.engagement.models import Engagement, Import
from alongside.apps.engagement.operations import (
    BasisTerms,
    EngagementTerms,
    TypedVoice,
    choose_columns,
    choose_speakers,
    open_engagement,
    set_up_basis,
    start_import,
    type_voices,
)
from alongside.apps.engagement.rules import ColumnChoice, SpeakerChoice
from tests.factories.people import NOW

AGREED = BasisTerms(
    kind="consent",
    article9="explicit_consent",
    text_key="spoken.1",
    uses=frozenset({"quote_inside", "contact_again"}),
)


def make_terms(**changes: Any) -> EngagementTerms:
    """Return the terms of a believable engagement."""
    terms = {
        "kind": "survey",
        "title": "Heart failure clinic, spring",
        "purpose": "What is it like to come to the clinic?",
        "starts_on": date(2026, 3, 1),
        "run_by": "Cardiology engagement team",
        "told_participants": "We read what you write and tell you what changes.",
        "condition": "heart failure",
    }
    return EngagementTerms(**{**terms, **changes})


def make_engagement(by: Viewer = SYSTEM, **changes: Any) -> Engagement:
    """Return a stored engagement."""
    return open_engagement(terms=make_terms(**changes), by=by, at=NOW)


def make_basis(terms: BasisTerms = AGREED, by: Viewer = SYSTEM) -> UUID:
    """Return the id of a stored basis."""
    return set_up_basis(terms=terms, by=by, at=NOW)


def make_voices(
    engagement: Engagement, *voices: TypedVoice | str, basis_id: UUID | None = None, by: Viewer = SYSTEM
) -> list[UUID]:
    """Return the ids of voices typed in."""
    typed = [voice if isinstance(voice, TypedVoice) else TypedVoice(voice) for voice in voices]
    return type_voices(
        engagement_id=engagement.id, voices=typed, basis_id=basis_id or make_basis(by=by), by=by, at=NOW
    )


def make_csv(rows: Sequence[Sequence[object]], header: Sequence[str] = ("id", "person", "comment")) -> bytes:
    """Return a table as bytes of a CSV file."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode()


def upload(engagement: Engagement, content: bytes, name: str = "answers.csv", by: Viewer = SYSTEM) -> Import:
    """Return an uploaded file, not read yet."""
    return start_import(
        engagement_id=engagement.id, file_name=name, size_bytes=len(content), parts=[content], by=by, at=NOW
    )


def read_table_file(
    engagement: Engagement,
    content: bytes,
    by: Viewer,
    choice: ColumnChoice | None = None,
    terms: BasisTerms = AGREED,
) -> Import:
    """Return a table that was uploaded and read to its end."""
    found = upload(engagement, content, by=by)
    choose_columns(
        import_id=found.id,
        choice=choice or ColumnChoice(texts=("comment",), id="id", person="person"),
        basis_id=make_basis(terms, by),
        language="en",
        by=by,
        at=NOW,
    )
    work_until_idle()
    found.refresh_from_db()
    return found


def read_transcript_file(
    engagement: Engagement, content: bytes, name: str, choice: SpeakerChoice, by: Viewer
) -> Import:
    """Return a transcript that was uploaded and read to its end."""
    found = upload(engagement, content, name, by=by)
    choose_speakers(
        import_id=found.id, choice=choice, basis_id=make_basis(by=by), language="en", by=by, at=NOW
    )
    work_until_idle()
    found.refresh_from_db()
    return found


def work_until_idle() -> None:
    """Do the work that waits."""
    while run_next_job():
        pass
