"""A declaration of interests for a health-technology appraisal: one group, one period, every interest by company."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.agreements.queries.lines import AgreementLine, list_agreement_lines
from alongside.apps.agreements.queries.rule_sets import check_facts
from alongside.apps.base.rules import Viewer, check
from alongside.apps.partnership.bridge.openness import iterate_csv
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.disclosures.paid import get_own_organisation, name_organisations
from alongside.apps.partnership.queries.disclosures.tables import write_pounds
from alongside.apps.partnership.queries.funding.independence import select_other_funders
from alongside.science.values.rules import Facts

LONGEST_YEARS = 10
COLUMNS = (
    "company", "date", "kind", "amount", "currency", "given_in_kind", "description", "agreement", "known_from",
)  # fmt: skip


@dataclass(frozen=True)
class Interest:
    """One interest. `amount_pence` is None where nothing was paid yet or what was given has no value.

    `source` says from what it is known: our payments, our agreements, what the group told us, published grants.
    """

    company: str
    on: date
    kind: str
    amount_pence: int | None
    currency: str
    is_in_kind: bool
    words: str
    agreement: str
    source: str


@dataclass(frozen=True)
class CompanyInterests:
    """Every interest of one company, and what was paid by currency."""

    company: str
    interests: tuple[Interest, ...]
    sums: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Declaration:
    """What a group may declare: from our books and, where it told us, others'."""

    organisation_id: UUID
    organisation: str
    first: date
    last: date
    companies: tuple[CompanyInterests, ...]


def check_period(first: date, last: date) -> None:
    """Refuse a period that ends before it begins, or is too long to be one appraisal's."""
    check(first <= last, _("The period ends before it begins. Change one of the dates."), field="last")
    check(
        last.year - first.year <= LONGEST_YEARS,
        _("Choose a period of at most %(years)s years.") % {"years": LONGEST_YEARS},
        field="first",
    )


def get_declaration(viewer: Viewer, organisation_id: UUID, first: date, last: date) -> Declaration | None:
    """Return every interest in a group that we know of, by company; None where the viewer may not see that group."""
    is_own = viewer.partner_id == organisation_id and viewer.may("see_own_organisation")
    if not is_own and not viewer.may("see_disclosures"):
        return None
    named = name_organisations([organisation_id]).get(organisation_id)
    if named is None:
        return None
    check_period(first, last)
    ours = [*_list_ours(viewer, organisation_id, first, last)]
    interests = [*ours, *_list_others(viewer, organisation_id, first, last)]
    companies = dict.fromkeys(one.company for one in interests)
    return Declaration(
        organisation_id=organisation_id,
        organisation=named.name,
        first=first,
        last=last,
        companies=tuple(_of_company(company, interests) for company in companies),
    )


def _of_company(company: str, interests: list[Interest]) -> CompanyInterests:
    found = tuple(one for one in interests if one.company == company)
    sums: dict[str, int] = {}
    for one in found:
        if one.amount_pence is not None:
            sums[one.currency] = sums.get(one.currency, 0) + one.amount_pence
    return CompanyInterests(company, found, tuple(sorted(sums.items())))


def _list_ours(viewer: Viewer, organisation_id: UUID, first: date, last: date) -> Iterator[Interest]:
    own = get_own_organisation().name
    paid = Payment.objects.for_viewer(viewer).filter(
        organisation_id=organisation_id, state=Payment.State.PAID, paid_on__range=(first, last)
    )
    seen = set()
    for one in paid.select_related("agreement").order_by("paid_on", "id"):
        seen.add(one.agreement_id)
        yield Interest(
            company=f"{own}: {one.affiliate}" if one.affiliate else own,
            on=one.paid_on or first,
            kind=str(one.get_category_display()),
            amount_pence=one.amount_pence,
            currency=one.currency,
            is_in_kind=one.is_in_kind,
            words=one.description,
            agreement=one.agreement.reference,
            source="payment",
        )
    lines = list_agreement_lines(viewer, organisation_id=organisation_id, in_force_only=True)
    for line in sorted(lines, key=lambda one: (one.starts_on, one.reference)):
        if line.id not in seen and line.starts_on <= last and line.ends_on >= first:
            yield _of_agreement(own, line)


def _list_others(viewer: Viewer, organisation_id: UUID, first: date, last: date) -> Iterator[Interest]:
    """Yield what others gave in the group's financial years that end in the period, as far as we know."""
    others = select_other_funders(viewer).filter(
        organisation_id=organisation_id, year__range=(first.year, last.year)
    )
    for one in others.order_by("name", "year"):
        yield Interest(
            company=one.name,
            on=date(one.year, 12, 31),
            kind=_("in the financial year ending in %(year)s") % {"year": one.year},
            amount_pence=one.amount_pence,
            currency=one.currency,
            is_in_kind=False,
            words=one.source,
            agreement="",
            source="told" if one.is_from_group else "published",
        )


@dataclass(frozen=True)
class Authorship:
    """What the rules of the field say of a funder who writes a group's submission: the rule, what follows."""

    says: str
    remedy: str
    reference: str


def get_authorship(viewer: Viewer, on: date) -> list[Authorship]:
    """Return the rules that would stand in the way if we, a funder, wrote for a group."""
    facts = Facts.of(
        author_organisation="us", submitting_organisation="the group", author_funds_the_group=True
    )
    found = check_facts(viewer, "submission", facts, on)
    return [Authorship(one.says, one.remedy, one.reference) for one in found if one.is_blocking]


def _of_agreement(own: str, line: AgreementLine) -> Interest:
    """Return an agreement under which nothing was paid in the period: an interest all the same."""
    return Interest(
        company=own,
        on=line.signed_on or line.starts_on,
        kind=line.kind_words,
        amount_pence=None,
        currency=line.currency,
        is_in_kind=bool(line.in_kind_description),
        words=line.in_kind_description or line.title,
        agreement=line.reference,
        source="agreement",
    )


def stream_declaration(found: Declaration) -> Iterator[str]:
    """Yield a declaration as CSV."""
    rows = (
        (
            one.company,
            one.on.isoformat(),
            one.kind,
            write_pounds(one.amount_pence),
            one.currency,
            "yes" if one.is_in_kind else "no",
            one.words,
            one.agreement,
            one.source,
        )
        for company in found.companies
        for one in company.interests
    )
    return iterate_csv(COLUMNS, rows)
