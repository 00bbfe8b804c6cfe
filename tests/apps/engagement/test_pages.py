"""Pages: who may open them, what they refuse, what they hand out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, Import, Voice
from alongside.apps.engagement.operations import TypedVoice, confirm_import
from alongside.apps.people.queries import get_viewer
from tests.factories.engagement import make_csv, make_engagement, make_voices, read_table_file
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., tuple[Client, Viewer]]
UNKNOWN = UUID(int=9)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def signed_in() -> SignedIn:
    def sign(role: str) -> tuple[Client, Viewer]:
        person = make_person(role)
        client = Client()
        client.force_login(person)
        return client, get_viewer(person)

    return sign


def read_all(answer: object) -> str:
    streaming = getattr(answer, "streaming", False)
    content = b"".join(answer.streaming_content) if streaming else answer.content  # type: ignore[attr-defined]
    return str(content.decode("utf-8-sig"))


STAFF_PAGES = ("list", "before_new", "new", "members", "new_member")
OF_ONE = ("detail", "change", "invite", "voices", "type", "upload", "form_change")


def test_nobody_enters_without_an_account(client: Client) -> None:
    engagement = make_engagement()
    for name in STAFF_PAGES:
        assert client.get(reverse(f"engagement:{name}")).status_code == 302
    for name in OF_ONE:
        assert client.get(reverse(f"engagement:{name}", args=[engagement.id])).status_code == 302


def test_a_lead_opens_every_page_and_a_stranger_to_the_room_none(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    administrator, _viewer = signed_in("administrator")
    engagement = make_engagement()
    for name in STAFF_PAGES:
        assert lead.get(reverse(f"engagement:{name}")).status_code == 200, name
        assert administrator.get(reverse(f"engagement:{name}")).status_code == 403, name
    for name in OF_ONE:
        assert lead.get(reverse(f"engagement:{name}", args=[engagement.id])).status_code == 200, name
        assert administrator.get(reverse(f"engagement:{name}", args=[engagement.id])).status_code in (
            403,
            404,
        )
        assert lead.get(reverse(f"engagement:{name}", args=[UNKNOWN])).status_code == 404, name


def test_what_was_found_before_is_kept_with_the_new_engagement(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    make_voices(make_engagement(), "The letter came late.", by=viewer)
    page = lead.get(reverse("engagement:before_new"), {"q": "letter"})
    assert "The letter came late." in read_all(page)
    lead.post(reverse("engagement:before_new") + "?q=letter", {"keep": ["Clinic: The letter came late."]})
    assert "Clinic: The letter came late." in read_all(lead.get(reverse("engagement:new")))


def test_words_are_shown_as_words_and_never_as_markup(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    engagement = make_engagement()
    (voice_id,) = make_voices(engagement, TypedVoice("<script>alert(1)</script>", "P1"), by=viewer)
    for address in (
        reverse("engagement:voices", args=[engagement.id]),
        reverse("engagement:voice", args=[voice_id]),
    ):
        page = read_all(lead.get(address))
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_rows_go_out_guarded_and_only_to_those_who_may_export(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    partner, _viewer = signed_in("patient_partner")
    engagement = make_engagement()
    make_voices(engagement, TypedVoice("=1+1", "P1", facts=(("sex", "female"),)), by=viewer)
    csv_address = reverse("engagement:voices_export", args=[engagement.id, "csv"])
    assert ",'=1+1,P1," in read_all(lead.get(csv_address))
    book = openpyxl.load_workbook(
        BytesIO(lead.get(reverse("engagement:voices_export", args=[engagement.id, "xlsx"])).content)
    )
    assert book.active is not None
    assert book.active["B2"].value == "'=1+1"
    assert book.active["B2"].data_type == "s"
    assert lead.get(reverse("engagement:voices_export", args=[engagement.id, "pdf"])).status_code == 404
    assert partner.get(csv_address).status_code == 403
    assert lead.get(reverse("engagement:members_export", args=["csv"])).status_code == 200


def test_facts_of_persons_leave_only_with_a_role_that_may_take_them_out(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    analyst, _viewer = signed_in("analyst")
    engagement = make_engagement()
    make_voices(engagement, TypedVoice("I waited", "P1", facts=(("sex", "female"),)), by=viewer)
    address = reverse("engagement:voices_export", args=[engagement.id, "csv"])
    assert "female" in read_all(analyst.get(address))
    for_all = read_all(lead.get(address))
    assert "I waited" in for_all
    assert "female" not in for_all
    assert "age_band" not in for_all
    for picked in ({"sex": "female"}, {"has_facts": "yes"}):
        refused = lead.get(address, picked)
        assert refused.status_code == 403
        assert "Remove those filters" in read_all(refused)
        assert "I waited" in read_all(analyst.get(address, picked))


def make_ready(engagement: Engagement, viewer: Viewer) -> Import:
    rows = [("1", "p", "Words."), ("", "p", "=cmd()")]
    return read_table_file(engagement, make_csv(rows), viewer)


def test_wrong_rows_are_handed_back_with_the_reason(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    found = make_ready(make_engagement(), viewer)
    rows = read_all(lead.get(reverse("engagement:import_wrong", args=[found.id]))).splitlines()
    assert rows[0] == "row,what to do,column,id,person,comment"
    assert rows[1] == '2,"Give this row an id, or choose no id column for the whole file.",id,,p,\'=cmd()'


def test_an_import_is_confirmed_and_taken_out_by_post_alone(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    owner, _viewer = signed_in("owner")
    found = make_ready(make_engagement(), viewer)
    confirm = reverse("engagement:import_confirm", args=[found.id])
    assert lead.get(confirm).status_code == 405
    assert owner.post(confirm).status_code == 403
    assert lead.post(confirm).status_code == 302
    assert Voice.objects.count() == 1
    assert "Take them out again" in read_all(lead.get(reverse("engagement:import", args=[found.id])))
    assert lead.post(reverse("engagement:import_take_out", args=[found.id])).status_code == 302
    assert not Voice.objects.exists()


def test_a_finished_import_offers_no_columns_to_choose(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    found = make_ready(make_engagement(), viewer)
    confirm_import(import_id=found.id, by=viewer, at=NOW)
    for name in ("import_columns", "import_speakers"):
        assert lead.get(reverse(f"engagement:{name}", args=[found.id])).status_code == 302
        assert lead.get(reverse(f"engagement:{name}", args=[UNKNOWN])).status_code == 404


def test_a_list_with_its_filters_is_kept_under_a_name(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    address = reverse("engagement:list")
    assert "Keep this view" in read_all(lead.get(address, {"kind": "survey"}))
    kept = {"page": "engagement:list", "query": "kind=survey", "name": "Surveys"}
    lead.post(reverse("base:keep_view"), kept)
    assert '<a href="?kind=survey">Surveys</a>' in read_all(lead.get(address))


def test_a_filter_that_makes_no_sense_shows_everything(signed_in: SignedIn) -> None:
    lead, viewer = signed_in("engagement_lead")
    engagement = make_engagement()
    make_voices(engagement, "Words.", by=viewer)
    page = lead.get(reverse("engagement:voices", args=[engagement.id]), {"source": "nonsense", "page": "x"})
    assert "Words." in read_all(page)


def test_an_engagement_is_changed_closed_and_opened_on_its_pages(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    engagement = make_engagement()
    data = {
        "title": "New title", "kind": "survey", "purpose": "P", "told_participants": "T", "run_by": "R",
        "starts_on_day": "1", "starts_on_month": "3", "starts_on_year": "2026",
        "ends_on_day": "1", "ends_on_month": "2", "ends_on_year": "2026",
    }  # fmt: skip
    change = reverse("engagement:change", args=[engagement.id])
    assert "cannot end before it starts" in read_all(lead.post(change, data))
    assert lead.post(change, {**data, "ends_on_month": "4"}).status_code == 302
    engagement.refresh_from_db()
    assert engagement.title == "New title"
    lead.post(reverse("engagement:close", args=[engagement.id]))
    assert "Open it again" in read_all(lead.get(reverse("engagement:detail", args=[engagement.id])))
    lead.post(reverse("engagement:reopen", args=[engagement.id]))
    engagement.refresh_from_db()
    assert engagement.closed_at is None


def test_a_partner_is_invited_on_the_page_and_the_invitation_taken_back(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    person = make_person("patient_partner", name="Ben Osei")
    engagement = make_engagement()
    invite = reverse("engagement:invite", args=[engagement.id])
    assert lead.post(invite, {"person_id": str(person.id)}).status_code == 302
    assert "Ben Osei" in read_all(lead.get(invite))
    lead.post(reverse("engagement:end_invite", args=[engagement.id, person.id]))
    assert engagement.access.count() == 0


def test_a_public_page_is_made_shown_and_printed_with_its_code(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    engagement = make_engagement()
    for name in ("poster", "code"):
        assert lead.get(reverse(f"engagement:{name}", args=[engagement.id])).status_code == 404
    assert lead.get(reverse("engagement:form", args=[engagement.id])).status_code == 302
    data = {
        "welcome": "Why", "question_1": "What?", "question_2": "what?",
        "opens_on_day": "1", "opens_on_month": "3", "opens_on_year": "2026",
    }  # fmt: skip
    change = reverse("engagement:form_change", args=[engagement.id])
    assert "Two of the questions are the same" in read_all(lead.post(change, data))
    assert lead.post(change, {**data, "question_2": "Why?"}).status_code == 302
    for name in ("form", "form_change", "poster"):
        assert lead.get(reverse(f"engagement:{name}", args=[engagement.id])).status_code == 200
    code = lead.get(reverse("engagement:code", args=[engagement.id]))
    assert read_all(code).startswith("<svg")
    assert "style" not in read_all(code)


def test_a_member_joins_leaves_and_comes_back_on_the_pages(signed_in: SignedIn) -> None:
    lead, _viewer = signed_in("engagement_lead")
    joined = {"joined_on_day": "1", "joined_on_month": "3", "joined_on_year": "2026"}
    lead.post(reverse("engagement:new_member"), {"name": "Ruth Abara", **joined})
    page = read_all(lead.get(reverse("engagement:members"), {"q": "ruth", "state": "current"}))
    assert "Ruth Abara" in page
    members = [part.split("/")[0] for part in page.split("/engagements/members/")[1:]]
    member_id = next(one for one in members if len(one) == 36)
    leave = reverse("engagement:leave_member", args=[member_id])
    left = {"left_on_day": "1", "left_on_month": "1", "left_on_year": "2026"}
    assert "before they joined" in read_all(lead.post(leave, left))
    assert lead.post(leave, {**left, "left_on_month": "5"}).status_code == 302
    assert "Left on 1 May 2026" in read_all(lead.get(reverse("engagement:member", args=[member_id])))
    lead.post(reverse("engagement:return_member", args=[member_id]))
    changed = lead.post(reverse("engagement:member", args=[member_id]), {"name": "R. Abara", **joined})
    assert changed.status_code == 302
    assert lead.get(reverse("engagement:member", args=[UNKNOWN])).status_code == 404
