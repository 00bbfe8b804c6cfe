"""What a group lives on in one year, as values: its income, who gave how much, and what follows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GivenTo:
    """What one funder gave in one year. `pence` is None where it is known to have given, not how much.

    `unvalued` counts things given in kind that nobody could value: they are in no share.
    """

    name: str
    pence: int | None
    is_ours: bool = False
    unvalued: int = 0


@dataclass(frozen=True)
class YearOfIncome:
    """One financial year of a group: its label, its whole income in pence where known, and who gave what."""

    label: str
    income_pence: int | None
    given: tuple[GivenTo, ...]


@dataclass(frozen=True)
class FunderShare:
    """One funder's share of a year's income, from 0 to 1 (more where the figures disagree); None where unknown."""

    name: str
    pence: int | None
    share: float | None
    is_ours: bool
    unvalued: int = 0


@dataclass(frozen=True)
class YearShares:
    """A year as shares, the largest first.

    `others_share` is income that no named funder accounts for. `lowest` and `highest` bound the concentration: the sum
    of squared shares if the rest came from very many, or from one. `disagrees` says that named funders gave more than
    the whole income. `leans` is one of unknown, one (half or more from one funder), few (as if from fewer than four),
    many, unclear (the bounds lie on both sides).
    """

    label: str
    income_pence: int | None
    shares: tuple[FunderShare, ...]
    ours: float | None
    others_share: float | None
    lowest: float | None
    highest: float | None
    disagrees: bool
    leans: str

    @property
    def unvalued(self) -> int:
        """Return how many things in kind stand in no share."""
        return sum(one.unvalued for one in self.shares)
