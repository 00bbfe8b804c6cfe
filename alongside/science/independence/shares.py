"""Shares of one year's income and how concentrated they are. What is unknown stays unknown, never nought."""

from alongside.science.values.independence import FunderShare, GivenTo, YearOfIncome, YearShares

ONE_FUNDER = 0.5  # half or more from one: it leans on that one
FEW = 0.25  # a sum of squares above this is as if fewer than four gave alike


def measure_year(year: YearOfIncome) -> YearShares:
    """Return a year's shares, largest first, our own share, and bounds of the concentration.

    Amounts are pence; a negative one or a negative income raises ValueError. Without an income, or with one of
    nought, every share is None. Method: docs/methods/independence.md.
    """
    if (year.income_pence or 0) < 0 or any((one.pence or 0) < 0 for one in year.given):
        raise ValueError("Income and gifts are not negative.")
    income = year.income_pence or None
    shares = tuple(sorted((_share(one, income) for one in year.given), key=_largest_first))
    ours = [one for one in shares if one.is_ours]
    if income is None:
        return YearShares(year.label, year.income_pence, shares, None, None, None, None, False, "unknown")
    named = sum(one.pence or 0 for one in shares)
    rest = max(1 - named / income, 0.0)
    lowest = sum((one.share or 0.0) ** 2 for one in shares)
    highest = lowest + rest**2
    disagrees = named > income
    return YearShares(
        label=year.label,
        income_pence=income,
        shares=shares,
        ours=_sum_of_ours(ours),
        others_share=rest,
        lowest=lowest,
        highest=highest,
        disagrees=disagrees,
        leans="unclear" if disagrees else _lean(shares, lowest, highest, rest),
    )


def _share(given: GivenTo, income: int | None) -> FunderShare:
    share = None if income is None or given.pence is None else given.pence / income
    return FunderShare(given.name, given.pence, share, given.is_ours, given.unvalued)


def _largest_first(one: FunderShare) -> tuple[int, str]:
    return (-(one.pence or 0), one.name)


def _sum_of_ours(ours: list[FunderShare]) -> float | None:
    """Return our share; nought only where nothing of ours is known to have been given, or to be worth something."""
    known = [one.share for one in ours if one.share is not None]
    return sum(known) if known or not ours else None


def _lean(shares: tuple[FunderShare, ...], lowest: float, highest: float, rest: float) -> str:
    if any((one.share or 0.0) >= ONE_FUNDER for one in shares):
        return "one"
    if rest >= ONE_FUNDER or lowest <= FEW < highest:
        return "unclear"
    return "few" if lowest > FEW else "many"
