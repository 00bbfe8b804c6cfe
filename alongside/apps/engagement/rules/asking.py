"""Who asks about their own consents without an account: a receipt or a private link opened the way, for a while."""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

KEPT_AS = "asks_about_consents"
LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Asker:
    """Somebody who showed a receipt or opened a private link: under which ids we know them, and how they came."""

    speaker_ids: frozenset[UUID]
    how: str
    until: datetime
    ended: UUID | None = None


def remember_asker(
    session: MutableMapping[str, Any],
    speaker_ids: Collection[UUID],
    *,
    how: str,
    until: datetime,
    ended: UUID | None = None,
) -> None:
    """Keep in a session who asks; the caller has checked the receipt or the link."""
    session[KEPT_AS] = {
        "speakers": [str(one) for one in speaker_ids],
        "how": how,
        "until": until.isoformat(),
        "ended": str(ended) if ended else "",
    }


def recall_asker(session: MutableMapping[str, Any], at: datetime) -> Asker | None:
    """Return who asks in this session; None where nobody showed anything, or it is too long ago."""
    kept = session.get(KEPT_AS)
    if not kept or datetime.fromisoformat(kept["until"]) <= at:
        return None
    return Asker(
        speaker_ids=frozenset(UUID(one) for one in kept["speakers"]),
        how=kept["how"],
        until=datetime.fromisoformat(kept["until"]),
        ended=UUID(kept["ended"]) if kept["ended"] else None,
    )
