"""What points to people goes when its time is over: originals, uploaded files, wrong rows; nobody else sees them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.bridge import stored_path
from alongside.apps.engagement.models import (
    Import,
    ImportProblem,
    Voice,
    VoiceOriginal,
)
from alongside.apps.engagement.operations import (
    originals,
)
from alongside.apps.engagement.operations.originals import (
    destroy_due_originals,
    leave_forgotten_imports,
    purge_wrong_rows,
)
from alongside.apps.people.models import Person
from tests.factories.engagement import (
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    upload,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
PHONE = "07700 900123"
SAID = f"Dr Mensah was kind. Ring me on {PHONE}."
COVERED = "Dr [staff name] was kind. Ring me on [phone number]."


@pytest.fixture
def analyst() -> Viewer:
    return make_viewer("analyst", name="Ines Albrecht")


def test_originals_are_destroyed_when_their_time_is_over_and_not_before() -> None:
    make_voices(make_engagement(), SAID)
    assert destroy_due_originals(at=NOW + timedelta(days=365), keep_going=lambda: None) == 0
    assert destroy_due_originals(at=NOW + timedelta(days=366), keep_going=lambda: None) == 1
    kept = VoiceOriginal.objects.get()
    assert kept.locked is None
    assert Voice.objects.get().text == COVERED
    assert destroy_due_originals(at=NOW + timedelta(days=999), keep_going=lambda: None) == 0


def test_a_file_nobody_brings_in_is_left_out_after_a_week(analyst: Viewer) -> None:
    found = upload(make_engagement(), make_csv([("1", "r1", SAID)]), by=analyst)
    path = stored_path(found.stored_name)
    assert path.exists()
    assert leave_forgotten_imports(at=NOW + timedelta(days=6)) == 0
    assert leave_forgotten_imports(at=NOW + timedelta(days=8)) == 1
    found.refresh_from_db()
    assert found.state == Import.State.LEFT


def test_a_file_somebody_decides_in_this_very_moment_is_left_to_them(
    analyst: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(make_engagement(), make_csv([("1", "r1", SAID)]), by=analyst)

    def refuse(**_asked: object) -> None:
        raise Refused("These voices have already been brought in.")

    monkeypatch.setattr(originals, "leave_import", refuse)
    assert leave_forgotten_imports(at=NOW + timedelta(days=8)) == 0


def test_wrong_rows_lose_their_words_after_a_month_and_nobody_else_sees_them_before(
    analyst: Viewer, client: Client
) -> None:
    content = make_csv([("", "r1", SAID), ("2", "r2", "Fine.")])
    found = read_table_file(make_engagement(), content, analyst)
    other = make_viewer("engagement_lead")
    client.force_login(Person.objects.get(id=other.own_id))
    page = client.get(reverse("engagement:import", args=[found.id])).content.decode()
    assert PHONE not in page
    assert client.get(
        reverse("engagement:import_wrong", args=[found.id])
    ).status_code == 409 or PHONE not in str(
        client.get(reverse("engagement:import_wrong", args=[found.id])).content
    )
    client.force_login(Person.objects.get(id=analyst.own_id))
    answer: Any = client.get(reverse("engagement:import_wrong", args=[found.id]))
    rows = b"".join(answer.streaming_content).decode()
    assert PHONE in rows
    assert purge_wrong_rows(at=NOW + timedelta(days=31)) == 1
    assert purge_wrong_rows(at=NOW + timedelta(days=31)) == 0
    assert PHONE not in str(list(ImportProblem.objects.values()))


def test_columns_show_first_cells_only_to_whoever_uploaded_the_file(analyst: Viewer, client: Client) -> None:
    found = upload(make_engagement(), make_csv([("1", "r1", SAID)]), by=analyst)
    client.force_login(Person.objects.get(id=make_viewer("engagement_lead").own_id))
    assert PHONE not in client.get(reverse("engagement:import_columns", args=[found.id])).content.decode()
    client.force_login(Person.objects.get(id=analyst.own_id))
    assert PHONE in client.get(reverse("engagement:import_columns", args=[found.id])).content.decode()


def test_the_daily_job_ends_the_keeping() -> None:
    make_voices(make_engagement(), SAID)
    VoiceOriginal.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    Job.objects.create(kind="engagement.end_keeping", created_at=NOW, run_after=NOW)
    work_until_idle()
    assert VoiceOriginal.objects.get().locked is None
