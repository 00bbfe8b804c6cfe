"""Every address, asked by everybody: none breaks, no GET writes, nobody reads words that are not theirs, no forged
form gets in."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.apps.actions.models import Telling
from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC, SYSTEM
from alongside.apps.engagement.models import EngagementAccess, Voice
from alongside.apps.engagement.operations import FormTerms, MemberTerms, add_member, open_public_form
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.partnership.queries.disclosures import printing
from alongside.apps.partnership.views import project_parts
from alongside.apps.people.models import Basis, DataRequest, Person
from alongside.apps.people.operations.needs import add_need
from alongside.apps.people.operations.requests import AskTerms, receive_request
from alongside.apps.people.queries.needs import NeedSubject
from alongside.apps.people.rules.needs import NeedTerms
from alongside.apps.people.rules.requests import hash_code
from tests.factories import actions, engagement, insight
from tests.factories.concerns import make_raised
from tests.factories.contacts import make_contact_things
from tests.factories.disclosures import make_disclosed
from tests.factories.events import make_things
from tests.factories.people import NOW, make_person
from tests.factories.relations import make_partner

pytestmark = pytest.mark.django_db

INSIDE, ANALYSED, TAKEN = "Spoken: two buses", "Spoken: three buses", "Spoken: four buses"
ENDINGS = {"ending": ("csv", "xlsx"), "kind": ("csv", "xlsx")}
# Where staff who may read voices read them: to analyse, to decide, to choose what to quote.
READING = re.compile(
    r"^/(engagements/.+/voices/.*|engagements/voices/.*|insight/engagements/.+|insight/themes/.+/|search/.*|trail/.*"
    r"|engagements/new/.*|insight/insights/.+/evidence/.*|engagements/.+/voices/export.*)$"
)
World = dict[str, Any]


@pytest.fixture(autouse=True)
def quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the PDFs of disclosure be the pages they are made of: making each would take seconds."""
    monkeypatch.setattr(printing, "make_pdf", lambda html, _style: html.encode())
    monkeypatch.setattr(project_parts, "make_report_pdf", lambda html, _style: html.encode())


@pytest.fixture
def world() -> World:
    """One of everything, with words that may be quoted inside, words for analysis, words taken back."""
    lead = insight.make_lead()
    partner = make_partner("here")
    heard = insight.make_engagement()
    unknown = Basis.objects.create(kind="unknown", set_at=NOW)
    said = [
        insight.make_voice(heard, INSIDE, age_band="75 and over"),
        insight.make_voice(heard, ANALYSED, basis=unknown),
        insight.make_voice(heard, TAKEN),
    ]
    theme = insight.make_theme(heard, said, "Getting there", lead)
    found = insight.make_insight(theme, lead)
    for voice in (said[0], said[2]):
        add_quoted_words(by=lead, at=NOW, insight_id=found, voice_id=voice.id, words=voice.text)
    owner = make_person("owner")
    action = actions.make_action([found], owner=owner, state="done")  # type: ignore[list-item]
    told = actions.make_round(action, "done", sent=True)
    Voice.objects.filter(id=said[2].id).update(replies_to_round_id=told.id)
    telling = Telling.objects.create(
        round=told, speaker=said[0].speaker, engagement=heard, channel="phone", state="recorded", at=NOW
    )
    story = StoryWords("en", "A shuttle", "Getting there is hard.", "We run a shuttle.")
    write_story(action_id=action.id, words=story, by=SYSTEM, at=NOW)
    publish_action(action_id=action.id, by=SYSTEM, at=NOW)
    terms = FormTerms("Tell us.", (("What?", ""),), date(2020, 1, 1))
    form = open_public_form(engagement_id=heard.id, terms=terms, by=SYSTEM, at=NOW)
    upload = engagement.upload(heard, engagement.make_csv([(1, "p", "Fine.")]))
    member = add_member(terms=MemberTerms("Ann", NOW.date()), by=SYSTEM, at=NOW)
    needed = NeedTerms("breaks", "must", "team", NOW.date(), NOW.date())
    need = add_need(subject=NeedSubject("member", member.id), terms=needed, by=lead, at=NOW)
    gone = Basis.objects.create(kind="unknown", may_analyse=False, set_at=NOW)
    Voice.objects.filter(id=said[2].id).update(basis=gone)
    code = receive_request(
        terms=AskTerms("access", email="ann@example.org"), by=PUBLIC, at=NOW, on=NOW.date()
    )
    request = DataRequest.objects.get(code_sha256=hash_code(code))
    return {
        "engagement_id": heard.id, "voice_id": [voice.id for voice in said], "theme_id": theme, "insight_id": found,
        "action_id": action.id, "round_id": told.id, "speaker_id": telling.speaker_id, "telling_id": telling.id,
        "slug": form.slug, "import_id": upload.id, "member_id": getattr(member, "id", member), "position": 1,
        "person_id": owner.id, "token": "a-token", "page": "privacy", "to": "done", "decision": "stand",
        "what": "evidence", "table": "people_person", "row_id": owner.id.hex, "list_name": "rows",
        "key": "have_your_say", "need_id": need, "passkey_id": 0, "request_id": request.id,
        "move": ["known", "note"], "shape": ["page", "file"], "kind": "phone", "number": 1,
        "concern_id": make_raised().id, **partner, "year_ends_on": "2025-03-31", "name": "abpi-2024", "edition": 1,
        "record": "contacts", **make_contact_things("here", partner["organisation_id"]),
        "rule": "none", "year": 2025, "press": "verify", **make_disclosed(partner["organisation_id"]),
        **make_things("here", lead, partner["organisation_id"]),
        "step": {"voice": said[0].id, "theme": theme, "insight": found, "action": action.id},
    }  # fmt: skip


def addresses(world: World) -> Iterator[str]:
    for route in _routes(get_resolver().url_patterns, ""):
        if "<slug:step>" in route:
            yield from (f"/trail/{step}/{one}/" for step, one in world["step"].items())
        else:
            yield from _fill(f"/{route}", world)
    yield from ("/search/?q=spoken", "/engagements/new/?q=spoken")
    yield f"/insight/engagements/{world['engagement_id']}/review/voices/?unplaced=1"
    yield f"/insight/engagements/{world['engagement_id']}/review/voices/?item={world['theme_id']}"


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        else:
            yield route


def _fill(route: str, world: World) -> Iterator[str]:
    hole = re.search(r"<(?:(\w+):)?(\w+)>", route)
    if hole is None:
        yield route
        return
    kind, name = hole.groups()
    # An id of something that this world does not hold: it is answered as not there, and must not break.
    is_unknown = kind == "uuid" and isinstance(world.get(name), (str, type(None)))
    values = uuid4() if is_unknown else ENDINGS.get(name) or world[name]
    for value in values if isinstance(values, (list, tuple)) else [values]:
        yield from _fill(route.replace(hole.group(0), str(value), 1), world)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(body).decode("utf-8", "replace")


def count_rows() -> dict[str, int]:
    """Count every row but the word that somebody looked at something sensitive."""
    tables = (model for model in apps.get_models() if model is not Session)
    rows = {model._meta.label: model._default_manager.count() for model in tables}
    looks = AuditLine.objects.filter(kind=AuditLine.Kind.READ).count()
    return {**rows, "base.AuditLine": rows["base.AuditLine"] - looks}


def sign_in(who: str, world: World) -> Client:
    client = Client()
    if who == "public":
        return client
    person: Person = make_person("patient_partner" if "partner" in who else who)
    if who == "invited partner":
        EngagementAccess.objects.create(
            engagement_id=world["engagement_id"], person_id=person.id, given_at=NOW
        )
    client.force_login(person)
    return client


@pytest.mark.parametrize(("who", "hidden"), [
    ("public", (INSIDE, ANALYSED)),
    ("administrator", (INSIDE, ANALYSED)),
    ("uninvited partner", (INSIDE, ANALYSED)),
    ("invited partner", (ANALYSED,)),
    ("owner", (ANALYSED,)),
    ("clinician", (ANALYSED,)),
    ("analyst", ()),
    ("engagement_lead", ()),
])  # fmt: skip
def test_no_get_writes_or_breaks_or_shows_words_to_whom_they_are_not_for(
    world: World, who: str, hidden: tuple[str, ...]
) -> None:
    client = sign_in(who, world)
    before, seen = count_rows(), False
    for address in addresses(world):
        page = read(client, address)
        assert TAKEN not in page, address
        for words in hidden:
            assert words not in page, address
        if not READING.match(address):
            assert ANALYSED not in page, address
        seen = seen or INSIDE in page
    assert count_rows() == before
    assert seen is (INSIDE not in hidden)


def test_a_forged_form_gets_in_nowhere(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("engagement_lead"))
    for address in addresses(world):
        if not address.startswith("/w/"):  # there the token itself, which nobody else knows, stands in
            assert client.post(address).status_code == 403, address
