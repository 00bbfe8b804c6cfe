"""Letters and tables out of the house: composed by adapters, handed to whatever this installation has."""

import io
import smtplib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

import segno
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from alongside.adapters.files import iterate_csv, write_xlsx
from alongside.adapters.messages import Letter, compose_code, compose_news
from alongside.science.disclosure import Sum, protect_count, protect_sums

# These print or keep a mail and deliver it to nobody.
NOT_DELIVERING = ("console", "dummy", "filebased")


class Fate(Enum):
    """What became of a letter at the door."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # the server will not take it, now or later
    NOT_TRIED = "not_tried"  # it never left: another run may try again
    UNKNOWN = "unknown"  # cut off in between: nobody knows whether it left


@dataclass(frozen=True)
class Outcome:
    """A letter's fate, with words for staff that name nobody."""

    fate: Fate
    reason: str = ""


def delivers_mail() -> bool:
    """Return whether mail leaves this installation; printing it counts in the demonstration only."""
    backend = settings.EMAIL_BACKEND.lower()
    return bool(settings.DEMO) or not any(name in backend for name in NOT_DELIVERING)


def send_news(*, to: str, language: str, link: str) -> Outcome:
    """Send the letter that says there is news."""
    return _send(compose_news(to=to, language=language, link=link, sender=settings.BRAND["name"]))


def send_code(*, to: str, language: str, code: str) -> Outcome:
    """Send the letter with a one-time code."""
    return _send(compose_code(to=to, language=language, code=code, sender=settings.BRAND["name"]))


def _send(letter: Letter) -> Outcome:
    if not delivers_mail():
        return Outcome(Fate.NOT_TRIED, "No mail server is set up, so nothing leaves this installation.")
    connection = get_connection()
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=dict(letter.headers))
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        return Outcome(Fate.NOT_TRIED, "The mail server did not answer.")
    try:
        taken = connection.send_messages([mail])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        return _refusal(refusal)
    except (OSError, smtplib.SMTPException):
        return Outcome(Fate.UNKNOWN, "The connection broke while the mail was leaving.")
    finally:
        _close_quietly(connection)
    return Outcome(Fate.ACCEPTED) if taken else Outcome(Fate.NOT_TRIED, "The mail server took nothing.")


def _refusal(refusal: smtplib.SMTPException) -> Outcome:
    """Tell a refusal for good (5xx) from one for now (4xx)."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in refusal.recipients.values()]
    else:
        codes = [getattr(refusal, "smtp_code", 0)]
    if codes and all(400 <= code < 500 for code in codes):
        return Outcome(Fate.NOT_TRIED, "The mail server asked to try again later.")
    return Outcome(Fate.REFUSED, "The mail server refused this address.")


def _close_quietly(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet; a mark at its start says that it is UTF-8."""
    return chain(["\ufeff"], iterate_csv(columns, rows))


def make_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> bytes:
    """Return an XLSX file, safe to open in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, sheet=sheet)
    return file.getvalue()


def protect_people(count: int) -> int | None:
    """Return a count of people that may be published: None where it is small, else rounded."""
    return protect_count(count).rounded


def protect_answers(given: Sequence[int]) -> tuple[int | None, list[int | None]]:
    """Return how many people answered and how many gave each answer, as far as that may be published together."""
    counts = {"all": sum(given), **{str(number): count for number, count in enumerate(given)}}
    parts = tuple(str(number) for number in range(len(given)))
    shown = protect_sums(counts, [Sum("all", parts)])
    return shown["all"].rounded, [shown[part].rounded for part in parts]


def draw_qr_code(address: str) -> str:
    """Return a QR code of an address as an image that needs no other request."""
    return str(segno.make(address, error="m").svg_data_uri(scale=8, border=2, dark="#1f2a2b"))
