"""A year as one document: built from its rows, the same each time, so that its checksum tells whether they changed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alongside.apps.partnership.bridge.openness import (
    as_listed,
    digest_text,
    protect_people,
    sum_rows,
    write_canonical,
)
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
    DisclosureSnapshot,
)
from alongside.apps.partnership.queries.disclosures.paid import NamedOrganisation
from alongside.apps.partnership.queries.disclosures.years import count_answers, get_note
from alongside.apps.partnership.rules.disclosure_content import get_rules, list_note_sections
from alongside.science.values.openness import LeftOut, ListTotal, PeopleSum

LIST_NAMES = {DisclosureRow.List.ORGANISATIONS: "organisations", DisclosureRow.List.JOINT: "joint_working"}


@dataclass(frozen=True)
class PublishedDays:
    """When a year became public, and until when it stays and is kept."""

    published_on: date
    public_until: date
    retain_until: date


def make_entry(row: DisclosureRow) -> dict[str, object]:
    """Return a row as the published document says it."""
    return {
        "number": row.number,
        "organisation": {
            "name": row.organisation_name,
            "identifier": row.organisation_identifier,
            "country": row.country,
        },
        "category": row.category,
        "description": row.description,
        "is_event_or_meeting_related": row.is_event_related,
        "is_in_kind": row.is_in_kind,
        "amount_pence": row.amount_pence,
        "currency": row.currency,
        "vat": row.vat,
        "paid_by_affiliate": row.affiliate,
        "agreement_reference": row.agreement_reference,
        "agreement_title": row.agreement_title,
        "agreed_on": row.agreed_on.isoformat() if row.agreed_on else None,
        "paid_on": row.paid_on.isoformat(),
        "payments": row.payments,
    }


def _make_total(one: ListTotal) -> dict[str, object]:
    return {
        "list": LIST_NAMES[DisclosureRow.List(one.list)],
        "category": one.category,
        "currency": one.currency,
        "entries": one.rows,
        "organisations": one.organisations,
        "amount_pence": one.amount_pence,
        "without_value": one.unvalued,
    }


def _make_people(disclosure: Disclosure) -> dict[str, object]:
    rules = get_rules(disclosure.rules)
    lines = list(DisclosurePeople.objects.filter(disclosure=disclosure).order_by("group", "currency"))
    sums = [
        PeopleSum(one.group, one.individuals, one.fees_pence, one.expenses_pence, one.services, one.currency)
        for one in lines
    ]
    is_exact = disclosure.people_shown == Disclosure.Showing.EXACT
    groups = [
        {
            "group": rules.group_words.get(one.group, one.group),
            "individuals": one.shown_individuals,
            "fees_pence": one.shown_fees_pence,
            "expenses_pence": one.shown_expenses_pence,
            "currency": one.currency,
            "services": one.services,
        }
        for one in lines
    ]
    return {
        "showing": disclosure.people_shown,
        "because": disclosure.people_shown_because if is_exact else "",
        "groups": groups,
        "total_individuals": protect_people(sums, exact=is_exact).individuals,
    }


def _make_method(disclosure: Disclosure) -> dict[str, object]:
    note = get_note(disclosure)
    words = note.sections if note else {}
    sections = [
        {"title": one.title, "words": words[one.key]}
        for one in list_note_sections(disclosure.year)
        if words.get(one.key)
    ]
    number = note.number if note else 1
    return {"id": f"{disclosure.year}-{number}", "version": number, "sections": sections}


def build_document(
    disclosure: Disclosure, publisher: NamedOrganisation, days: PublishedDays, left_out: tuple[LeftOut, ...]
) -> Mapping[str, object]:
    """Return a year as it is published, from its rows; corrections stand beside it, never in it."""
    rows = list(DisclosureRow.objects.filter(disclosure=disclosure, correction=None).order_by("number", "id"))
    why = Counter(one.because for one in left_out)
    answers = count_answers(disclosure)
    return {
        "year": disclosure.year,
        "publisher": {
            "name": publisher.name, "identifier": publisher.identifier, "country": publisher.country
        },
        "rules": disclosure.rules,
        "row_per": get_rules(disclosure.rules).routing.row_per,
        "published_on": days.published_on.isoformat(),
        "public_until": days.public_until.isoformat(),
        "retain_until": days.retain_until.isoformat(),
        "organisations": [make_entry(row) for row in rows if row.list == DisclosureRow.List.ORGANISATIONS],
        "joint_working": [make_entry(row) for row in rows if row.list == DisclosureRow.List.JOINT],
        "people": _make_people(disclosure),
        "totals": [_make_total(one) for one in sum_rows(as_listed(row) for row in rows)],
        "left_out": [{"payments": why[because], "because": because} for because in sorted(why)],
        "partner_checks": {
            "asked": answers.asked, "right": answers.right, "look": answers.look, "silent": answers.silent
        },
        "methodology": _make_method(disclosure),
    }  # fmt: skip


def make_correction(one: DisclosureCorrection, entry: DisclosureRow | None) -> dict[str, object]:
    """Return a correction as the public document says it, without its checksum."""
    return {
        "number": one.number,
        "kind": one.kind,
        "corrects_entry": one.corrects.number if one.corrects else None,
        "reason": one.reason,
        "published_on": one.published_at.date().isoformat() if one.published_at else None,
        "entry": make_entry(entry) if entry else None,
    }


def digest_contents(disclosure: Disclosure, publisher: NamedOrganisation) -> str:
    """Return the checksum of everything a certifier approves: the document without its days."""
    nothing = PublishedDays(date.min, date.min, date.min)
    return digest_text(write_canonical(build_document(disclosure, publisher, nothing, ())))


@dataclass(frozen=True)
class Intactness:
    """Whether what was published still is what was published; `words` say what is not."""

    is_intact: bool
    words: str = ""


def look_at_snapshot(disclosure: Disclosure) -> Intactness:
    """Compare a published year with its checksum: the snapshot's text, the rows, and the chain of corrections.

    What is named differently today (our own name, a rule's words) is taken from the snapshot, not from today.
    """
    snapshot = DisclosureSnapshot.objects.filter(disclosure=disclosure).first()
    if snapshot is None:
        return Intactness(False, "The snapshot is gone.")
    if digest_text(snapshot.text) != snapshot.sha256:
        return Intactness(False, "The snapshot’s text is not what was published.")
    rows = DisclosureRow.objects.filter(disclosure=disclosure, correction=None).order_by("number", "id")
    if not _says(snapshot.text, rows):
        return Intactness(False, "The rows are not those that were published.")
    return _look_at_corrections(disclosure, snapshot)


def _says(text: str, rows: "QuerySet[DisclosureRow]") -> bool:
    entries = [(row.list, write_canonical(make_entry(row))) for row in rows]
    for place, name in LIST_NAMES.items():
        written = ",".join(entry for where, entry in entries if where == place)
        if f'"{name}":[{written}]' not in text:
            return False
    return True


def _look_at_corrections(disclosure: Disclosure, snapshot: DisclosureSnapshot) -> Intactness:
    before = snapshot.sha256
    public = DisclosureCorrection.objects.filter(disclosure=disclosure, published_at__isnull=False)
    for place, one in enumerate(
        public.select_related("corrects").prefetch_related("rows").order_by("number"), start=1
    ):
        said = write_canonical(make_correction(one, next(iter(one.rows.all()), None)))
        if one.number != place or digest_text(said, after=before) != one.sha256:
            return Intactness(False, f"Correction {place} is not what was published.")
        before = one.sha256
    return Intactness(True)
