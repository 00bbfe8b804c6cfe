"""What a contact must be, what a change request must say, and what may not be made one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check


@dataclass(frozen=True)
class ContactPlan:
    """What somebody types about a contact."""

    name: str
    role_words: str = ""
    email: str = ""
    phone: str = ""
    preferred_way: str = ""
    language: str = ""
    mandated_from: date | None = None
    mandated_until: date | None = None
    is_main: bool = False
    person_id: UUID | None = None
    source: str = ""


def check_contact(plan: ContactPlan) -> None:
    """Refuse a contact without a name, one who cannot be reached as they prefer, or a mandate that makes no sense."""
    check(bool(plan.name.strip()), _("Enter the contact’s name."), field="name")
    check(
        plan.preferred_way != "email" or bool(plan.email),
        _("They prefer e-mail: enter the address, or choose another way."),
        field="email",
    )
    check(
        plan.preferred_way not in ("phone", "text") or bool(plan.phone),
        _("They prefer the telephone: enter the number, or choose another way."),
        field="phone",
    )
    check(
        plan.mandated_until is None or plan.mandated_from is not None,
        _("A mandate that ends must begin: enter the day from which they speak for their organisation."),
        field="mandated_from",
    )
    check(
        plan.mandated_until is None
        or plan.mandated_from is None
        or plan.mandated_until >= plan.mandated_from,
        _("The mandate ends before it begins. Enter a later day, or leave the end open."),
        field="mandated_until",
    )


def is_mandated(begins: date | None, ends: date | None, on: date) -> bool:
    """Return whether somebody speaks for their organisation on a day; both days count."""
    return begins is not None and begins <= on and (ends is None or on <= ends)


def check_change_words(words: str) -> None:
    """Refuse a request or an answer that says nothing."""
    check(bool(words.strip()), _("Write what should change, in your own words."), field="words")
    check(len(words) <= 4_000, _("Write at most 4,000 characters, or ring us."), field="words")


def check_change_answer(answer: str, what_changed: str, *, is_done: bool) -> None:
    """Refuse an answer without words, and a change that does not say what it is."""
    check(bool(answer.strip()), _("Write an answer that the partner can read."), field="answer")
    check(
        not is_done or bool(what_changed.strip()),
        _("Write what was changed, from what to what."),
        field="what_changed",
    )
