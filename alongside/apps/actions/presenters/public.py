"""The filters of the public page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.actions.queries.public import Choice
from alongside.apps.base.presenters import Chip, make_chips


@dataclass(frozen=True)
class PublicFilters:
    """The drop-downs and the chips of what is chosen."""

    conditions: list[dict[str, object]]
    stages: list[dict[str, object]]
    chips: list[Chip]


def draw_public_filters(
    query: QueryDict, conditions: Sequence[Choice], stages: Sequence[Choice]
) -> PublicFilters:
    """Return the filters with what is chosen marked."""
    return PublicFilters(
        conditions=_options(conditions, query.get("condition", "")),
        stages=_options(stages, query.get("stage", "")),
        chips=make_chips(
            query,
            {
                "condition": (_("About"), {one.value: one.label for one in conditions}),
                "stage": (_("Step of care"), {one.value: one.label for one in stages}),
            },
        ),
    )


def _options(choices: Sequence[Choice], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("everything")}]
    return every + [
        {"value": one.value, "text": one.label, "selected": one.value == chosen} for one in choices
    ]
