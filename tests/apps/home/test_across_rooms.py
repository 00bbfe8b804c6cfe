"""Pages across rooms: the trail both ways, a person's own day, search, the audit lines."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import Job
from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import AuditFilter, get_trail, list_trail
from alongside.apps.base.queries.trail import TrailStop
from alongside.apps.base.rules import PUBLIC, Refused
from alongside.apps.home.presenters import list_ways
from alongside.apps.home.queries import AUDIT_LINES, get_day, list_acts, search
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.people.models import Person
from alongside.apps.people.queries import get_viewer
from alongside.apps.people.rules import ROLES
from tests.factories import insight as made
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


def counts(trail: list[TrailStop]) -> dict[str, int]:
    return {stop.name: stop.count for stop in trail}


def test_a_voice_leads_forward_to_the_insight_and_the_insight_back_to_the_voice() -> None:
    lead = made.make_lead()
    engagement = made.make_engagement()
    basis = made.make_basis(inside=True)
    voices = made.make_voices(engagement, ["Two buses and a walk.", "Two buses, then a hill."], basis)
    theme = made.make_theme(engagement, voices, "Getting there")
    insight = made.make_insight(theme, lead)

    forward = counts(get_trail(lead, "voice", voices[0].id))
    back = counts(get_trail(lead, "insight", insight))

    assert (forward["theme"], forward["insight"], forward["action"]) == (1, 1, 0)
    assert (back["voice"], back["theme"]) == (2, 1)


def test_a_quoted_voice_in_no_theme_still_leads_to_its_insight_and_back() -> None:
    lead = made.make_lead()
    engagement = made.make_engagement()
    basis = made.make_basis(inside=True)
    placed, loose = made.make_voices(engagement, ["Two buses and a walk.", "I have stopped going."], basis)
    insight = made.make_insight(made.make_theme(engagement, [placed], "Getting there"), lead)
    add_quoted_words(by=lead, at=NOW, insight_id=insight, voice_id=loose.id, words="stopped going")

    forward = counts(get_trail(lead, "voice", loose.id))
    sections = {section.stop.name: section for section in list_trail(lead, "insight", insight)}

    assert (forward["theme"], forward["insight"]) == (0, 1)
    assert {item.id for item in sections["voice"].items} == {placed.id, loose.id}


def test_a_trail_of_something_unknown_is_empty() -> None:
    assert get_trail(made.make_lead(), "rumour", made.make_engagement().id) == []


def test_a_quiet_day_says_so_and_a_busy_one_names_what_waits() -> None:
    assert get_day(make_viewer("administrator"), date(2026, 11, 22)).is_quiet
    lead = made.make_lead()
    engagement = made.make_engagement()
    voices = made.make_voices(engagement, ["Two buses.", "Three buses."])
    made.make_run(engagement, made.Found({"Buses": voices}), lead)
    day = get_day(lead, date(2026, 11, 22))
    assert not day.is_quiet
    assert any(engagement.title in item.title for item in day.needs_you)


def test_search_needs_two_letters_and_finds_only_what_the_viewer_may_see() -> None:
    lead = made.make_lead()
    made.make_voices(made.make_engagement(), ["The bus never comes on Sundays."])
    assert search(lead, "b") == []
    assert [hit.title for section in search(lead, "Sundays") for hit in section.hits]
    assert search(PUBLIC, "Sundays") == []


def test_audit_lines_name_who_did_what_for_those_who_may_see_them() -> None:
    administrator = make_viewer("administrator", name="Colin")
    with pytest.raises(Refused, match="see audit"):
        list_acts(make_viewer("analyst"), AuditFilter())
    rows = list_acts(administrator, AuditFilter(operation="add person"))
    assert rows
    assert {row.operation for row in rows} == {"add person"}


def sign_in(*roles: str) -> tuple[Client, Person]:
    client, person = Client(), make_person(*roles)
    client.force_login(person)
    return client, person


@pytest.mark.parametrize("page", ["home:start", "home:search", "home:work"])
def test_pages_of_everybody_open(page: str) -> None:
    client, _person = sign_in("analyst")
    assert client.get(reverse(page), {"q": "bus"}).status_code == 200


def test_the_audit_page_is_for_administrators() -> None:
    assert sign_in("administrator")[0].get(reverse("home:audit")).status_code == 200
    assert sign_in("analyst")[0].get(reverse("home:audit")).status_code == 403


def test_a_trail_page_shows_the_chain_and_an_unknown_one_is_not_there() -> None:
    lead = made.make_lead()
    engagement = made.make_engagement()
    voices = made.make_voices(engagement, ["Two buses and a walk."])
    client = Client()
    client.force_login(made.as_person(lead))
    assert client.get(reverse("home:trail", args=["voice", voices[0].id])).status_code == 200
    assert client.get(reverse("home:trail", args=["voice", engagement.id])).status_code == 404
    assert client.get(reverse("home:trail", args=["rumour", voices[0].id])).status_code == 404


@pytest.mark.parametrize("page", ["accessibility", "privacy"])
def test_anybody_may_read_about_words_and_access(page: str) -> None:
    assert Client().get(reverse("home:about", args=[page])).status_code == 200
    assert Client().get(reverse("home:about", args=["secrets"])).status_code == 404


def test_a_start_page_asks_who_you_are_first() -> None:
    assert Client().get(reverse("home:start")).headers["Location"].startswith(reverse("people:login"))


def test_audit_lines_come_in_pages_and_name_what_they_are_about() -> None:
    administrator = make_viewer("administrator")
    for number in range(AUDIT_LINES + 1):
        record_audit(
            by=administrator,
            at=NOW,
            operation="count_test",
            object_type="base.job",
            object_id=UUID(int=number),
        )
    record_audit(by=administrator, at=NOW, operation="count_test", object_type="gone.thing")
    first = list_acts(administrator, AuditFilter(operation="count test"))
    second = list_acts(administrator, AuditFilter(operation="count test"), page="2")
    assert (len(first), len(second)) == (AUDIT_LINES, 2)
    assert {row.object_type for row in [*first, *second]} == {"job", "gone.thing"}


def test_the_start_page_offers_each_role_what_it_comes_for_and_only_what_it_may_open() -> None:
    for role in ROLES:
        client, person = sign_in(role)
        if role == "partner_user":  # who speaks for an organisation belongs to one
            Person.objects.filter(id=person.id).update(organisation=make_organisation())
            person.refresh_from_db()
        labels = [str(way.label) for way in list_ways(get_viewer(person))]
        assert len(labels) >= 2, role
        for way in list_ways(get_viewer(person)):
            assert client.get(way.url).status_code == 200, (role, way.url)
    administrator, _person = sign_in("administrator")
    assert "Who may do what" in administrator.get(reverse("home:start")).content.decode()


def test_an_administrator_sees_that_work_of_others_ended_but_is_not_sent_to_its_result() -> None:
    owner_client, owner = sign_in("analyst")
    client, _administrator = sign_in("administrator")
    job = Job.objects.create(
        kind="gone",
        created_by_id=owner.id,
        created_at=NOW,
        run_after=NOW,
        state=Job.State.DONE,
        back_url="/search/",
    )
    address = reverse("base:job", args=[job.id])
    assert owner_client.get(address).status_code == 302
    seen = client.get(address)
    assert seen.status_code == 200
    assert "See the result" not in seen.content.decode()


def test_no_shared_computer_keeps_what_somebody_saw() -> None:
    assert "no-store" in sign_in("analyst")[0].get(reverse("home:start")).headers["Cache-Control"]
