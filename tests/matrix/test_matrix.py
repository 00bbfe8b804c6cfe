"""Every address, asked by every role for what is theirs, what is another's and what is nobody's."""

from typing import Any

import pytest
from django.db.models import QuerySet

from alongside.apps.agreements.views import reading
from alongside.apps.engagement.models.engagements import EngagementQuerySet
from alongside.apps.insight.views import insights, reports
from alongside.apps.partnership.queries.disclosures import printing
from alongside.apps.partnership.views import ours_agreements, project_parts
from alongside.apps.people.rules import ROLES
from tests.matrix.asking import HOLES, Asker, read_text, undone, watched
from tests.matrix.judging import ask_to_read, ask_to_send, find_marked
from tests.matrix.language import PUBLIC, READERS, Row
from tests.matrix.rooms import ROWS
from tests.matrix.world import FOR_LETTERS, MARKED, NUMBER, OPENED_ONLY, World

pytestmark = pytest.mark.django_db
HERE = [row for row in ROWS if row.name in HOLES]
SENT = [row for row in HERE if "POST" in row.methods]
# Whoever sends these holds a secret that no other site can know, so the secret stands in for the token.
TOKEN_IN_ADDRESS = {"told:link", "told:stop_by_link"}


@pytest.fixture(autouse=True)
def pages_for_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a PDF be the page it is made of, because what it says is looked at here."""
    for module in (reports, project_parts):
        monkeypatch.setattr(module, "make_report_pdf", lambda html, _style: html.encode())
    monkeypatch.setattr(printing, "make_pdf", lambda html, _style: html.encode())
    monkeypatch.setattr(reading, "press_pdf", str.encode)
    monkeypatch.setattr(ours_agreements, "press_pdf", str.encode)


def find_row(name: str) -> Row:
    return next(row for row in HERE if row.name == name)


# What carries the marked words.
WITH_MARKS = ("", "engagement", "voice", "member", "person", "round", "interaction")
# Roles that hold no right of their own yet are asked in CI; `make test` asks everybody else.
SELDOM = {"certifier", "finance", "trial_designer", "owner", "clinician"}
ASKED = [pytest.param(one, marks=pytest.mark.slow) if one in SELDOM else one for one in READERS]


@pytest.mark.parametrize("reader", ASKED)
def test_each_address_answers_a_reader_as_its_row_says(world: World, reader: str) -> None:
    asker = Asker(world, reader)
    faults = [fault for row in HERE for fault in (*ask_to_read(asker, row), *ask_to_send(asker, row))]

    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["engagement_lead", "administrator", PUBLIC])
def test_a_forged_form_gets_in_nowhere(world: World, reader: str) -> None:
    asker = Asker(world, reader)
    let_in = []
    for row in SENT:
        with undone(), watched() as written:
            answer = asker.post(asker.find(row, "own"), row.post, with_token=False)
        is_asked_to_sign_in = answer.status_code == 302 and reader == PUBLIC
        if row.name not in TOKEN_IN_ADDRESS and (
            written or not (answer.status_code == 403 or is_asked_to_sign_in)
        ):
            let_in.append(f"{row.name}: {answer.status_code}")

    assert let_in == []


def test_each_marked_word_is_seen_by_somebody_who_may(world: World) -> None:
    seen: set[str] = set()
    for role in ("governance_lead", "engagement_lead", "administrator", *ROLES):
        if seen | FOR_LETTERS | OPENED_ONLY == set(MARKED):
            break
        asker = Asker(world, role)
        for row in HERE:
            if "GET" in row.methods and row.of in WITH_MARKS:
                text = read_text(asker.get(asker.find(row, "own")))
                seen |= {word for word in MARKED if word in text}

    assert seen | FOR_LETTERS | OPENED_ONLY == set(MARKED)


def test_an_original_is_read_only_after_it_was_opened_by_somebody_who_may(world: World) -> None:
    opened, asker = find_row("engagement:open_original"), Asker(world, "governance_lead")
    address = asker.find(find_row("engagement:redaction"), "own")
    assert NUMBER not in read_text(asker.get(address))
    asker.post(asker.find(opened, "own"), {})

    assert NUMBER in read_text(asker.get(address))


def test_a_room_that_forgets_whose_engagement_it_is_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def show_all(self: QuerySet[Any], _viewer: object) -> QuerySet[Any]:
        return self

    monkeypatch.setattr(EngagementQuerySet, "for_viewer", show_all)
    faults = list(ask_to_read(Asker(world, "patient_partner"), find_row("engagement:detail")))

    assert any("opens (200), not not found" in fault for fault in faults)
    assert any("shows markedothers" in fault for fault in faults)


def test_a_view_that_forgets_the_permission_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insights, "check_may", lambda *_: None)
    faults = list(ask_to_read(Asker(world, "finance"), find_row("insight:insights")))

    assert any("opens (200), not refused" in fault for fault in faults)


def test_marked_words_are_hidden_from_those_without_the_right() -> None:
    assert find_marked("administrator", "markedfact") == ["markedfact"]
    assert find_marked("analyst", "markedfact markedothers") == []
    assert find_marked("patient_partner", "markedothers") == ["markedothers"]
