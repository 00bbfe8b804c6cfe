"""The ledger of erasures beside the database: ids alone, each line with a keyed digest that names the line before."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.subjects import Subject

BEGINNING = "0" * 64
ID_KINDS = ("person_ids", "speaker_ids", "member_ids", "voice_ids", "contact_ids")


@dataclass(frozen=True)
class LedgerLine:
    """One erasure: its id, when it was, and the ids of whom or what it erased."""

    id: UUID
    at: datetime
    subject: Subject

    def as_payload(self) -> dict[str, object]:
        """Return what is written and digested; no name stands in it."""
        ids = {kind: sorted(str(one) for one in getattr(self.subject, kind)) for kind in ID_KINDS}
        return {
            "id": str(self.id),
            "at": self.at.isoformat(),
            "keeps_counts": self.subject.keeps_counts,
            **ids,
        }


def write_line(line: LedgerLine, *, before: str, key: bytes) -> str:
    """Return a line of the ledger. `before` is the digest of the line before, or BEGINNING."""
    payload = line.as_payload() | {"before": before}
    return json.dumps(payload | {"digest": _digest(payload, key)}, sort_keys=True)


def last_digest(lines: Sequence[str]) -> str:
    """Return the digest that the next line names."""
    return str(json.loads(lines[-1])["digest"]) if lines else BEGINNING


def read_lines(lines: Iterable[str], *, keys: Sequence[bytes]) -> list[LedgerLine]:
    """Return the erasures of a ledger. Raise Refused where a line was changed, moved or taken out."""
    found, before = [], BEGINNING
    for number, written in enumerate(lines, start=1):
        payload = _parse(written, number)
        digest = str(payload.pop("digest", ""))
        good = any(hmac.compare_digest(digest, _digest(payload, key)) for key in keys)
        if not good or payload.get("before") != before:
            raise Refused(
                _("Line %(number)s of the ledger of erasures was changed, or a line before it is missing. "
                  "Use the ledger that lay beside the database, with the vault key of that time.") % {"number": number}
            )  # fmt: skip
        before = digest
        ids = {kind: frozenset(UUID(str(one)) for one in payload.get(kind, [])) for kind in ID_KINDS}  # type: ignore[attr-defined]
        subject = Subject(
            ids["person_ids"],
            ids["speaker_ids"],
            ids["member_ids"],
            ids["voice_ids"],
            ids["contact_ids"],
            keeps_counts=bool(payload["keeps_counts"]),
        )
        found.append(
            LedgerLine(UUID(str(payload["id"])), datetime.fromisoformat(str(payload["at"])), subject)
        )
    return found


def _parse(written: str, number: int) -> dict[str, object]:
    try:
        payload: object = json.loads(written)
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        raise Refused(
            _("Line %(number)s of the ledger of erasures cannot be read: it was cut off.")
            % {"number": number}
        )
    return payload


def _digest(payload: dict[str, object], key: bytes) -> str:
    words = json.dumps(payload, sort_keys=True).encode()
    return hmac.new(hashlib.sha256(b"alongside erasures" + key).digest(), words, hashlib.sha256).hexdigest()
