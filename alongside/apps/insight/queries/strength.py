"""How much an insight or a theme rests on: people, groups, engagements; each person counted once."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.bridge import ProtectedPeople, protect_people, protect_words
from alongside.apps.insight.models import Evidence, Insight, Placement, counting

FACTS = {
    "age_band": gettext_lazy("Age"),
    "sex": gettext_lazy("Sex"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "disability": gettext_lazy("Disability"),
    "deprivation_quintile": gettext_lazy("Deprivation quintile"),
    "region": gettext_lazy("Region"),
    "capacity": gettext_lazy("Patient or carer"),
}
YOUNG = ("under 16", "16 to 24")
OLD = ("75 and over",)
FEW_PEOPLE = 8


@dataclass(frozen=True)
class GroupHeard:
    """How many people of one group spoke, protected: small numbers hidden, the rest rounded."""

    group: str
    people: str


@dataclass(frozen=True)
class FactHeard:
    """Who was heard by one fact people chose to give; `unsaid` did not give it."""

    name: str
    label: str
    groups: tuple[GroupHeard, ...]
    unsaid: str


@dataclass(frozen=True)
class Strength:
    """People (known speakers, once), voices, engagements, and who they are as far as they said.

    `groups` counts the different groups heard from, over all facts.
    """

    people: int
    voices: int
    without_speaker: int
    engagements: tuple[str, ...]
    facts: tuple[FactHeard, ...]
    limits: tuple[str, ...]
    protected: ProtectedPeople

    @property
    def groups(self) -> int:
        """Return how many different groups of people were heard, over all facts."""
        return sum(len(fact.groups) for fact in self.facts)

    @property
    def people_words(self) -> str:
        """Return the number of people for a page that leaves the team, protected as the groups beside it are.

        An exact total would give a hidden group away by subtraction.
        """
        if 0 < self.people < FEW_PEOPLE:
            return _("fewer than %(number)d people") % {"number": FEW_PEOPLE}
        if not self.protected.is_rounded:
            return _("%(number)s people") % {"number": self.protected.people}
        return _("about %(number)s people") % {"number": self.protected.people}

    @property
    def voices_words(self) -> str:
        """Return the number of voices for a page that leaves the team, protected: many people say one thing each."""
        if 0 < self.voices < FEW_PEOPLE:
            return _("fewer than %(number)d voices") % {"number": FEW_PEOPLE}
        return _("about %(number)s voices") % {"number": protect_words(self.voices)}


def list_voice_ids_behind(insight_ids: Any) -> "QuerySet[Any, Any]":
    """Return the voices that are evidence of insights or lie in their themes, as one query of ids."""
    in_themes = Placement.objects.filter(counting(), theme__insights__in=insight_ids)
    quoted = Evidence.objects.filter(counting(), insight__in=insight_ids, voice__isnull=False)
    return in_themes.order_by().values_list("voice_id").union(quoted.order_by().values_list("voice_id"))


def list_speaker_ids_behind(viewer: Viewer, insight_ids: Collection[UUID]) -> list[UUID]:
    """Return everybody whose voice is evidence of these insights or lies in their themes, each once."""
    seen = _seen(viewer, insight_ids)
    in_themes = Placement.objects.filter(counting(), theme__insights__in=seen, voice__speaker__isnull=False)
    quoted = Evidence.objects.filter(counting(), insight__in=seen, voice__speaker__isnull=False)
    found = set(in_themes.values_list("voice__speaker_id", flat=True))
    return sorted(found | set(quoted.values_list("voice__speaker_id", flat=True)))


def list_engagements_behind(viewer: Viewer, insight_ids: Collection[UUID]) -> list[UUID]:
    """Return the engagements these insights rest on, each once."""
    seen = _seen(viewer, insight_ids)
    themes = Placement.objects.filter(counting(), theme__insights__in=seen)
    quoted = Evidence.objects.filter(counting(), insight__in=seen, voice__isnull=False)
    found = set(themes.order_by().values_list("theme__engagement_id", flat=True).distinct())
    return sorted(found | set(quoted.order_by().values_list("voice__engagement_id", flat=True).distinct()))


def get_strength(viewer: Viewer, insight_id: UUID) -> Strength:
    """Return how much an insight rests on."""
    seen = _seen(viewer, [insight_id])
    in_themes = Placement.objects.filter(counting(), theme__insights__in=seen)
    quoted = Evidence.objects.filter(counting(), insight__in=seen, voice__isnull=False)
    return _as_strength([*_rows(in_themes), *_rows(quoted)])


def get_theme_strength(theme_id: UUID) -> Strength:
    """Return how much a theme rests on; the caller has checked that the viewer may see the theme."""
    return _as_strength(_rows(Placement.objects.filter(counting(), theme_id=theme_id)))


def _seen(viewer: Viewer, insight_ids: Collection[UUID]) -> list[UUID]:
    return list(
        Insight.objects.for_viewer(viewer).filter(id__in=list(insight_ids)).values_list("id", flat=True)
    )


_FIELDS = (
    "voice_id",
    "voice__speaker_id",
    "voice__engagement__title",
    *(f"voice__speaker__{n}" for n in FACTS),
)


def _rows(found: "QuerySet[Any, Any]") -> Iterable[tuple[Any, ...]]:
    return found.order_by().values_list(*_FIELDS)


def _as_strength(rows: Iterable[tuple[Any, ...]]) -> Strength:
    voices: set[UUID] = set()
    alone = 0
    facts_of: dict[UUID, tuple[str, ...]] = {}
    engagements: set[str] = set()
    for voice_id, speaker_id, title, *facts in rows:
        if voice_id in voices:
            continue
        voices.add(voice_id)
        engagements.add(title)
        if speaker_id is None:
            alone += 1
        else:
            facts_of[speaker_id] = tuple(fact or "" for fact in facts)
    counts = [Counter(facts[index] for facts in facts_of.values()) for index in range(len(FACTS))]
    said = [
        (name, str(label), count)
        for (name, label), count in zip(FACTS.items(), counts, strict=True)
        if any(count)
    ]
    protected = protect_people(len(facts_of), [count for _name, _label, count in said])
    heard = tuple(
        _as_fact(name, label, groups)
        for (name, label, _count), groups in zip(said, protected.groups, strict=True)
    )
    return Strength(
        people=len(facts_of),
        voices=len(voices),
        without_speaker=alone,
        engagements=tuple(sorted(engagements)),
        facts=heard,
        limits=tuple(
            _suggest_limits(
                len(facts_of), alone, sorted(engagements), dict(zip(FACTS, counts, strict=True)), protected
            )
        ),
        protected=protected,
    )


def _as_fact(name: str, label: str, people: Mapping[str, str]) -> FactHeard:
    return FactHeard(
        name=name,
        label=label,
        groups=tuple(GroupHeard(group, people[group]) for group in sorted(people) if group),
        unsaid=people.get("", "0"),
    )


def _say_how_many(people: int, protected: ProtectedPeople) -> Iterable[str]:
    """Yield how many spoke. These words may go into a report, so they are protected like the groups there."""
    if 0 < people < FEW_PEOPLE:
        yield _("Fewer than %(number)d people spoke.") % {"number": FEW_PEOPLE}
    elif people:
        number = {"number": protected.people}
        if protected.is_rounded:
            yield _("About %(number)s people spoke; they are not a sample of all patients.") % number
        else:
            yield _("%(number)s people spoke; they are not a sample of all patients.") % number


def _suggest_limits(
    people: int,
    alone: int,
    engagements: list[str],
    facts: dict[str, Counter[str]],
    protected: ProtectedPeople,
) -> Iterable[str]:
    """Yield limits that follow from the facts, in words a person can keep, change or leave."""
    if len(engagements) == 1:
        yield _("Everything comes from one engagement: %(title)s.") % {"title": engagements[0]}
    yield from _say_how_many(people, protected)
    if alone:
        yield _("Some voices came without a name, so one person may be behind several of them.")
    ages, roles = facts["age_band"], facts["capacity"]
    said = sum(ages.values()) - ages[""]
    if said and not any(ages[band] for band in YOUNG):
        yield _("Nobody who gave an age is under 25.")
    if said and not any(ages[band] for band in OLD):
        yield _("Nobody who gave an age is 75 or over.")
    if people and ages[""] * 2 > people:
        yield _("Most people did not say how old they are.")
    named = {role for role in roles if role}
    if len(named) == 1:
        yield _("Everybody who said so spoke as: %(role)s.") % {"role": next(iter(named))}
    if people and not any(any(group for group in facts[name]) for name in ("ethnicity", "disability")):
        yield _("Nobody was asked about ethnicity or disability, or nobody answered.")
