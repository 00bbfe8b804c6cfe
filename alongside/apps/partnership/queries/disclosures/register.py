"""The public register: what everybody may read of the years that are published, a page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import slugify

from alongside.apps.base.rules import PUBLIC
from alongside.apps.partnership.bridge.openness import (
    make_package,
    read_schema,
    split_grants,
    stream_published,
    write_canonical,
)
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
)
from alongside.apps.partnership.queries.disclosures.document import make_correction
from alongside.apps.partnership.queries.disclosures.paid import get_own_organisation, name_organisations
from alongside.apps.partnership.queries.disclosures.rows import RowFilter, filter_rows, with_corrections
from alongside.apps.partnership.queries.disclosures.years import Answers, count_answers, get_note
from alongside.apps.partnership.rules.disclosure_content import get_rules, list_note_sections
from alongside.science.values.openness import GivingLeftOut, GivingOrganisation, GivingRow

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class PublicYear:
    """One published year with the sums kept at its publication and those after the latest correction."""

    id: UUID
    year: int
    published_at: datetime
    public_until: date | None
    retain_until: date | None
    rules: str
    is_intact: bool | None
    verified_at: datetime | None
    sha256: str
    rows: int
    organisations: int
    corrections: int
    totals: tuple[DisclosureTotal, ...]
    as_published: tuple[DisclosureTotal, ...]

    def sum_of(self, place: str) -> list[tuple[str, int]]:
        """Return what one list comes to, by currency."""
        sums: dict[str, int] = {}
        for one in self.totals:
            if one.list == place:
                sums[one.currency] = sums.get(one.currency, 0) + one.amount_pence
        return sorted(sums.items())

    @property
    def sums(self) -> list[tuple[str, int]]:
        """Return what organisations got, by currency."""
        return self.sum_of(DisclosureRow.List.ORGANISATIONS)

    @property
    def joint_sums(self) -> list[tuple[str, int]]:
        """Return what went into joint working, by currency."""
        return self.sum_of(DisclosureRow.List.JOINT)

    @property
    def unvalued(self) -> int:
        """Return how many entries have no amount."""
        return sum(one.unvalued for one in self.totals)


def list_public_years() -> list[PublicYear]:
    """Return every published year, the latest first, in three queries."""
    found = Disclosure.objects.published().order_by("-year")
    return _as_public(list(found.select_related("snapshot").defer("snapshot__text")))


def get_public_year(year: int) -> PublicYear | None:
    """Return one published year, or None."""
    found = Disclosure.objects.published().filter(year=year)
    years = _as_public(list(found.select_related("snapshot").defer("snapshot__text")))
    return years[0] if years else None


def _as_public(found: Sequence[Disclosure]) -> list[PublicYear]:
    totals: dict[UUID, list[DisclosureTotal]] = {}
    for total in DisclosureTotal.objects.filter(disclosure__in=found):
        totals.setdefault(total.disclosure_id, []).append(total)
    corrections: dict[UUID, int] = {}
    public = DisclosureCorrection.objects.filter(disclosure__in=found, published_at__isnull=False)
    for disclosure_id in public.values_list("disclosure_id", flat=True):
        corrections[disclosure_id] = corrections.get(disclosure_id, 0) + 1
    return [_one_public(one, totals.get(one.id, []), corrections.get(one.id, 0)) for one in found]


def _one_public(one: Disclosure, totals: Sequence[DisclosureTotal], corrections: int) -> PublicYear:
    if one.published_at is None:
        raise ValueError("Only a published year is public.")
    return PublicYear(
        id=one.id,
        year=one.year,
        published_at=one.published_at,
        public_until=one.public_until,
        retain_until=one.retain_until,
        rules=get_rules(one.rules).title,
        is_intact=one.is_intact,
        verified_at=one.verified_at,
        sha256=one.snapshot.sha256,
        rows=one.snapshot.rows,
        organisations=one.snapshot.organisations,
        corrections=corrections,
        totals=tuple(total for total in totals if total.after == corrections),
        as_published=tuple(total for total in totals if total.after == 0),
    )


def list_public_rows(year: PublicYear, wanted: RowFilter) -> "QuerySet[DisclosureRow]":
    """Return the published rows of a year that fit, corrections beside what they correct."""
    return filter_rows(DisclosureRow.objects.filter(disclosure_id=year.id).standing(), wanted)


@dataclass(frozen=True)
class PublicPeople:
    """Sums for people as everybody may read them."""

    lines: tuple[DisclosurePeople, ...]
    is_protected: bool
    words: str


def get_public_people(year: PublicYear) -> PublicPeople:
    """Return what is shown of people; the page must read the columns that begin with `shown_` only."""
    disclosure = Disclosure.objects.get(id=year.id)
    rules = get_rules(disclosure.rules)
    lines = list(DisclosurePeople.objects.filter(disclosure=disclosure).order_by("group", "currency"))
    for line in lines:
        line.group = rules.group_words.get(line.group, line.group)
    is_protected = disclosure.people_shown == Disclosure.Showing.PROTECTED
    words = rules.protection_words if is_protected else disclosure.people_shown_because
    return PublicPeople(tuple(lines), is_protected, words)


@dataclass(frozen=True)
class PublicMethod:
    """How a year was counted, what is left out and why, and what partners said before."""

    note_id: str
    written_at: datetime | None
    sections: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[int, str], ...]
    answers: Answers


def get_public_method(year: PublicYear) -> PublicMethod:
    """Return how a year was counted, as it was published."""
    disclosure = Disclosure.objects.get(id=year.id)
    note = get_note(disclosure)
    words = note.sections if note else {}
    sections = tuple(
        (one.title, words[one.key]) for one in list_note_sections(year.year) if words.get(one.key)
    )
    why: dict[str, int] = {}
    for because, _payment in DisclosureSnapshot.objects.values_list("left_out", flat=True).get(
        disclosure=disclosure
    ):
        why[because] = why.get(because, 0) + 1
    left_out = tuple((number, because) for because, number in sorted(why.items()))
    number = note.number if note else 1
    return PublicMethod(
        f"{year.year}-{number}",
        note.written_at if note else None,
        sections,
        left_out,
        count_answers(disclosure),
    )


def list_public_corrections(year_id: UUID) -> list[DisclosureCorrection]:
    """Return the corrections of a year in the order they became public, with the old entry and the new."""
    public = DisclosureCorrection.objects.filter(disclosure_id=year_id, published_at__isnull=False)
    return list(public.select_related("corrects").prefetch_related("rows").order_by("number"))


@dataclass(frozen=True)
class PublicOrganisation:
    """One organisation in the register: its entries over the years, and what they come to by year and currency."""

    id: UUID
    name: str
    identifier: str
    rows: "QuerySet[DisclosureRow]"
    sums: tuple[tuple[int, str, int, int], ...]  # year, currency, pence, entries


def get_public_organisation(organisation_id: UUID) -> PublicOrganisation | None:
    """Return an organisation that stands in a published year, or None."""
    rows = with_corrections(
        DisclosureRow.objects.for_viewer(PUBLIC).filter(organisation_id=organisation_id)
    ).order_by("-disclosure__year", "number", "id")
    latest = rows.first()
    if latest is None:
        return None
    sums: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        if not row.corrections:  # type: ignore[attr-defined]
            held = sums.setdefault((row.disclosure.year, row.currency), [0, 0])
            held[0] += row.amount_pence or 0
            held[1] += 1
    return PublicOrganisation(
        id=organisation_id,
        name=latest.organisation_name,
        identifier=latest.organisation_identifier,
        rows=rows,
        sums=tuple(
            (year, currency, pence, entries)
            for (year, currency), (pence, entries) in sorted(sums.items(), reverse=True)
        ),
    )


def stream_json(year: PublicYear) -> Iterator[str]:
    """Yield the public document of a year: what was published, its checksum, what was put right since."""
    snapshot = DisclosureSnapshot.objects.get(disclosure_id=year.id)
    corrections = [
        {**make_correction(one, next(iter(one.rows.all()), None)), "sha256": one.sha256}
        for one in list_public_corrections(year.id)
    ]
    return stream_published(snapshot.text, snapshot.sha256, corrections)


def _giving_rows(year: PublicYear) -> Iterable[GivingRow]:
    rows = with_corrections(DisclosureRow.objects.filter(disclosure_id=year.id).standing())
    ordered = list(rows.order_by("number", "id"))
    standing = [row for row in ordered if not row.corrections]  # type: ignore[attr-defined]
    named = name_organisations({row.organisation_id for row in standing})
    rules = get_rules(standing[0].disclosure.rules) if standing else None
    for row in standing:
        correction = row.correction
        changed = correction.published_at if correction and correction.published_at else year.published_at
        yield GivingRow(
            year=year.year,
            number=f"{row.number:05}" + (f"-c{correction.number}" if correction else ""),
            list=row.list,
            category=row.category,
            category_words=rules.say_category(row.category) if rules else row.category,
            title=row.agreement_title,
            description=row.description,
            amount_pence=row.amount_pence,
            currency=row.currency,
            awarded_on=row.agreed_on or row.paid_on,
            recipient=GivingOrganisation(
                row.organisation_id,
                row.organisation_name,
                row.organisation_identifier,
                named[row.organisation_id].website,
            ),
            changed_at=changed.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )


@dataclass(frozen=True)
class GivingFile:
    """A year for 360Giving: how many grants it holds, what is not in it and why, and the file's text."""

    grants: int
    left_out: tuple[GivingLeftOut, ...]
    text: str


def make_giving_file(year: PublicYear) -> GivingFile:
    """Return the part of a year that 360Giving can carry; what it cannot is counted and said in the file too."""
    own, disclosure = get_own_organisation(), Disclosure.objects.get(id=year.id)
    terms = get_rules(disclosure.rules).giving
    grants, left_out = split_grants(_giving_rows(year), terms)
    prefix = f"360G-{slugify(own.name)}"
    said = " ".join(f"Left out: {one.rows} entries. {one.because}" for one in left_out)
    package = make_package(
        grants,
        publisher=GivingOrganisation(own.id, own.name, own.identifier, own.website),
        prefix=prefix,
        terms=terms,
        title=f"{own.name}: grants, donations and sponsorship to patient organisations in {year.year}",
        description=f"The whole register is at {settings.PUBLIC_URL}/register/{year.year}/. {said}".strip(),
        issued_on=year.published_at.date(),
        licence=LICENCE,
    )
    return GivingFile(len(grants), left_out, write_canonical(dict(package)))


def count_giving(year: PublicYear) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Return how many grants the 360Giving file holds and how many entries it leaves out for each reason.

    Taken from the sums that are kept, so that a page does not read every row.
    """
    terms = get_rules(Disclosure.objects.values_list("rules", flat=True).get(id=year.id)).giving
    grants, others = 0, {"services": 0, "unvalued": 0, "joint": 0}
    for one in year.totals:
        if one.list == DisclosureRow.List.JOINT:
            others["joint"] += one.rows
        elif one.category not in terms.categories:
            others["services"] += one.rows
        else:
            grants += one.rows - one.unvalued
            others["unvalued"] += one.unvalued
    return grants, tuple((number, terms.left_out[why]) for why, number in others.items() if number)


def get_schema() -> str:
    """Return the published schema of our JSON."""
    return read_schema()
