"""The public register: everybody reads what is published, nothing else; its files are whole and valid."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.adapters.documents import DocumentRefused
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Disclosure, DisclosureRow, DisclosureSnapshot
from alongside.apps.partnership.operations.disclosures.correcting import approve_correction, correct_row
from alongside.apps.partnership.queries.disclosures import printing
from alongside.apps.partnership.queries.disclosures.register import get_schema
from alongside.apps.partnership.views.register import downloads
from alongside.apps.people.models import Organisation
from alongside.science.openness import digest_text, write_canonical
from tests.factories.disclosures import SPRING, make_paid, make_year
from tests.factories.partners import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = SPRING + timedelta(days=90)


@pytest.fixture
def year(lead: Viewer, certifier: Viewer, group: Organisation) -> Disclosure:
    """A published year with money, something without a value, a person, joint working and a correction."""
    tea = "=HYPERLINK a hall for the monthly tea"
    make_paid(group.id, category="donation", is_in_kind=True, amount_pence=None, description=tea)
    make_paid(group.id, category="donation", amount_pence=120_050, description="Lamps to lend to members")
    make_paid(group.id, category="fee", amount_pence=30_000, description="Reading a protocol as a group")
    trust = make_organisation("Larkmoor Trust", kind="nhs_body")
    make_paid(trust.id, category="joint", amount_pence=90_000, description="A clinic nearer home")
    for category, pence in (("fee", 5_500), ("expense", 1_225)):
        make_paid(
            person_id=make_person("patient_partner", name="Idris Marked").id,
            category=category,
            amount_pence=pence,
            description="Marked words about a person",
        )
    made = make_year(lead)
    wrong = DisclosureRow.objects.get(category="grant")
    correction = correct_row(row_id=wrong.id, right=None, reason="Paid back in June.", by=lead, at=LATER)
    approve_correction(correction_id=correction, by=certifier, at=LATER)
    return made


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(body).decode("utf-8")


def read_csv(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(client, address), newline="")))


def test_everybody_reads_a_published_year(client: Client, year: Disclosure) -> None:
    assert "2025" in read(client, "/register/")
    words = read(client, "/register/2025/")
    assert "Second Stair" in words
    assert "In kind, without a value" in words
    assert "Paid back in June." in words
    assert "£0" not in words
    assert "SHA-256" in read(client, "/register/2025/method/")
    assert "Paid back in June." in read(client, "/register/2025/corrections/")


def test_nobody_reads_a_year_that_is_not_published(client: Client, lead: Viewer, group: Organisation) -> None:
    make_year(lead, until="approved")
    assert "No year is published yet" in read(client, "/register/")
    for name in ("", "people/", "method/", "corrections/", "organisations.csv", "people.csv", "register.json",
                 "360giving.json", "register.pdf"):  # fmt: skip
        assert client.get(f"/register/2025/{name}").status_code == 404
    assert client.get(f"/register/organisations/{group.id}/").status_code == 404


def test_people_are_never_named_and_few_are_not_counted_out(client: Client, year: Disclosure) -> None:
    pages = ["", "2025/", "2025/people/", "2025/method/", "2025/people.csv", "2025/register.json",
             "2025/organisations.csv", "2025/360giving.json"]  # fmt: skip
    words = "".join(read(client, f"/register/{page}") for page in pages)

    assert "Marked" not in words
    assert "55.00" not in words
    assert "1 to 7" in words
    assert '"fees_pence":null' in words


def test_a_reader_finds_by_words_category_and_organisation(
    client: Client, year: Disclosure, group: Organisation
) -> None:
    assert "Larkmoor" not in read(client, "/register/2025/?words=stair").split("al-rows")[1]
    assert "protocol" in read(client, "/register/2025/?category=contracted_service")
    assert "Nothing fits this" in read(client, "/register/2025/?words=zebra")
    assert "Second Stair" in read(client, f"/register/2025/?organisation={group.id}")
    assert "protocol" not in read(client, "/register/2025/?unvalued=yes&organisation=nonsense")
    assert "£300" in read(client, f"/register/organisations/{group.id}/")


def test_the_csv_holds_every_entry_and_runs_nowhere_as_a_formula(client: Client, year: Disclosure) -> None:
    rows = read_csv(client, "/register/2025/organisations.csv")

    assert sorted(row["entry"] for row in rows) == [*["as published"] * 4, "withdrawn"]
    kind = next(row for row in rows if row["in_kind"] == "yes")
    assert (kind["monetary_value"], kind["in_kind_monetary_value"]) == ("", "")
    assert kind["non_monetary_description"].startswith("'=HYPERLINK")
    money = next(row for row in rows if row["category"] == "Contracted service")
    assert money["monetary_value"] == money["total_contracted_services_amount_per_organisation"] == "300.00"
    assert (
        next(row for row in rows if row["entry"] == "withdrawn")["correction_reason"] == "Paid back in June."
    )


def test_the_csv_of_people_says_what_is_not_shown(client: Client, year: Disclosure) -> None:
    rows = read_csv(client, "/register/2025/people.csv")
    assert {row["total_fees"] for row in rows} == {"not shown"}


def test_the_json_follows_our_schema_and_its_checksum(client: Client, year: Disclosure) -> None:
    document = json.loads(read(client, "/register/2025/register.json"))
    schema = json.loads(read(client, "/register/schema/register-1.json"))

    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(document)] == []
    assert digest_text(write_canonical(document["published"])) == document["published_sha256"]
    assert DisclosureSnapshot.objects.get().sha256 == document["published_sha256"]
    correction = document["corrections"][0]
    said = {key: value for key, value in correction.items() if key != "sha256"}
    assert digest_text(write_canonical(said), after=document["published_sha256"]) == correction["sha256"]


def test_our_schema_refuses_money_without_an_amount(client: Client, year: Disclosure) -> None:
    document = json.loads(read(client, "/register/2025/register.json"))
    entry = next(one for one in document["published"]["organisations"] if not one["is_in_kind"])
    entry["amount_pence"] = None
    checker = jsonschema.Draft202012Validator(json.loads(get_schema()))
    assert not checker.is_valid(document)


def test_the_360giving_file_counts_what_it_leaves_out(client: Client, year: Disclosure) -> None:
    package = json.loads(read(client, "/register/2025/360giving.json"))

    assert [(one["amountAwarded"], one["awardDate"]) for one in package["grants"]] == [(1200.5, "2025-01-01")]
    for words in (
        "Left out: 1 entries. A contracted service",
        "1 entries. Given in kind",
        "1 entries. Joint",
    ):
        assert words in package["description"]
    page = read(client, "/register/2025/")
    assert "holds 1 grant" in page
    assert "Given in kind without a value" in page


def test_a_year_without_a_grant_has_no_360giving_file(client: Client, lead: Viewer) -> None:
    make_paid(make_organisation().id, category="fee", description="Reading a protocol")
    make_year(lead)
    assert client.get("/register/2025/360giving.json").status_code == 404
    assert "360Giving</a>" not in read(client, "/register/2025/")


def test_files_and_columns_are_explained(client: Client) -> None:
    assert "patient_organisation_name" in read(client, "/register/schema/")


def test_a_pdf_is_made_once_and_kept(
    client: Client, year: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def fake(html: str, _style: str) -> bytes:
        made.append(html)
        return b"%PDF"

    monkeypatch.setattr(downloads, "make_register_pdf", fake)
    for _again in range(2):
        assert client.get("/register/2025/register.pdf").content == b"%PDF"
    assert len(made) == 1
    assert "Second Stair" in made[0]


def test_only_one_pdf_of_a_year_is_made_at_a_time(
    client: Client, year: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_meanwhile(_html: str, _style: str) -> bytes:
        answer = Client().get("/register/2025/register.pdf")
        assert "being made right now" in answer.content.decode()
        return b"%PDF"

    monkeypatch.setattr(downloads, "make_register_pdf", ask_meanwhile)
    assert client.get("/register/2025/register.pdf").status_code == 200


def test_a_year_that_is_too_long_is_no_pdf(
    client: Client, year: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "PRINTED_ROWS", 1)
    assert "too many entries" in client.get("/register/2025/register.pdf").content.decode()


def test_a_server_that_cannot_print_says_what_to_do(
    client: Client, year: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_html: str, _style: str) -> bytes:
        raise DocumentRefused("Install Pango.")

    monkeypatch.setattr(printing, "make_pdf", refuse)
    assert "Install Pango." in client.get("/register/2025/register.pdf").content.decode()


def test_a_year_that_was_tampered_with_says_so(client: Client, year: Disclosure) -> None:
    Disclosure.objects.update(is_intact=False)
    assert "changed after it was published" in read(client, "/register/2025/")


@pytest.mark.parametrize("path", ["/register/", "/register/2025/", "/register/2025/?words=group"])
def test_pages_ask_no_more_questions_for_thirty_rows_than_for_three(
    path: str, client: Client, lead: Viewer
) -> None:
    def count(rows: int) -> int:
        for number in range(rows):
            make_paid(make_organisation(f"Group {rows} {number}").id, paid_on=date(2025, 2, 1))
        year = make_year(lead)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        clear(year)
        return len(asked)

    assert count(3) == count(30)


def clear(year: Disclosure) -> None:
    """Take a year and what was paid away, to begin another."""
    manager: Any
    for name in ("totals", "rows", "people", "checks", "events", "notes"):
        manager = getattr(year, name)
        manager.all().delete()
    DisclosureSnapshot.objects.all().delete()
    year.delete()
