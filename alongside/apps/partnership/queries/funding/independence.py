"""How much of groups' income comes from us and from others: one group over its years, all groups in one year.

What counts as ours is what was paid or given by the day it was paid, in the group's own financial year. Without a
known income there is no share; nobody reads 0 % where nobody knows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.funding import (
    GivenTo,
    YearOfIncome,
    YearShares,
    measure_year,
    year_end_of,
    year_starts_on,
)
from alongside.apps.partnership.models import FundingRequest, OtherFunder, Payment
from alongside.apps.partnership.queries.funding.criteria import CriteriaPage, get_warning_level
from alongside.apps.people.queries import IncomeLine, list_incomes, list_year_ends
from alongside.apps.people.queries.parties import get_own_organisation_name

CALENDAR_YEAR = date(2000, 12, 31)
MOST_YEARS = 6
NEAR = 0.8  # of the warning level
# Pence of what was valued, and how many things were not.
PENCE = Sum("amount_pence")
UNVALUED = Count("paid_on", filter=Q(amount_pence=None))  # each payment counted here has its day


@dataclass(frozen=True)
class Gift:
    """What we gave one organisation on one day, in one currency: pence where valued, and things without a value."""

    organisation_id: UUID
    name: str
    paid_on: date
    currency: str
    pence: int | None
    unvalued: int


@dataclass(frozen=True)
class GroupYear:
    """One financial year of a group: its shares, where the income was read, what stands in no share."""

    ends_on: date
    is_over: bool
    shares: YearShares
    income_source: str
    left_out: int  # amounts in another currency than the income's


@dataclass(frozen=True)
class GroupShare:
    """One group in one year: our share of its income, or unknown."""

    organisation_id: UUID
    name: str
    ends_on: date | None
    income_pence: int | None
    ours_pence: int | None
    share: float | None
    unvalued: int
    source: str


class GroupSum(NamedTuple):
    """What one group was given in one year, as the database sums it: thousands are drawn at once."""

    organisation_id: UUID
    ends_on: date | None
    pence: int | None
    unvalued: int
    name: str
    income_pence: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Foresight:
    """What our share would be: what we gave in the twelve months before, and what is asked, against the last income."""

    income: IncomeLine | None
    given_pence: int
    asked_pence: int | None
    share: float | None
    level: CriteriaPage

    @property
    def tone(self) -> str:
        """Return how near it is to the level: above, near, below, or unknown."""
        if self.share is None:
            return "unknown"
        percent = 100 * self.share
        if percent >= self.level.warn_from_percent:
            return "above"
        return "near" if percent >= NEAR * self.level.warn_from_percent else "below"


def get_own_name() -> str:
    """Return what we are called in a picture of funders and in a paper."""
    return get_own_organisation_name() or _("Our organisation")


def _list_gifts(
    viewer: Viewer, since: date, until: date, organisation_ids: Collection[UUID] | None = None
) -> list[Gift]:
    paid = _select_given(viewer).filter(paid_on__gte=since, paid_on__lte=until)
    if organisation_ids is not None:
        paid = paid.filter(organisation_id__in=list(organisation_ids))
    rows = (
        paid.order_by()
        .values_list("organisation_id", "organisation__name", "paid_on", "currency")
        .annotate(pence=Sum("amount_pence"), unvalued=Count("id", filter=Q(amount_pence=None)))
    )
    return [Gift(*row) for row in rows]


def list_group_years(viewer: Viewer, organisation_id: UUID, on: date) -> list[GroupYear]:
    """Return a group's last financial years, oldest first, each with every known funder's share."""
    incomes = {one.year_ends_on: one for one in list_incomes(viewer, [organisation_id])}
    gifts = _list_gifts(viewer, date(1990, 1, 1), on, [organisation_id])
    others = _list_others(viewer, [organisation_id])
    pattern = max(incomes, default=CALENDAR_YEAR)
    ends = set(incomes)
    ends |= {_find_end(one.paid_on, incomes, pattern) for one in gifts}
    known_years = {one.year for one in ends}
    ends |= {year_end_of(date(one.year, 1, 1), pattern) for one in others if one.year not in known_years}
    last, us = sorted(ends)[-MOST_YEARS:], get_own_name()
    return [_as_year(end, incomes, gifts, others, pattern, us, on) for end in last]


def _find_end(day: date, incomes: Iterable[date], pattern: date) -> date:
    """Return the end of the year a day lies in: a known one where there is one."""
    return next((end for end in incomes if year_starts_on(end) <= day <= end), year_end_of(day, pattern))


def _as_year(
    end: date,
    incomes: dict[date, IncomeLine],
    gifts: Sequence[Gift],
    others: Sequence[OtherFunder],
    pattern: date,
    us: str,
    on: date,
) -> GroupYear:
    income = incomes.get(end)
    currency = income.currency if income else "GBP"
    ours = [one for one in gifts if _find_end(one.paid_on, incomes, pattern) == end]
    theirs = [one for one in others if one.year == end.year]
    fitting = [one for one in ours if one.currency == currency]
    left_out = len(ours) - len(fitting) + sum(one.currency != currency for one in theirs)
    given = [_ours(fitting, us)] if fitting else []
    given += [GivenTo(one.name, one.amount_pence) for one in theirs if one.currency == currency]
    label = end.isoformat()
    shares = measure_year(YearOfIncome(label, income.amount_pence if income else None, tuple(given)))
    return GroupYear(end, end <= on, shares, income.source if income else "", left_out)


def _ours(gifts: Sequence[Gift], us: str) -> GivenTo:
    valued = [one.pence for one in gifts if one.pence is not None]
    unvalued = sum(one.unvalued for one in gifts)
    return GivenTo(us, sum(valued) if valued else None, is_ours=True, unvalued=unvalued)


def _list_others(viewer: Viewer, organisation_ids: Collection[UUID]) -> list[OtherFunder]:
    return list(select_other_funders(viewer).filter(organisation_id__in=list(organisation_ids)))


def select_other_funders(viewer: Viewer) -> "QuerySet[OtherFunder]":
    """Return the other funders a viewer may see: the team all, a group its own."""
    if viewer.may("see_funding"):
        return OtherFunder.objects.all()
    if viewer.partner_id is not None and viewer.may("see_own_organisation"):
        return OtherFunder.objects.filter(organisation_id=viewer.partner_id)
    return OtherFunder.objects.none()


def list_group_shares(viewer: Viewer, year: int) -> list[GroupShare]:
    """Return every group we gave to in its financial year that ends in a year, our largest share first.

    Groups whose income is not known stand last: their calendar year is taken, and they have no share.
    """
    if not viewer.may("see_funding"):
        return []
    sums = [*_sum_where_income_is_known(viewer, year), *_sum_in_calendar_year(viewer, year)]
    return sorted(
        (_as_group_share(one) for one in sums),
        key=lambda one: (one.share is None, -(one.share or 0), one.name),
    )


def _select_given(viewer: Viewer) -> "QuerySet[Payment]":
    return Payment.objects.for_viewer(viewer).filter(state=Payment.State.PAID, organisation__isnull=False)


def _sum_where_income_is_known(viewer: Viewer, year: int) -> list[GroupSum]:
    """Return what each group was given in its own financial year, summed in the database, with its income then."""
    within = Q(pk__in=[])
    for end in list_year_ends(viewer, year):  # a few days, however many groups there are
        within |= Q(organisation__incomes__year_ends_on=end, paid_on__range=(year_starts_on(end), end))
    rows = (
        _select_given(viewer)
        .filter(within, currency=F("organisation__incomes__currency"))
        .order_by("organisation_id", "organisation__incomes__year_ends_on")
        .values_list("organisation_id", "organisation__incomes__year_ends_on")
        .annotate(
            pence=PENCE,
            unvalued=UNVALUED,
            name=Min("organisation__name"),
            income=Min("organisation__incomes__amount_pence"),
            source=Min("organisation__incomes__source"),
        )
    )
    first: dict[UUID, GroupSum] = {}  # two financial years may end in one calendar year: the earlier counts
    for row in rows:
        first.setdefault(row[0], GroupSum(*row))
    return list(first.values())


def _sum_in_calendar_year(viewer: Viewer, year: int) -> list[GroupSum]:
    """Return what groups were given in a year in which no financial year with a known income ends."""
    given = _select_given(viewer).filter(
        currency="GBP", paid_on__range=(date(year, 1, 1), date(year, 12, 31))
    )
    rows = (
        given.exclude(organisation__incomes__year_ends_on__year=year)
        .order_by()
        .values_list("organisation_id")
        .annotate(pence=PENCE, unvalued=UNVALUED, name=Min("organisation__name"))
    )
    return [GroupSum(group, None, *figures) for group, *figures in rows]


def _as_group_share(one: GroupSum) -> GroupShare:
    # The one figure of science.independence.measure_year that is asked for of thousands of groups at once.
    share = one.pence / one.income_pence if one.income_pence and one.pence is not None else None
    return GroupShare(
        organisation_id=one.organisation_id,
        name=one.name,
        ends_on=one.ends_on,
        income_pence=one.income_pence,
        ours_pence=one.pence,
        share=share,
        unvalued=one.unvalued,
        source=one.source,
    )


def _as_share(gifts: Sequence[Gift], income: IncomeLine | None, year: int) -> GroupShare | None:
    end = income.year_ends_on if income else date(year, 12, 31)
    currency = income.currency if income else "GBP"
    start = year_starts_on(end)
    within = [one for one in gifts if start <= one.paid_on <= end and one.currency == currency]
    if not within:
        return None
    shares = measure_year(YearOfIncome("", income.amount_pence if income else None, (_ours(within, ""),)))
    return GroupShare(
        organisation_id=gifts[0].organisation_id,
        name=gifts[0].name,
        ends_on=income.year_ends_on if income else None,
        income_pence=income.amount_pence if income else None,
        ours_pence=shares.shares[0].pence,
        share=shares.ours,
        unvalued=shares.unvalued,
        source=income.source if income else "",
    )


def list_shares_above(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[GroupShare]:
    """Return those of these groups where our share reaches the level in their last known financial year."""
    last: dict[UUID, IncomeLine] = {}
    for income in list_incomes(viewer, organisation_ids):  # newest first
        last.setdefault(income.organisation_id, income)
    if not last:
        return []
    since = min(year_starts_on(one.year_ends_on) for one in last.values())
    by_group: dict[UUID, list[Gift]] = defaultdict(list)
    for gift in _list_gifts(viewer, since, on, last):
        by_group[gift.organisation_id].append(gift)
    level = get_warning_level(on).warn_from_percent
    shares = [_as_share(rows, last[group], on.year) for group, rows in by_group.items()]
    return [one for one in shares if one is not None and 100 * (one.share or 0) >= level]


def list_years_of_giving(viewer: Viewer) -> list[int]:
    """Return the years from the first to the last in which we gave, newest first."""
    days = _select_given(viewer).order_by().values_list("paid_on", flat=True)
    first, last = (days.order_by(order).first() for order in ("paid_on", "-paid_on"))
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def foresee(viewer: Viewer, request: FundingRequest, on: date) -> Foresight:
    """Return what our share of a group's income would be with this request, against its last known income."""
    incomes = list_incomes(viewer, [request.organisation_id])
    gifts = _list_gifts(viewer, on - timedelta(days=365), on, [request.organisation_id])
    given = sum(one.pence or 0 for one in gifts if one.currency == request.currency)
    asked = request.granted_pence or request.amount_pence or request.in_kind_value_pence
    income = next((one for one in incomes if one.currency == request.currency), None)
    share = None
    if income is not None and income.amount_pence and not (asked is None and not given):
        share = (given + (asked or 0)) / income.amount_pence
    return Foresight(income, given, asked, share, get_warning_level(on))
