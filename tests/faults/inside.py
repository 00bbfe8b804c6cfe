"""What the harness asks of an installation from inside: to be set up, and what it holds after a fault.

`python -m tests.faults.inside QUESTION '{"argument": 1}'` prints one line of JSON.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.db import connection  # noqa: E402  needs Django first
from django.utils import timezone  # noqa: E402

from alongside.apps.base.operations.backups.rows import digest_table  # noqa: E402
from alongside.apps.base.rules import SYSTEM  # noqa: E402
from alongside.apps.base.rules.backups import list_kept_models  # noqa: E402
from alongside.apps.engagement.models import Receipt, Speaker, Voice  # noqa: E402
from alongside.apps.engagement.operations import FormTerms, open_public_form  # noqa: E402
from alongside.cli.installation import prepare_tables_and_files  # noqa: E402
from tests.factories.engagement import make_engagement  # noqa: E402
from tests.faults.killed_inside import check_imports, count_statements, import_and_kill  # noqa: E402
from tests.faults.mutants import install_mutant  # noqa: E402


def prepare(forms: int) -> list[str]:
    """Make the tables, the static files and so many public pages; return the pages' addresses."""
    prepare_tables_and_files()
    today = timezone.localdate()
    terms = FormTerms(
        welcome="Tell us how it was.",
        questions=(("What was it like?", ""),),
        opens_on=today - timedelta(days=1),
        asks_facts=False,
        asks_contact=False,
    )
    slugs = []
    for number in range(forms):
        engagement = make_engagement(title=f"Clinic {number}")
        slugs.append(
            open_public_form(engagement_id=engagement.id, terms=terms, by=SYSTEM, at=timezone.now()).slug
        )
    return slugs


def tally() -> dict[str, Any]:
    """Return how often each answer is kept, and whether the database is whole."""
    kept = Counter(Voice.with_staged.values_list("text", flat=True))
    return {
        "kept": kept,
        "receipts": Receipt.objects.count(),
        "speakers": Speaker.objects.count(),
        "integrity": _check_integrity(),
    }


def _check_integrity() -> str:
    connection.check_constraints()
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def digests() -> dict[str, list[Any]]:
    """Return rows and digest of every table."""
    return {model._meta.db_table: list(digest_table(model)) for model in list_kept_models()}


QUESTIONS: dict[str, Callable[..., Any]] = {
    "prepare": prepare,
    "tally": tally,
    "digests": digests,
    "count_statements": count_statements,
    "import_and_kill": import_and_kill,
    "check_imports": check_imports,
}

if __name__ == "__main__":
    install_mutant()
    print(json.dumps(QUESTIONS[sys.argv[1]](**json.loads(sys.argv[2]))))
