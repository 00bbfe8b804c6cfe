"""What a file of published grants must be, and what counts as the same grant again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import check
from alongside.science.values.giving import PublishedGrantValue


def check_giving_upload(
    file_name: str, size_bytes: int, source: str, *, endings: tuple[str, ...], most_bytes: int
) -> None:
    """Refuse a file that is empty, too large or of another kind, and one that nobody says where it is from."""
    check(
        file_name.lower().endswith(endings),
        f"“{file_name[-80:]}” is not a file of grants. Choose one that ends in {', '.join(endings)}.",
        field="file",
    )
    check(size_bytes > 0, "The file is empty. Choose a file with something in it.", field="file")
    check(
        size_bytes <= most_bytes,
        f"The file is larger than {most_bytes // 2**20} MB. Split it by year.",
        field="file",
    )
    check(bool(source.strip()), "Say who published it and where, so that others can find it.", field="source")
    check(len(source) <= 300, "Say it in at most 300 characters.", field="source")


def make_fields(value: PublishedGrantValue, recipients: Mapping[str, UUID]) -> dict[str, Any]:
    """Return what is kept of a grant, by field; a person who got one is never named."""
    recipient = value.recipient
    identifier = recipient.id if recipient else ""
    return {
        "row": value.row,
        "title": value.title,
        "description": value.description,
        "currency": value.currency,
        "amount_pence": value.amount_pence,
        "awarded_on": value.awarded_on,
        "funder_identifier": value.funder.id,
        "funder_name": value.funder.name[:300],
        "recipient_identifier": identifier,
        "recipient_name": recipient.name[:300] if recipient else "",
        "programme": value.programme,
        "recipient_id": recipients.get(plain_identifier(identifier)),
    }


def plain_identifier(identifier: str) -> str:
    """Return an organisation's identifier without blanks and small letters, to compare it."""
    return "".join(identifier.split()).upper()
