"""A contact as a card that any address book reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ContactCard:
    """One person at one organisation. `language` is a code such as cy; `changed_at` is in UTC."""

    id: UUID
    name: str
    organisation: str
    role: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    note: str = ""
    changed_at: datetime | None = None
