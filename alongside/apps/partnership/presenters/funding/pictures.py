"""Pictures of independence: one group's years as stacked shares, and all groups of a year against the level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules.money import write_money
from alongside.apps.partnership.queries.funding.criteria import CriteriaPage
from alongside.apps.partnership.queries.funding.independence import GroupShare, GroupYear, get_own_name
from alongside.charts import (
    Chart,
    Level,
    Said,
    ShareDot,
    SharePart,
    ShareRow,
    draw_share_bars,
    draw_share_dots,
)

MOST_NAMED, MOST_DOTS = 3, 15


@dataclass(frozen=True)
class Picture:
    """One picture twice: for a desk and for a phone."""

    wide: Chart
    narrow: Chart


def write_share(share: float | None) -> str:
    """Return a share as people read it: whole per cent, “under 1 %” for little, “not known” for none."""
    if share is None:
        return _("not known")
    if 0 < share < 0.01:
        return _("under 1 %")
    return f"{round(100 * share)} %"


def describe_lean(years: Sequence[GroupYear]) -> str:
    """Return how far a group leans on one funder in its last year with a known income, in plain words."""
    known = [one for one in years if one.shares.leans != "unknown"]
    if not known:
        return _("How far it leans on one funder cannot be said, because its income is not written down.")
    words = {
        "one": _("It leans on one funder: half of its income or more comes from one hand."),
        "few": _("It leans on few: as if fewer than four funders gave alike."),
        "many": _("It stands on many: as if four or more funders gave alike."),
        "unclear": _("How far it leans on one funder cannot be said: too much has no known source."),
    }[known[-1].shares.leans]
    return _("In the year to %(day)s: %(words)s") % {
        "day": date_format(known[-1].ends_on, "j F Y"),
        "words": words,
    }


def draw_group(name: str, years: Sequence[GroupYear], level: CriteriaPage) -> Picture | None:
    """Return a group's years as stacked bars, ours first; None where nothing is known of any year."""
    if not years:
        return None
    named = _name_largest(years)
    rows = [_row(one, named) for one in years]
    said = Said(
        _group_headline(name, years, level),
        _(
            "Each bar is one financial year of the group. From the left: what we gave, other funders we know of, "
            "and income without a known funder. The dashed line is the level from which we look twice."
        ),
        group_columns(),
        tuple(tuple(row) for row in group_rows(years)),
    )
    return Picture(
        draw_share_bars(rows, key="group-wide", said=said, level=_level(level)),
        draw_share_bars(rows, key="group-narrow", said=said, level=_level(level), narrow=True),
    )


def _level(page: CriteriaPage) -> Level:
    words = _("level %(n)s %%") % {"n": page.warn_from_percent}
    return Level(page.warn_from_percent / 100, words)


def _name_largest(years: Sequence[GroupYear]) -> set[str]:
    """Return the other funders that are drawn by name: those who gave most over the years."""
    totals: dict[str, int] = {}
    for one in (share for year in years for share in year.shares.shares if not share.is_ours):
        totals[one.name] = totals.get(one.name, 0) + (one.pence or 0)
    return set(sorted(totals, key=lambda name: (-totals[name], name))[:MOST_NAMED])


def _row(year: GroupYear, named: set[str]) -> ShareRow:
    label = _year_words(year)
    shares = year.shares
    if shares.others_share is None:
        return ShareRow(label, (), _("income not written down"))
    ours = [one for one in shares.shares if one.is_ours]
    others = [one for one in shares.shares if not one.is_ours and one.share]
    parts = [
        SharePart(one.name, shares.ours or 0.0, write_share(shares.ours), emphasised=True) for one in ours
    ]
    parts += [SharePart(one.name, one.share or 0.0) for one in others if one.name in named]
    if more := sum(one.share or 0.0 for one in others if one.name not in named):
        parts.append(SharePart(_("other funders"), more))
    parts.append(SharePart(_("no known funder"), shares.others_share, is_rest=True))
    return ShareRow(label, tuple(parts), write_share(shares.ours))


def _year_words(year: GroupYear) -> str:
    words = _("to %(day)s") % {"day": date_format(year.ends_on, "j M Y")}
    return words if year.is_over else _("%(words)s, so far") % {"words": words}


def _group_headline(name: str, years: Sequence[GroupYear], level: CriteriaPage) -> str:
    us = get_own_name()  # “us” would mean somebody else on the group's own page
    known = next((one for one in reversed(years) if one.shares.ours is not None), None)
    if known is None:
        return _("Nobody can say how much of %(name)s’s income comes from %(us)s") % {"name": name, "us": us}
    percent = level.warn_from_percent
    words = {"name": name, "us": us, "share": write_share(known.shares.ours), "level": percent}
    if 100 * (known.shares.ours or 0) >= percent:
        return _("%(share)s of %(name)s’s income came from %(us)s: the level is %(level)s %%") % words
    return _("%(share)s of %(name)s’s income came from %(us)s, below the level of %(level)s %%") % words


def group_columns() -> tuple[str, ...]:
    """Return the columns of the table behind a group's picture."""
    return (
        _("Year that ends"),
        _("Funder"),
        _("Amount"),
        _("Share of income"),
        _("Income"),
        _("Income read in"),
    )


def group_rows(years: Iterable[GroupYear]) -> Iterable[list[str]]:
    """Yield a row for each funder of each year, and one for the income nobody is known for."""
    for year in years:
        end, income = year.ends_on.isoformat(), year.shares.income_pence
        tail = [write_money(income) if income is not None else _("not known"), year.income_source]
        for one in year.shares.shares:
            amount = write_money(one.pence) if one.pence is not None else _("not known")
            if one.unvalued:
                things = ngettext("%(n)s thing not valued", "%(n)s things not valued", one.unvalued)
                amount = f"{amount if one.pence is not None else ''} + {things % {'n': one.unvalued}}".strip(
                    " +"
                )
            yield [end, one.name, amount, write_share(one.share), *tail]
        if year.shares.others_share is not None and income:
            rest = round(income * year.shares.others_share)
            yield [end, _("no known funder"), write_money(rest), write_share(year.shares.others_share), *tail]
        elif not year.shares.shares:
            yield [end, _("nobody known"), _("not known"), _("not known"), *tail]


def draw_overview(year: int, shares: Sequence[GroupShare], level: CriteriaPage) -> Picture | None:
    """Return the groups with the largest shares of a year as dots against the level; None where none is known."""
    known = [one for one in shares if one.share is not None]
    if not known:
        return None
    share = level.warn_from_percent / 100
    dots = [ShareDot(one.name, one.share or 0.0, write_share(one.share)) for one in known[:MOST_DOTS]]
    said = Said(
        _overview_headline(year, known, share),
        _overview_summary(len(known), len(shares) - len(known)),
        overview_columns(),
        tuple(tuple(row) for row in overview_rows(known[:MOST_DOTS])),
    )
    return Picture(
        draw_share_dots(dots, key="overview-wide", said=said, level=_level(level)),
        draw_share_dots(dots, key="overview-narrow", said=said, level=_level(level), narrow=True),
    )


def _overview_headline(year: int, known: Sequence[GroupShare], level: float) -> str:
    above = sum((one.share or 0) >= level for one in known)
    words = {"n": above, "of": len(known), "level": round(100 * level), "year": year}
    if not above:
        return _("In %(year)s no group took %(level)s %% or more of its income from us") % words
    return (
        ngettext(
            "In %(year)s %(n)s of %(of)s groups took %(level)s %% or more of its income from us",
            "In %(year)s %(n)s of %(of)s groups took %(level)s %% or more of their income from us",
            above,
        )
        % words
    )


def _overview_summary(known: int, unknown: int) -> str:
    words = [
        _("Each mark is one group: what we gave it as a share of its whole income in its own financial year.")
    ]
    if known > MOST_DOTS:
        words.append(_("The %(n)s largest shares are drawn.") % {"n": MOST_DOTS})
    if unknown:
        words.append(
            ngettext(
                "For %(n)s more group the income is not written down, so it has no share.",
                "For %(n)s more groups the income is not written down, so they have no share.",
                unknown,
            )
            % {"n": unknown}
        )
    return " ".join(words)


def overview_columns() -> tuple[str, ...]:
    """Return the columns of the table behind the overview."""
    return (_("Group"), _("Year that ends"), _("We gave"), _("Income"), _("Our share"), _("Income read in"))


def overview_rows(shares: Iterable[GroupShare]) -> Iterable[list[str]]:
    """Yield a row for each group."""
    for one in shares:
        amount = write_money(one.ours_pence) if one.ours_pence is not None else _("not valued")
        if one.unvalued and one.ours_pence is not None:
            things = ngettext("%(n)s thing not valued", "%(n)s things not valued", one.unvalued)
            amount = f"{amount} + {things % {'n': one.unvalued}}"
        yield [
            one.name,
            one.ends_on.isoformat() if one.ends_on else "",
            amount,
            write_money(one.income_pence) if one.income_pence is not None else _("not known"),
            write_share(one.share),
            one.source,
        ]
