"""How often each group of people speaks of each theme."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from alongside.science.values.themes import GroupCount, Placement, VoiceText


def count_by_group(
    column: str, groups: Sequence[str], voices: Sequence[VoiceText], placements: Sequence[Placement]
) -> tuple[GroupCount, ...]:
    """Return exact counts for each theme and group that meet, in order of theme and of group size.

    `groups`, `voices` and `placements` run in step. Counts are exact: protect them before they leave the team.
    """
    said: Counter[tuple[UUID, str]] = Counter()
    people: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    persons_known = any(voice.person for voice in voices)
    for group, voice, placement in zip(groups, voices, placements, strict=True):
        if placement.theme_id is None:
            continue
        cell = (placement.theme_id, group)
        said[cell] += 1
        sizes[group] += 1
        if voice.person:
            people[cell].add(voice.person)
    order = {theme: place for place, theme in enumerate(dict.fromkeys(theme for theme, _ in said))}
    cells = sorted(said, key=lambda cell: (order[cell[0]], -sizes[cell[1]], cell[1]))
    return tuple(
        GroupCount(
            column, group, theme, said[theme, group], len(people[theme, group]) if persons_known else None
        )
        for theme, group in cells
    )
