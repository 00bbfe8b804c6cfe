"""Needs as pages show them: in the reader's words, with what happened last."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.apps.engagement.queries.needs import PersonNeeds
from alongside.apps.people.queries.needs import NeedLine
from alongside.apps.people.rules.needs import NEED_LABELS, STRENGTHS, VISIBILITIES

_STRENGTHS, _VISIBILITIES = dict(STRENGTHS), dict(VISIBILITIES)


@dataclass(frozen=True)
class NeedRow:
    """One need with its words in the reader's language."""

    line: NeedLine
    label: str
    strength: str
    visible: str
    met: int
    unmet: int


@dataclass(frozen=True)
class PersonRow:
    """Somebody with what they need."""

    name: str
    needs: list[NeedRow]


def draw_needs(lines: Iterable[NeedLine]) -> list[NeedRow]:
    """Return needs as rows, in the order given."""
    return [
        NeedRow(
            line=line,
            label=str(NEED_LABELS[line.kind]),
            strength=str(_STRENGTHS[line.strength]),
            visible=str(_VISIBILITIES[line.visible_to]),
            met=sum(1 for one in line.occasions if one.is_met),
            unmet=sum(1 for one in line.occasions if not one.is_met),
        )
        for line in lines
    ]


def draw_people(people: Iterable[PersonNeeds]) -> list[PersonRow]:
    """Return people with their needs as rows."""
    return [PersonRow(one.name, draw_needs(one.needs)) for one in people]
