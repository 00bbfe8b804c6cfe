"""Let tests empty the append-only tables between them; nothing in the product can ask for this."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from alongside.apps.base.bridge.telling import suspended_on_sqlite
from alongside.apps.base.bridge.triggers import list_wanted_triggers
from alongside.apps.base.operations.triggers import refresh_triggers


def flush_despite_the_trail(flush: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return Django's own clearing after a test, with the trail looking away and then in place again."""

    def clear(case: TransactionTestCase) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for one in list_wanted_triggers():
                    if "TRUNCATE" in one.create[-1]:
                        cursor.execute(f'ALTER TABLE "{one.table}" DISABLE TRIGGER {one.name}')
        with suspended_on_sqlite():
            flush(case)
        refresh_triggers()

    return clear
