"""Published grants come in, are matched to partners by their numbers, and lead to another known funder."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import GivingFile, OtherFunder, PublishedGrant
from alongside.apps.partnership.operations.giving import match_grants_again, note_funder, upload_giving
from alongside.apps.partnership.operations.giving_personal import erase_giving
from alongside.apps.partnership.queries.giving import GrantFilters, collect_giving, list_grants
from alongside.apps.people.models import OrganisationIdentifier
from tests.apps.partnership.payments.test_pages import enter
from tests.factories.giving import bring_in, make_grant
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
URL = "/partners/giving/"


def number_of(name: str, number: str = "1000002"):  # type: ignore[no-untyped-def]
    group = make_organisation(name)
    OrganisationIdentifier.objects.create(organisation=group, scheme="GB-CHC", number=number, added_at=NOW)
    return group


def counts(found: GivingFile) -> tuple[int, ...]:
    return (found.grants_read, found.grants_new, found.grants_changed, found.grants_same, found.grants_wrong)


def test_good_grants_are_kept_and_bad_ones_told(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    lead, group = make_viewer("engagement_lead"), number_of("Side Door")
    bad = make_grant(3, fromOpenCall="Y", title=3)
    person = make_grant(4, recipientIndividual={"id": "x", "name": "Ann Marked"})
    del person["recipientOrganization"]
    with django_capture_on_commit_callbacks(execute=True):
        found = bring_in(lead, [make_grant(1), make_grant(2), bad, person])
    assert (found.state, counts(found), found.errors) == ("kept", (4, 3, 0, 0, 1), 2)
    assert list(found.problems.values_list("row", "field")) == [(3, "title"), (3, "fromOpenCall")]
    kept = PublishedGrant.objects.get(grant_id="360G-Halfpenny-1")
    assert (kept.recipient_id, kept.amount_pence) == (group.id, 125_050)
    assert "Ann" not in str(list(PublishedGrant.objects.values()))
    assert not (Path(settings.MEDIA_ROOT) / "imports" / found.stored_name).exists()
    again = bring_in(lead, [make_grant(1), make_grant(2, amountAwarded=5), make_grant(5)])
    assert counts(again) == (3, 1, 1, 1, 0)
    assert PublishedGrant.objects.get(grant_id="360G-Halfpenny-2").amount_pence == 500
    assert AuditLine.objects.filter(operation="read_giving").count() == 2


def test_a_file_that_is_none_is_refused_and_keeps_nothing() -> None:
    lead = make_viewer("engagement_lead")
    for name, content, source, words in (
        ("g.pdf", b"x", "w", "not a file of grants"), ("g.json", b"", "w", "is empty"),
        ("g.json", b"x", " ", "who published it"), ("g.json", b"x", "w" * 301, "at most 300"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            upload_giving(
                file_name=name, size_bytes=len(content), source=source, parts=[content], by=lead, at=NOW
            )
    with pytest.raises(Refused, match="is empty"):  # what arrives counts, not what was announced
        upload_giving(file_name="g.json", size_bytes=9, source="w", parts=[b""], by=lead, at=NOW)
    with pytest.raises(Refused, match="larger than 64 MB"):
        upload_giving(file_name="g.json", size_bytes=10**9, source="w", parts=[], by=lead, at=NOW)
    upload_giving(file_name="g.json", size_bytes=1, source="w", parts=[b"{"], by=lead, at=NOW)
    header = b"Identifier,Amount Awarded\n"
    upload_giving(file_name="g.csv", size_bytes=9, source="w", parts=[header], by=lead, at=NOW)
    while run_next_job():
        pass
    assert set(GivingFile.objects.values_list("state", flat=True)) == {"refused"}
    assert PublishedGrant.objects.count() == 0


def test_a_partner_found_later_is_matched_and_its_funder_noted() -> None:
    lead = make_viewer("engagement_lead")
    elsewhere = [{"id": "GB-CHC-7", "name": "Plain Skin"}]
    bring_in(lead, [make_grant(1), make_grant(2, recipientOrganization=elsewhere)])
    grant = PublishedGrant.objects.get(grant_id="360G-Halfpenny-1")
    with pytest.raises(Refused, match="did not go to a partner"):
        note_funder(published_id=grant.id, year=2026, by=lead, at=NOW)
    group = number_of("Side Door")
    assert match_grants_again(by=lead, at=NOW) == 1
    assert match_grants_again(by=lead, at=NOW) == 0
    assert note_funder(published_id=grant.id, year=2026, by=lead, at=NOW) == group.id
    noted = OtherFunder.objects.get()
    assert (noted.name, noted.amount_pence, noted.year) == ("Halfpenny Trust", 125_050, 2026)
    assert "360G-Halfpenny-1" in noted.source
    with pytest.raises(Refused, match="no such grant"):
        note_funder(published_id=uuid4(), year=2026, by=lead, at=NOW)
    assert [one.id for one in list_grants(make_partner_user(group.id), GrantFilters())] == [grant.id]
    assert not list_grants(make_partner_user(make_organisation().id), GrantFilters()).exists()


def test_each_filter_narrows_the_list() -> None:
    lead, group = make_viewer("engagement_lead"), number_of("Side Door")
    other = [{"id": "GB-CHC-7", "name": "Plain Skin"}]
    funder = [{"id": "GB-CHC-8", "name": "Larkmoor Fund"}]
    bring_in(lead, [
        make_grant(1, title="Leaflets"),
        make_grant(2, title="Lamps", recipientOrganization=other, fundingOrganization=funder, awardDate="2024-01-01"),
    ])  # fmt: skip
    for filters, wanted in (
        (GrantFilters(words="leaf"), ["Leaflets"]), (GrantFilters(words="GB-CHC-7"), ["Lamps"]),
        (GrantFilters(scope="ours"), ["Leaflets"]), (GrantFilters(funder="Larkmoor Fund"), ["Lamps"]),
        (GrantFilters(year="2024"), ["Lamps"]), (GrantFilters(partner=group.id), ["Leaflets"]),
        (GrantFilters(), ["Leaflets", "Lamps"]),
    ):  # fmt: skip
        assert [one.title for one in list_grants(lead, filters)] == wanted


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    lead = make_viewer("engagement_lead")
    number_of("Side Door")
    client, seen = enter(lead), []
    for number in (3, 30):
        bring_in(lead, [make_grant(one) for one in range(number)])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_the_pages_lead_from_the_file_to_the_funder() -> None:
    lead, group = make_viewer("engagement_lead"), number_of("Side Door")
    client = enter(lead)
    content = json.dumps({"grants": [make_grant(1), make_grant(2, currency="X")]}).encode()
    assert "Choose a file" in client.post(f"{URL}import/", {}).content.decode()
    wrong = client.post(f"{URL}import/", {"file": SimpleUploadedFile("g.pdf", content), "source": "w"})
    assert "not a file of grants" in wrong.content.decode()
    made = client.post(f"{URL}import/", {"file": SimpleUploadedFile("g.json", content), "source": "Website"})
    page = made["Location"]
    assert client.get(page).status_code == 302  # to the work that goes on
    assert run_next_job()
    assert "three letters" in client.get(page).content.decode()
    rows = b"".join(client.get(f"{page}wrong/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "three letters" in rows
    assert "Website" in client.get(f"{URL}import/").content.decode()
    shown = client.get(f"{URL}?partner={group.id}").content.decode()
    assert "Phone friends 1" in shown
    assert "Side Door" in shown
    grant = f"{URL}{PublishedGrant.objects.get().id}/"
    assert "Another known funder" in client.get(grant).content.decode()
    assert client.post(grant, {"year": "1066"}).status_code == 200
    assert client.post(grant, {"year": "2026"}).status_code == 302
    assert "more grant" in client.post(f"{URL}match/", follow=True).content.decode()
    exported = b"".join(client.get(f"{URL}export/csv/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "1250.50" in exported
    assert client.get(f"{URL}export/pdf/").status_code == 404
    for missing in (f"{URL}{uuid4()}/", f"{URL}files/{uuid4()}/", f"{URL}files/{uuid4()}/wrong/"):
        assert client.get(missing).status_code == 404


def test_who_brought_a_file_in_is_told_and_kept_without_a_name() -> None:
    lead = make_viewer("engagement_lead")
    bring_in(lead, [make_grant(1)])
    subject = Subject(person_ids=frozenset({lead.own_id}))
    assert [one.table for one in collect_giving(subject)] == ["partnership_giving_file"]
    assert [one.kept for one in erase_giving(subject, by=SYSTEM, at=NOW)] == [1, 0]
