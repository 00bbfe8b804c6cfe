"""Voices in, themes out: every voice is placed, left for a person to read, or blank; the same answer twice."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from alongside.science.themes.features import TextSpace
from alongside.science.themes.grouping import Groups, find_groups, near_enough
from alongside.science.themes.naming import name_themes
from alongside.science.themes.quoting import choose_quotes
from alongside.science.themes.words import fold, is_blank, tokens
from alongside.science.values.themes import Placement, Theme, ThemeResult, ThemeSettings, VoiceText

ENGINE = "alongside-words"
ENGINE_VERSION = "1"
NAMESPACE = UUID("6f1d9e0c-52f4-5c1c-9a4f-3b0a6f6f2f11")
TEXTS_LEARNED_FROM = 20_000  # the space is learned from a seeded sample of this many different texts
TEXTS_AT_ONCE = 10_000
TEXTS_NAMED_FROM = 4_000
MANY_UNPLACED = 0.25
WORDS_IN_A_NAME = 4
EDGES = " .,!?;:-–—'\"()…"


@dataclass(frozen=True)
class _Distinct:
    """The different texts among the voices that answered, how often each was said, and whose they are."""

    texts: list[str]
    times: npt.NDArray[np.float64]
    text_of_voice: dict[int, int]


def find_themes(voices: Sequence[VoiceText], settings: ThemeSettings | None = None) -> ThemeResult:
    """Return themes with evidence and a placement for every voice, in the order of the voices.

    Works for any number of voices, also none. Method, guarantees and limits: docs/methods/themes.md.
    """
    settings = settings or ThemeSettings()
    digest = _digest(voices, settings)
    with threadpool_limits(1):  # sums in one order, so that the same voices give the same answer everywhere
        return _find(voices, settings, digest)


def _find(voices: Sequence[VoiceText], settings: ThemeSettings, digest: str) -> ThemeResult:
    distinct = _distinct_texts(voices)
    themes: tuple[Theme, ...] = ()
    placements = [Placement(voice.id, None, None, "blank") for voice in voices]
    if distinct.texts:
        space, groups = _learn(distinct, settings)
        labels, closeness = _assign(distinct.texts, space, groups)
        placed = closeness >= near_enough(closeness)
        members = _members(distinct, labels, closeness, placed, len(groups.centres))
        themes = _describe(voices, distinct, members, space, groups, settings, digest)
        by_group = dict(zip(_by_size(members), themes, strict=True))
        for voice, text in distinct.text_of_voice.items():
            theme = by_group.get(int(labels[text])) if placed[text] else None
            score = round(float(np.clip(closeness[text], 0, 1)), 4)
            placements[voice] = Placement(
                voices[voice].id, theme.id if theme else None, score, "placed" if theme else "unplaced"
            )
    notes = _deviations(placements, themes, distinct, settings)
    return ThemeResult(ENGINE, ENGINE_VERSION, settings.seed, digest, themes, tuple(placements), notes)


def _digest(voices: Sequence[VoiceText], settings: ThemeSettings) -> str:
    """Return a fingerprint of everything the answer depends on."""
    fingerprint = hashlib.sha256(f"{ENGINE} {ENGINE_VERSION} {settings}".encode())
    for voice in voices:
        for part in (voice.id, voice.text, voice.person or ""):
            data = part.encode("utf-8", "surrogatepass")
            fingerprint.update(len(data).to_bytes(8, "big") + data)
    return fingerprint.hexdigest()


def _distinct_texts(voices: Sequence[VoiceText]) -> _Distinct:
    places: dict[str, int] = {}
    times: list[float] = []
    text_of_voice: dict[int, int] = {}
    for number, voice in enumerate(voices):
        if is_blank(voice.text):
            continue
        text = fold(voice.text)
        place = places.setdefault(text.strip(EDGES) or text, len(places))
        if place == len(times):
            times.append(0.0)
        times[place] += 1.0
        text_of_voice[number] = place
    return _Distinct(list(places), np.array(times), text_of_voice)


def _learn(distinct: _Distinct, settings: ThemeSettings) -> tuple[TextSpace, Groups]:
    count = len(distinct.texts)
    chosen = np.arange(count)
    if count > TEXTS_LEARNED_FROM:
        chosen = np.sort(np.random.default_rng(settings.seed).permutation(count)[:TEXTS_LEARNED_FROM])
    space = TextSpace([distinct.texts[place] for place in chosen], seed=settings.seed)
    weights = 1.0 + np.log(
        distinct.times[chosen]
    )  # an answer given 400 times weighs more, not 400 times more
    return space, find_groups(space.vectors, weights, wanted=settings.themes, seed=settings.seed)


def _assign(
    texts: Sequence[str], space: TextSpace, groups: Groups
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    parts = [
        groups.nearest(space.place(texts[start : start + TEXTS_AT_ONCE]))
        for start in range(0, len(texts), TEXTS_AT_ONCE)
    ]
    return np.concatenate([labels for labels, _ in parts]), np.concatenate([close for _, close in parts])


def _members(
    distinct: _Distinct,
    labels: npt.NDArray[np.intp],
    closeness: npt.NDArray[np.float64],
    placed: npt.NDArray[np.bool_],
    groups: int,
) -> list[list[int]]:
    """Return the voices of each group, closest first."""
    members: list[list[int]] = [[] for _ in range(groups)]
    for voice, text in distinct.text_of_voice.items():
        if placed[text]:
            members[int(labels[text])].append(voice)
    for group in members:
        group.sort(key=lambda voice: (-round(float(closeness[distinct.text_of_voice[voice]]), 6), voice))
    return members


def _by_size(members: list[list[int]]) -> list[int]:
    """Return the groups that have members, largest first."""
    filled = [group for group, voices in enumerate(members) if voices]
    return sorted(filled, key=lambda group: (-len(members[group]), members[group][0]))


def _describe(
    voices: Sequence[VoiceText],
    distinct: _Distinct,
    members: list[list[int]],
    space: TextSpace,
    groups: Groups,
    settings: ThemeSettings,
    digest: str,
) -> tuple[Theme, ...]:
    order = _by_size(members)
    texts = [_spoken(voices, distinct, members[group]) for group in order]
    named = name_themes(texts, keywords=settings.keywords, people=_names(voices))
    persons_known = any(voice.person for voice in voices)
    themes = []
    for position, (group, (name, keywords)) in enumerate(zip(order, named, strict=True)):
        quotes = choose_quotes(
            voices,
            members[group],
            space=space,
            centre=groups.centres[group],
            keywords=keywords,
            wanted=settings.quotes,
        )
        people = (
            len({voices[voice].person for voice in members[group]} - {None, ""}) if persons_known else None
        )
        themes.append(
            Theme(
                uuid5(NAMESPACE, f"{digest} {position}"), name, keywords, len(members[group]), people, quotes
            )
        )
    return tuple(themes)


def _names(voices: Sequence[VoiceText]) -> frozenset[str]:
    """Return the words of people's names, where voices carry names and not numbers: no theme is called by one."""
    names = {voice.person for voice in voices if voice.person}
    return frozenset(
        word for name in names if not any(map(str.isdigit, name)) for word in tokens(name)[:WORDS_IN_A_NAME]
    )


def _spoken(voices: Sequence[VoiceText], distinct: _Distinct, members: list[int]) -> list[str]:
    """Return each different text of a theme once, as it was first said."""
    first: dict[int, str] = {}
    for voice in members:
        first.setdefault(distinct.text_of_voice[voice], voices[voice].text)
    return list(first.values())[:TEXTS_NAMED_FROM]


def _deviations(
    placements: Sequence[Placement],
    themes: Sequence[Theme],
    distinct: _Distinct,
    settings: ThemeSettings,
) -> tuple[str, ...]:
    notes = []
    unplaced = sum(placement.status == "unplaced" for placement in placements)
    answered = len(distinct.text_of_voice)
    if not answered:
        notes.append("No voice says anything, so there are no themes.")
    elif unplaced > MANY_UNPLACED * answered:
        notes.append(f"{unplaced} of {answered} voices are unplaced: please read them.")
    if settings.themes is not None and len(themes) != settings.themes and answered:
        notes.append(
            f"{settings.themes} themes were asked for, {len(themes)} were found: "
            f"the {len(distinct.texts)} different answers fall into no more."
        )
    if len(distinct.texts) > TEXTS_LEARNED_FROM:
        notes.append(
            f"The themes were learned from a sample of {TEXTS_LEARNED_FROM:,} of {len(distinct.texts):,} "
            "different answers; every voice was then placed."
        )
    return tuple(notes)
