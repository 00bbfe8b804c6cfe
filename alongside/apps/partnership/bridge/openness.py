"""From a year's payments to its lists, sums, checksums and files, and back to rows."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from alongside.adapters.documents import DocumentRefused, make_pdf
from alongside.adapters.files import iterate_csv, write_xlsx
from alongside.apps.partnership.models import DisclosureRow, Payment
from alongside.science.openness import (
    digest_text,
    make_package,
    protect_people,
    route_year,
    split_grants,
    sum_people,
    sum_rows,
    write_canonical,
)
from alongside.science.values.openness import ListedRow, PaidFact

__all__ = [
    "DocumentRefused",
    "as_fact",
    "as_listed",
    "digest_text",
    "iterate_csv",
    "make_package",
    "make_pdf",
    "protect_people",
    "read_schema",
    "route_year",
    "split_grants",
    "stream_published",
    "sum_people",
    "sum_rows",
    "write_canonical",
    "write_xlsx",
]
SCHEMA = "alongside/register-1"


def as_fact(payment: Payment) -> PaidFact:
    """Return a payment with its agreement and organisation, as it counts."""
    if payment.paid_on is None:
        raise ValueError("Only what was paid counts.")
    organisation, agreement = payment.organisation, payment.agreement
    if organisation is not None and organisation.merged_into is not None:
        organisation = organisation.merged_into  # it lives on under that name
    return PaidFact(
        id=payment.id,
        agreement_id=payment.agreement_id,
        agreement_reference=agreement.reference,
        agreement_title=agreement.title,
        agreed_on=agreement.signed_on,
        organisation_id=organisation.id if organisation else None,
        organisation_kind=organisation.kind if organisation else "",
        person_id=payment.person_id,
        capacity=payment.capacity,
        category=payment.category,
        description=payment.description,
        is_in_kind=payment.is_in_kind,
        amount_pence=payment.amount_pence,
        currency=payment.currency,
        vat=payment.vat,
        is_event_related=payment.is_event_related,
        affiliate=payment.affiliate,
        paid_on=payment.paid_on,
    )


def as_listed(row: DisclosureRow) -> ListedRow:
    """Return a stored row as the value it was made of."""
    return ListedRow(
        list=row.list,
        source_key=row.source_key,
        organisation_id=row.organisation_id,
        category=row.category,
        description=row.description,
        is_event_related=row.is_event_related,
        is_in_kind=row.is_in_kind,
        amount_pence=row.amount_pence,
        currency=row.currency,
        vat=row.vat,
        affiliate=row.affiliate,
        agreement_id=row.agreement_id,
        agreement_reference=row.agreement_reference,
        agreement_title=row.agreement_title,
        agreed_on=row.agreed_on,
        paid_on=row.paid_on,
        payment_ids=(),
    )


@lru_cache
def read_schema() -> str:
    """Return the published schema of the register."""
    return (files("alongside.content") / "schemas" / "register-1.json").read_text("utf-8")


def stream_published(text: str, sha256: str, corrections: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Yield the public document: what was published as it was, its checksum, and what was put right since."""
    yield f'{{"schema":"{SCHEMA}","published_sha256":"{sha256}","corrections":['
    yield ",".join(write_canonical(one) for one in corrections)
    yield '],"published":'
    yield text
    yield "}\n"
