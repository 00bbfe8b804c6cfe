"""The trail: from any link of the chain, what it came from and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import TrailStep, registry, resolve
from alongside.science.values.trail import TrailItem

MOST_ITEMS = 50


@dataclass(frozen=True)
class TrailStop:
    """One link as it stands on a page: how many there are and where they can be seen."""

    name: str
    label: str
    count: int
    url: str
    is_here: bool


@dataclass(frozen=True)
class TrailSection:
    """One link with its things, at most fifty of them."""

    stop: TrailStop
    items: Sequence[TrailItem]


def get_trail(viewer: Viewer, step_name: str, object_id: UUID) -> list[TrailStop]:
    """Return every link of the chain as seen from one thing, with counts, from voice to feedback."""
    return [
        _stop(viewer, step_name, object_id, step, ids) for step, ids in _walk(viewer, step_name, object_id)
    ]


def list_trail(viewer: Viewer, step_name: str, object_id: UUID) -> list[TrailSection]:
    """Return every link of the chain as seen from one thing, with the things themselves."""
    return [
        TrailSection(
            stop=_stop(viewer, step_name, object_id, step, ids),
            items=resolve(step.describe)(viewer, ids)[:MOST_ITEMS],
        )
        for step, ids in _walk(viewer, step_name, object_id)
    ]


def _walk(viewer: Viewer, step_name: str, object_id: UUID) -> list[tuple[TrailStep, Any]]:
    """Walk from the thing towards the voices and towards the feedback; ids stay queries, never long lists."""
    steps = registry.list_trail_steps()
    here = next((index for index, step in enumerate(steps) if step.name == step_name), None)
    if here is None:
        return []
    ids_of: dict[int, Any] = {here: [object_id]}
    place_of = {step.name: index for index, step in enumerate(steps)}
    for index in range(here - 1, -1, -1):
        leaper = next(
            (step for step in steps[index + 2 : here + 1] if step.leaps_from == steps[index].name), None
        )
        if leaper:
            far = ids_of[place_of[leaper.name]]
            ids_of[index] = resolve(leaper.leap_backward)(viewer, ids_of[index + 1], far)
        else:
            ids_of[index] = resolve(steps[index + 1].backward)(viewer, ids_of[index + 1])
    for index in range(here + 1, len(steps)):
        step = steps[index]
        far_index = place_of.get(step.leaps_from, -1)
        if far_index >= here:
            ids_of[index] = resolve(step.leap_forward)(viewer, ids_of[index - 1], ids_of[far_index])
        else:
            ids_of[index] = resolve(step.forward)(viewer, ids_of[index - 1])
    return [(step, ids_of[index]) for index, step in enumerate(steps)]


def _stop(viewer: Viewer, step_name: str, object_id: UUID, step: TrailStep, ids: Any) -> TrailStop:
    count = len(ids) if isinstance(ids, list) else ids.count()
    is_here = step.name == step_name
    url = ""
    if count == 1 and not is_here:
        items = resolve(step.describe)(viewer, ids)
        url = items[0].url if items else ""
    elif count and not is_here:
        url = _trail_url(step_name, object_id, step.name)
    return TrailStop(name=step.name, label=gettext(step.label), count=count, url=url, is_here=is_here)


def _trail_url(step_name: str, object_id: UUID, anchor: str) -> str:
    try:
        return f"{reverse('home:trail', args=[step_name, object_id])}#{anchor}"
    except NoReverseMatch:
        return ""
