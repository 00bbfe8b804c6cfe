"""Real comments of patients come in whole: every row is accounted for, and nothing twice."""

from pathlib import Path

import pytest

from alongside.apps.engagement.operations import confirm_import
from alongside.apps.engagement.queries import count_in_engagement, get_import_columns
from tests.factories.engagement import make_engagement, read_table_file, upload
from tests.factories.people import NOW, make_viewer

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "comments" / "nhs_comments.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason=f"SKIPPED: the real comments are not here ({FILE})"),
]


def test_real_comments_come_in_whole_and_only_once() -> None:
    lead = make_viewer("engagement_lead")
    engagement = make_engagement()
    content = FILE.read_bytes()
    peeked = upload(make_engagement(), content, by=lead)
    _peek, choice, is_remembered = get_import_columns(lead, peeked.id)
    assert not is_remembered
    assert (choice.texts, choice.id, choice.person) == (("text",), "comment_id", "respondent_id")

    found = read_table_file(engagement, content, lead, choice)
    total = found.answers_new + found.answers_changed + found.answers_same + found.answers_wrong
    assert found.state == "ready", found.refusal
    assert total == found.rows_read == 6_442
    confirm_import(import_id=found.id, by=lead, at=NOW)

    counts = count_in_engagement(lead, engagement.id)
    assert counts.voices + counts.blank == found.answers_new
    assert found.answers_wrong == 233  # dates that the file itself writes month first
    again = read_table_file(engagement, content, lead, choice)
    assert (again.answers_new, again.answers_changed) == (0, 0)
