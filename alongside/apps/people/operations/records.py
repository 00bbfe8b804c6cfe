"""Records that wait to be read, opened for whoever reads them, and what of each is given."""

import json
from dataclasses import dataclass
from uuid import UUID

from alongside.apps.base.operations import open_for
from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.people.models import RequestRecord
from alongside.apps.people.rules.requests import EXEMPTIONS, place_of


@dataclass(frozen=True)
class OpenRecord:
    """A record in plain words: `fields` as held, `given` the words in their place where parts are covered."""

    id: UUID
    position: int
    place: str
    table: str
    label: str
    fields: tuple[tuple[str, str], ...]
    held_since: str
    why: str
    needs_review: bool
    decision: str
    decision_label: str
    exemption: str
    given: str = ""

    def as_given(self) -> dict[str, object]:
        """Return what the person gets of it."""
        fields = [{"name": name, "value": value} for name, value in self.fields]
        if self.decision == RequestRecord.Decision.PART:
            fields = [{"name": "What we give of it", "value": self.given}]
        return {
            "place": self.place,
            "what": self.label,
            "table": self.table,
            "fields": fields,
            "held_since": self.held_since,
            "why": self.why,
            "parts_covered_because": str(EXEMPTIONS.get(self.exemption, "")),
        }


def open_records(by: Viewer, request_id: UUID, *, only_review: bool = False) -> list[OpenRecord]:
    """Return the records gathered for a request, in their order, for those who handle requests."""
    check_may(by, "handle_data_requests")
    records = RequestRecord.objects.filter(request_id=request_id).order_by("position")
    if only_review:
        records = records.filter(needs_review=True)
    return [_open(record) for record in records]


def open_record(by: Viewer, record_id: UUID, request_id: UUID) -> OpenRecord | None:
    """Return one record of a request, for those who handle requests."""
    check_may(by, "handle_data_requests")
    record = RequestRecord.objects.filter(id=record_id, request_id=request_id).first()
    return _open(record) if record else None


def _open(record: RequestRecord) -> OpenRecord:
    held = json.loads(
        open_for(record.request_id, bytes(record.locked), place=place_of(record.id)) or '{"fields": []}'
    )
    given = ""
    if record.locked_given is not None:
        given = (
            open_for(record.request_id, bytes(record.locked_given), place=place_of(record.id, "given")) or ""
        )
    return OpenRecord(
        id=record.id,
        position=record.position,
        place=record.place,
        table=record.table,
        label=held.get("label", ""),
        fields=tuple((str(name), str(value)) for name, value in held["fields"]),
        held_since=held.get("held_since", "")[:10],
        why=held.get("why", ""),
        needs_review=record.needs_review,
        decision=record.decision,
        decision_label=record.get_decision_display(),
        exemption=record.exemption,
        given=given,
    )
