"""Consent texts: one version says one thing, however often and by however many it is recorded."""

import threading

import pytest
from django.db import connection

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.people.models import ConsentText
from alongside.apps.people.operations import record_consent_text
from tests.factories.people import NOW


def record(body: str = "We read what you write.", version: int = 1) -> ConsentText:
    return record_consent_text(key="leaflet", version=version, language="en", body=body, by=SYSTEM, at=NOW)


@pytest.mark.django_db
def test_the_same_words_again_change_nothing_and_are_audited_once() -> None:
    first = record()
    assert record().id == first.id
    assert ConsentText.objects.count() == 1
    assert AuditLine.objects.filter(operation="record_consent_text").count() == 1


@pytest.mark.django_db
def test_other_words_are_a_new_version() -> None:
    first = record()
    with pytest.raises(Refused, match="next version"):
        record("We sell what you write.")
    second = record("We read it and answer.", version=2)
    first.refresh_from_db()
    assert (first.body, second.body) == ("We read what you write.", "We read it and answer.")


@pytest.mark.django_db(transaction=True)
def test_two_who_record_one_text_at_the_same_moment_share_it() -> None:
    ready = threading.Barrier(2)
    ends: list[object] = []

    def write() -> None:
        try:
            ready.wait()
            ends.append(record().id)
        except Exception as fault:
            ends.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    text = ConsentText.objects.get()
    assert ends == [text.id, text.id]
    assert AuditLine.objects.filter(operation="record_consent_text").count() == 1
