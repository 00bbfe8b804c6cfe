"""Taking in rule sets: the shipped ones, and editions that a certifier or an administrator brings."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.apps.agreements.bridge import BadRuleText, list_shipped_texts, read_known_book, read_rule_text
from alongside.apps.agreements.models import RuleSet
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check, check_may
from alongside.science.values.rules import RuleBook


@transaction.atomic
def take_in_shipped_rules(*, at: datetime) -> None:
    """Store the shipped rule sets that are not stored yet, or follow a shipped edition that changed.

    Where an installation has brought an edition of its own, that one stays the newest. Running it again changes
    nothing.
    """
    for text in list_shipped_texts():
        book = read_known_book(text)
        newest = RuleSet.objects.filter(name=book.name).order_by("-edition").first()
        if newest is None or (newest.is_shipped and newest.text_sha256 != _digest(text)):
            _store(text, book, newest, is_shipped=True, by=SYSTEM, at=at)


@transaction.atomic
def add_edition(*, text: str, by: Viewer, at: datetime) -> RuleSet:
    """Store a rule set's text as its next edition. Raises BadRuleText with every problem, by line."""
    check_may(by, "change_rule_sets")
    take_in_shipped_rules(at=at)
    book = read_rule_text(text)
    newest = RuleSet.objects.filter(name=book.name).order_by("-edition").first()
    check(
        newest is None or newest.text_sha256 != _digest(text),
        "This is the newest edition already, word for word. Change something, then bring it in.",
        field="file",
    )
    return _store(text, book, newest, is_shipped=False, by=by, at=at)


def _store(
    text: str, book: RuleBook, newest: RuleSet | None, *, is_shipped: bool, by: Viewer, at: datetime
) -> RuleSet:
    try:
        with transaction.atomic():
            edition = RuleSet.objects.create(
                name=book.name,
                title=book.title,
                edition=newest.edition + 1 if newest else 1,
                valid_from=book.valid_from,
                valid_to=book.valid_to,
                text=text,
                text_sha256=_digest(text),
                is_shipped=is_shipped,
                added_by_id=by.person_id,
                added_at=at,
            )
    except IntegrityError as clash:
        if is_shipped:  # somebody took it in at the same moment
            return RuleSet.objects.filter(name=book.name).latest("edition")
        raise Refused(
            "Somebody brought in an edition at the same moment. Look at it, then try again."
        ) from clash
    record_audit(
        by=by, at=at, operation="add_rule_set_edition", on=edition,
        detail={"edition": edition.edition, "rules": len(book.rules)},
    )  # fmt: skip
    return edition


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["BadRuleText", "add_edition", "take_in_shipped_rules"]
