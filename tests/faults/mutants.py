"""Mistakes that the checks must catch, put into the running product by this harness and nowhere else."""

import os
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def _find(place: str) -> Any:
    """Return a module of the product, whose parts a mutant exchanges."""
    return import_module(place)


def _acknowledge_first() -> None:
    """Say "kept" and keep it a moment later."""
    doors = _find("tests.faults.doors")
    waiting: queue.Queue[dict[str, Any]] = queue.Queue()
    receive = doors.receive_answers

    def keep() -> None:
        while True:
            sent = waiting.get()
            time.sleep(0.02)
            receive(**sent)

    def acknowledge(**sent: Any) -> str:
        waiting.put(sent)
        return str(sent["sent"].code)

    threading.Thread(target=keep, daemon=True).start()
    doors.receive_answers = acknowledge


def _forget_codes() -> None:
    """Never recognise a receipt code."""
    module = _find("alongside.apps.engagement.operations.public_forms")
    module.hash_receipt_code = lambda _code: secrets.token_hex(32)


def _take_other_words() -> None:
    """Recognise a code and not look at what comes with it."""
    module = _find("alongside.apps.engagement.operations.public_forms")
    module._check_same = lambda *_: None


def _no_fault_pages() -> None:
    """Take every fault of the machine for one of ours."""
    for place in ("alongside.apps.base.middleware", "alongside.apps.base.views.faults"):
        _find(place).find_fault = lambda _exception: None


def _no_locks() -> None:
    """Read what will be changed without holding it."""
    QuerySet.select_for_update = lambda self, *_, **__: self._chain()  # type: ignore[method-assign]
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"


def _no_sweep() -> None:
    """Begin an import again without clearing away what a killed worker left."""
    reading = _find("alongside.apps.engagement.operations.reading")
    clear = reading._clear

    def leave(found: Any, progress: Any) -> None:
        reading.sweep_source, kept = (lambda *_: None), reading.sweep_source
        try:
            clear(found, progress)
        finally:
            reading.sweep_source = kept

    reading._clear = leave


def _unsorted() -> None:
    """Hold rows in an order of chance instead of one that everybody keeps."""
    order = QuerySet.order_by

    def by_chance(self: Any, *names: Any) -> Any:
        return order(self, "?") if self.query.select_for_update else order(self, *names)

    QuerySet.order_by = by_chance  # type: ignore[method-assign]


def _many_moments() -> None:
    """Back up each table at a moment of its own."""
    making = _find("alongside.apps.base.operations.backups.making")
    write = making._write_table

    @contextmanager
    def no_moment() -> Iterator[None]:
        yield

    def write_slowly(*arguments: Any) -> Any:
        time.sleep(0.05)
        return write(*arguments)

    making._one_moment = no_moment
    making._write_table = write_slowly


MUTANTS: dict[str, Callable[[], None]] = {
    "acknowledge before commit": _acknowledge_first,
    "codes not recognised": _forget_codes,
    "other words under a known code": _take_other_words,
    "faults of the machine as 500": _no_fault_pages,
    "nothing held": _no_locks,
    "nothing swept": _no_sweep,
    "not sorted": _unsorted,
    "each table at its own moment": _many_moments,
}


def install_mutant() -> None:
    """Put in the mistake the environment names, if it names one. Django must have started."""
    name = os.environ.get("FAULTS_MUTANT", "")
    if name:
        MUTANTS[name]()
