"""Pages about needs: one's own, a member's, an engagement's; nobody sees what they were not shown."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.engagement.models import Engagement, Member, Speaker
from alongside.apps.engagement.operations import MemberTerms, add_member, invite_partner
from alongside.apps.engagement.queries.needs import (
    find_subject,
    list_engagement_subjects,
    list_member_subjects,
    list_not_met,
    list_own_subjects,
    list_shared_with,
)
from alongside.apps.engagement.queries.needs_day import list_day
from alongside.apps.people.models import AccessNeed, NeedOccasion, Person
from alongside.apps.people.operations.needs import add_need
from alongside.apps.people.queries.needs import NeedSubject
from alongside.apps.people.rules.needs import NeedTerms
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead", name="Ruth")


@pytest.fixture
def rhys() -> Person:
    return make_person("patient_partner", name="Rhys")


def sign_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def as_lead(lead: Viewer) -> Client:
    return sign_in(Person.objects.get(id=lead.own_id))


def day(name: str, on: object = TODAY) -> dict[str, object]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}  # type: ignore[attr-defined]


def typed(**parts: object) -> dict[str, object]:
    values: dict[str, object] = {
        "kind": "breaks",
        "words": "Each hour",
        "strength": "must",
        "visible_to": "team",
    }
    later = TODAY + timedelta(days=300)
    return {**values, **day("since_on"), **day("review_on", later), **parts}


def say(person: Person, **parts: object) -> UUID:
    sign_in(person).post("/needs/add/", typed(**parts))
    return AccessNeed.objects.latest("created_at").id


def invite(lead: Viewer, person: Person) -> Engagement:
    engagement = make_engagement(by=lead)
    invite_partner(engagement_id=engagement.id, person_id=person.id, by=lead, at=NOW)
    return engagement


def test_somebody_says_what_helps_changes_it_and_ends_it(rhys: Person) -> None:
    client = sign_in(rhys)
    assert "Nothing here yet" in client.get("/needs/").content.decode()
    wrong = client.post("/needs/add/", typed(kind="language", words=""))
    assert "Say which" in wrong.content.decode()
    need = say(rhys)
    assert "Each hour" in client.get("/needs/").content.decode()
    client.post(reverse("needs:change", args=[need]), typed(words="Each half hour"))
    assert "Each half hour" in client.get(reverse("needs:need", args=[need])).content.decode()
    client.post(reverse("needs:still", args=[need]))
    assert AccessNeed.objects.get().review_on == TODAY + timedelta(days=365)
    client.post(reverse("needs:end", args=[need]))
    assert "What helped before" in client.get("/needs/").content.decode()


def test_a_stranger_does_not_even_learn_that_a_need_is_there(rhys: Person, lead: Viewer) -> None:
    need = say(rhys, visible_to="arranger")
    for person in (
        make_person("analyst"),
        make_person("patient_partner"),
        Person.objects.get(id=lead.own_id),
    ):
        client = sign_in(person)
        for name in ("need", "change"):
            assert client.get(reverse(f"needs:{name}", args=[need])).status_code == 404
        assert client.post(reverse("needs:end", args=[need])).status_code == 404
    assert sign_in(rhys).get(reverse("needs:need", args=[lead.own_id])).status_code == 404
    assert sign_in(rhys).get(reverse("needs:log", args=[need])).status_code == 403


def test_the_lead_of_an_engagement_sees_what_those_invited_show(rhys: Person, lead: Viewer) -> None:
    shown, quiet = make_person("patient_partner", name="Sheila"), make_person("patient_partner", name="Idris")
    engagement = invite(lead, rhys)
    invite_partner(engagement_id=engagement.id, person_id=shown.id, by=lead, at=NOW)
    invite_partner(engagement_id=engagement.id, person_id=quiet.id, by=lead, at=NOW)
    colleague = make_person("engagement_lead", name="Gareth")
    say(rhys, visible_to="arranger", words="Each hour")
    say(shown, words="In the morning", kind="timing")
    say(quiet, visible_to="named", readers=[str(colleague.id)], words="By the door", kind="travel")
    address = reverse("needs:engagement", args=[engagement.id])
    page = as_lead(lead).get(address).content.decode()
    assert ("Each hour" in page, "In the morning" in page, "By the door" in page) == (True, True, False)
    printed = as_lead(lead).get(reverse("needs:print", args=[engagement.id])).content.decode()
    assert "Each hour" in printed
    other = sign_in(colleague)
    page = other.get(address).content.decode()
    assert ("Each hour" in page, "In the morning" in page, "By the door" in page) == (False, True, True)
    assert "By the door" in other.get("/needs/").content.decode()
    assert sign_in(rhys).get(address).status_code == 403
    assert other.get(reverse("needs:engagement", args=[rhys.id])).status_code == 404
    assert list_engagement_subjects(make_viewer("engagement_lead"), rhys.id) == []
    assert list_engagement_subjects(make_viewer("analyst"), engagement.id) == []


def test_an_analyst_whom_somebody_named_reads_it_on_their_own_page(rhys: Person) -> None:
    analyst = make_person("analyst", name="Mina")
    say(rhys, visible_to="named", readers=[str(analyst.id)])
    assert "Each hour" in sign_in(analyst).get("/needs/").content.decode()
    assert list_shared_with(PUBLIC) == []
    AccessNeed.objects.update(visible_to="team")
    assert "Each hour" not in sign_in(analyst).get("/needs/").content.decode()


def test_a_need_that_was_not_met_waits_for_its_next_step(rhys: Person, lead: Viewer) -> None:
    engagement, need = invite(lead, rhys), say(rhys)
    client = as_lead(lead)
    assert "Everything was there" in client.get("/needs/not-met/").content.decode()
    address = f"{reverse('needs:log', args=[need])}?engagement={engagement.id}"
    how = {"is_met": "no", "why": "No breaks", **day("happened_on")}
    assert "Write what you do" in client.post(address, how).content.decode()
    answer = client.post(address, {**how, "next_step": "Plan breaks"}, follow=True)
    assert "not met once before" in answer.content.decode()
    page = client.get("/needs/not-met/").content.decode()
    assert engagement.title in page
    assert "Plan breaks" in page
    (item,) = list_day(lead, TODAY)
    assert item.title == "1 need was not met"
    client.post(reverse("needs:settle", args=[NeedOccasion.objects.get().id]))
    assert list_not_met(lead) == []
    met = client.post(reverse("needs:log", args=[need]), {"is_met": "yes", **day("happened_on")})
    assert met.headers["Location"] == reverse("needs:need", args=[need])
    assert client.get(f"{reverse('needs:log', args=[need])}?engagement={rhys.id}").status_code == 200
    assert list_not_met(make_viewer("analyst")) == []


def test_a_member_without_an_account_has_needs_too(lead: Viewer, rhys: Person) -> None:
    ann = add_member(terms=MemberTerms("Ann", NOW.date()), by=lead, at=NOW)
    client = as_lead(lead)
    client.post(reverse("needs:add_for_member", args=[ann.id]), typed(visible_to="arranger"))
    assert "Each hour" in client.get(reverse("needs:member", args=[ann.id])).content.decode()
    other = sign_in(make_person("engagement_lead"))
    assert "Nothing you may see" in other.get(reverse("needs:member", args=[ann.id])).content.decode()
    assert client.get(reverse("needs:member", args=[rhys.id])).status_code == 404
    assert client.get(reverse("needs:add_for_member", args=[rhys.id])).status_code == 404
    assert sign_in(rhys).get(reverse("needs:add_for_member", args=[ann.id])).status_code == 403
    assert sign_in(rhys).get(reverse("needs:member", args=[ann.id])).status_code == 403
    Member.objects.filter(id=ann.id).update(person=rhys)
    assert [one.kind for one in list_member_subjects(lead, ann.id)] == ["member", "person"]
    assert "Each hour" in sign_in(rhys).get("/needs/").content.decode()


def test_reviews_due_stand_on_the_start_page_without_saying_what_is_needed(
    rhys: Person, lead: Viewer
) -> None:
    terms = NeedTerms("breaks", "must", "team", NOW.date(), NOW.date(), "Each hour")
    add_need(subject=NeedSubject("person", rhys.id), terms=terms, by=lead, at=NOW)
    (mine,) = list_day(Viewer(rhys.id, "Rhys"), NOW.date())
    (theirs,) = list_day(lead, NOW.date())
    assert (mine.title, theirs.title) == ("Is this still what helps you?", "Ask again what helps Rhys")
    assert "hour" not in f"{mine}{theirs}"
    assert list_day(PUBLIC, NOW.date()) == []
    assert list_own_subjects(PUBLIC) == []


def test_people_who_spoke_have_needs_by_their_pseudonym(lead: Viewer) -> None:
    engagement = make_engagement(by=lead)
    speaker = Speaker.objects.create(engagement=engagement, pseudonym="P3", created_at=NOW)
    terms = NeedTerms("audio", "would_help", "arranger", NOW.date(), NOW.date())
    subject = find_subject(lead, "speaker", speaker.id)
    assert subject.is_arranged
    add_need(subject=subject, terms=terms, by=SYSTEM, at=NOW)
    assert "P3" in as_lead(lead).get(reverse("needs:engagement", args=[engagement.id])).content.decode()
    assert not find_subject(PUBLIC, "speaker", speaker.id).is_arranged
