"""A ledger file from upload to confirmation: every row compared, matched payments paid, nothing twice."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Payment, ReconciliationFile
from alongside.apps.partnership.operations import reconciling
from alongside.apps.partnership.operations.payments import record_paid
from alongside.apps.partnership.operations.reconciling import (
    choose_ledger_columns,
    confirm_ledger,
    leave_ledger,
    upload_ledger,
)
from alongside.apps.partnership.queries.reconciling import get_ledger, list_ledger_rows, list_ledgers
from alongside.apps.partnership.rules.reconciling import LedgerChoice
from tests.apps.partnership.payments.test_pages import enter
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation
from tests.factories.payments import AT, make_payment
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=20)
CHOICE = LedgerChoice("Ref", "Date", "Amount", "Payee", "Batch")
HEADER = "Batch,Ref,Date,Amount,Payee,Sort code"
Rows = Sequence[Sequence[str]]


def make_csv(rows: Rows) -> bytes:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join([HEADER, *lines]).encode()


def bring(viewer: Viewer, rows: Rows, choice: LedgerChoice = CHOICE) -> ReconciliationFile:
    content = make_csv(rows)
    file_id = upload_ledger(
        file_name="ledger.csv", size_bytes=len(content), parts=[content], by=viewer, at=LATER
    )
    choose_ledger_columns(file_id=file_id, choice=choice, by=viewer, at=LATER)
    return ReconciliationFile.objects.get(id=file_id)


def row_of(payment: Payment, **changes: str) -> list[str]:
    payee = payment.organisation.name if payment.organisation else ""
    cells = {
        "batch": "B1",
        "ref": payment.reference,
        "date": "10/03/2026",
        "amount": "£1,000.00",
        "payee": payee,
    }
    return [*{**cells, **changes}.values(), "20-45-53"]


def find_files() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "imports"
    return [path for path in folder.iterdir() if path.suffix == ".csv"] if folder.exists() else []


def counts(found: ReconciliationFile) -> tuple[int, ...]:
    return (found.matched, found.different, found.unmatched, found.already, found.wrong)


def test_every_row_is_compared_and_what_matches_is_paid_in_one_go(
    django_capture_on_commit_callbacks: Any,
) -> None:
    finance = make_viewer("finance")
    good, asked, other = make_payment(state="approved"), make_payment(), make_payment(state="approved")
    paid = make_payment(state="paid", paid_on=AT.date())
    before = len(find_files())
    found = bring(
        finance,
        [
            row_of(good), row_of(asked), row_of(other, amount="999"), row_of(paid, date="02/03/2026"),
            ["B1", "PAY-2026-99999", "10/03/2026", "5", "Nobody", "20-45-53 12345678"],
            row_of(good, date="30/02/2026"), row_of(good), ["", "", "", "", "", ""],
        ],
    )  # fmt: skip
    assert found.state == "ready"
    assert counts(found) == (1, 2, 1, 1, 2)
    wrong = list(list_ledger_rows(found, "wrong"))
    assert [(one.row, one.column) for one in wrong] == [(6, "Date"), (7, "Ref")]
    assert "stands in row 1" in wrong[1].words
    assert "20-45" not in str(list(found.rows.values_list("cells", flat=True)))
    assert Payment.objects.get(id=good.id).state == "approved"
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm_ledger(file_id=found.id, by=finance, at=LATER) == 1
    now = Payment.objects.get(id=good.id)
    assert (now.state, now.finance_reference, now.days_to_pay, now.paid_by_id) == (
        "paid",
        "B1",
        8,
        finance.own_id,
    )
    assert now.events.order_by("-at", "-id").values_list("became", flat=True)[0] == "paid"
    found.refresh_from_db()
    assert found.state == "confirmed"
    assert len(find_files()) == before
    assert not found.rows.exclude(payee="", value="", cells=[]).exists()


def test_the_same_file_twice_changes_nothing() -> None:
    finance, good = make_viewer("finance"), make_payment(state="approved")
    confirm_ledger(file_id=bring(finance, [row_of(good)]).id, by=finance, at=LATER)
    paid = Payment.objects.values().get(id=good.id)
    again = bring(finance, [row_of(good)])
    assert counts(again) == (0, 0, 0, 1, 0)
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm_ledger(file_id=again.id, by=finance, at=LATER)
    assert Payment.objects.values().get(id=good.id) == paid
    leave_ledger(file_id=again.id, by=finance, at=LATER)
    assert again.rows.count() == 0
    assert [one.state for one in list_ledgers(finance)] == ["confirmed"]


def test_what_changed_since_reading_is_left_out_and_said() -> None:
    finance, good, other = (
        make_viewer("finance"),
        make_payment(state="approved"),
        make_payment(state="approved"),
    )
    found = bring(finance, [row_of(good), row_of(other)])
    record_paid(
        payment_id=other.id, paid_on=AT.date(), finance_reference="", by=make_viewer("finance"), at=LATER
    )
    assert confirm_ledger(file_id=found.id, by=finance, at=LATER) == 1
    found.refresh_from_db()
    assert (found.matched, found.different) == (1, 1)
    assert "Was it paid twice?" in found.rows.get(payment=other).words
    with pytest.raises(Refused, match="confirmed already"):
        confirm_ledger(file_id=found.id, by=finance, at=LATER)


def test_a_file_that_cannot_be_read_says_why_and_changes_nothing() -> None:
    finance = make_viewer("finance")
    empty = bring(finance, [])
    assert (empty.state, "no rows under it" in empty.notes) == ("refused", True)
    few = [["B", f"INV {number}", "1/3/2026", "5", "N", ""] for number in range(5)]
    wide = bring(finance, [*few, ["B", "PAY-2026-00001", "1/3/2026", "5", "N", "", "more"]])
    assert (wide.state, "it has 7 cells" in wide.notes) == ("refused", True)
    with pytest.raises(Refused, match="is not a table"):
        upload_ledger(file_name="a.pdf", size_bytes=1, parts=[b"x"], by=finance, at=LATER)
    before = len(find_files())
    with pytest.raises(Refused):
        upload_ledger(file_name="a.csv", size_bytes=5, parts=[b"a,a\n1,2"], by=finance, at=LATER)
    assert len(find_files()) == before
    with pytest.raises(Refused, match="no such ledger"):
        leave_ledger(file_id=UUID(int=1), by=finance, at=LATER)
    with pytest.raises(Refused, match="Your role"):
        leave_ledger(file_id=wide.id, by=make_viewer("auditor"), at=LATER)
    assert get_ledger(make_viewer("auditor"), wide.id) is None
    assert not list_ledgers(make_viewer("auditor"))


def test_a_long_file_is_compared_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "SHORT_ROWS", 2)
    finance = make_viewer("finance")
    agreement = make_agreement(organisation_id=make_organisation().id)
    payments = [make_payment(state="approved", agreement_id=agreement.id) for _ in range(3)]
    found = bring(finance, [row_of(one) for one in payments])
    assert found.state == "reading"
    assert run_next_job()
    found.refresh_from_db()
    assert (found.state, found.matched) == ("ready", 3)
    twice = [row_of(one) for one in payments] * 2
    broken = bring(finance, [*twice, ["1", "2", "3", "4", "5", "6", "7"]])
    left = bring(finance, [row_of(one) for one in payments])
    leave_ledger(file_id=left.id, by=finance, at=LATER)
    assert run_next_job()
    assert run_next_job()
    broken.refresh_from_db()
    left.refresh_from_db()
    assert (broken.state, left.state) == ("refused", "left")
    assert Job.objects.filter(state="done").count() >= 2
    monkeypatch.setattr(reconciling, "MOST_ROWS", 2)
    monkeypatch.setattr(reconciling, "SHORT_ROWS", 5)
    assert "more than 2 rows" in bring(finance, [row_of(one) for one in payments]).notes


def test_the_pages_lead_from_the_file_to_the_yes() -> None:
    finance, good, asked = make_viewer("finance"), make_payment(state="approved"), make_payment()
    client = enter(finance)
    file = SimpleUploadedFile("ledger.csv", make_csv([row_of(good), row_of(asked)]))
    base = "/partners/payments/reconcile/"
    made = client.post(base, {"file": file})
    assert made.status_code == 302
    columns = made["Location"]
    page = client.get(columns).content.decode()
    assert "What do the columns mean?" in page
    typed = {**CHOICE.as_json(), "date_order": "dmy"}
    assert client.post(columns, {**typed, "payee": "Ref"}).status_code == 200
    shown = client.post(columns, typed)["Location"]
    page = client.get(shown).content.decode()
    assert "Mark 1 payment as paid" in page
    assert "Settle that first" in page
    rows = b"".join(client.get(f"{shown}rows/").streaming_content).decode()  # type: ignore[attr-defined]
    assert asked.reference in rows
    assert client.post(f"{shown}confirm/").status_code == 302
    assert "Confirmed" in client.get(shown).content.decode()
    assert client.get(columns).status_code == 302
    assert "ledger.csv" in client.get(base).content.decode()
    again = client.post(base, {"file": SimpleUploadedFile("bad.pdf", b"x")}).content.decode()
    assert "is not a table" in again
    assert client.get(f"{base}{UUID(int=1)}/").status_code == 404
