"""A payment and a ledger file that speaks of it, for tests of who may see and do what."""

from typing import Any

from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.models import GivingFile, PublishedGrant
from alongside.apps.partnership.operations.reconciling import choose_ledger_columns, upload_ledger
from alongside.apps.partnership.rules.reconciling import LedgerChoice
from tests.factories.payments import AT, make_payment


def make_payments(mark: str) -> dict[str, Any]:
    """Return the ids of a payment that waits and of a ledger that was compared."""
    payment = make_payment(description=f"Phone friends {mark}")
    content = f"Ref,Date,Amount\n{payment.reference},5/3/2026,1000\nINV 7,5/3/2026,ten\n".encode()
    ledger_id = upload_ledger(
        file_name=f"ledger-{mark}.csv", size_bytes=len(content), parts=[content], by=SYSTEM, at=AT
    )
    choice = LedgerChoice("Ref", "Date", "Amount")
    choose_ledger_columns(file_id=ledger_id, choice=choice, by=SYSTEM, at=AT)
    return {"payment_id": payment.id, "ledger_id": ledger_id, **_make_published(mark)}


def _make_published(mark: str) -> dict[str, Any]:
    """Return the ids of a published grant and of the file it came in."""
    file = GivingFile.objects.create(
        file_name=f"grants-{mark}.json", stored_name=f"{mark}.json", sha256="", source="A website", state="kept",
        uploaded_at=AT,
    )  # fmt: skip
    grant = PublishedGrant.objects.create(
        file=file, grant_id=f"360G-{mark}", row=1, title=f"Lamps {mark}", description="Six lamps", currency="GBP",
        amount_pence=54_000, awarded_on=AT.date(), funder_identifier="GB-CHC-1", funder_name="Larkmoor Fund",
    )  # fmt: skip
    return {"giving_file_id": file.id, "published_id": grant.id}
