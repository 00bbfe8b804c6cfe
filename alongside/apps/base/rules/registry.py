"""What looks upward goes through here: higher apps announce themselves from their `apps.py`; a lower app asks.

Every entry names a function by its dotted path, so that nothing is imported before Django is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.utils.module_loading import import_string


@lru_cache
def resolve(path: str) -> Callable[..., Any]:
    """Return the function a dotted path names."""
    found: Callable[..., Any] = import_string(path)
    return found


@dataclass(frozen=True)
class TrailStep:
    """One link of the chain.

    `forward(viewer, ids)` takes the ids of the step before and returns a queryset of this step's ids;
    `backward(viewer, ids)` takes this step's ids and returns a queryset of ids of the step before;
    `describe(viewer, ids)` returns a list of TrailItem. All three are dotted paths.

    A link may also rest directly on an earlier one, as an insight rests on a quoted voice that lies in no theme.
    `leaps_from` names that earlier link; `leap_forward(viewer, ids_before, ids_there)` and
    `leap_backward(viewer, ids_after_there, ids_here)` then take the place of the plain steps.
    """

    name: str
    label: str
    position: int
    forward: str
    backward: str
    describe: str
    leaps_from: str = ""
    leap_forward: str = ""
    leap_backward: str = ""


@dataclass(frozen=True)
class JobKind:
    """A kind of background work: `handler(job, progress)` does it, in words for its owner.

    With `every`, the worker keeps one job of this kind waiting and does it once in each stretch of that length;
    its handler gets no arguments and nobody's name, and must bear being late or left out for a while.
    """

    name: str
    label: str
    handler: str
    every: timedelta | None = None


@dataclass(frozen=True)
class StartSection:
    """A part of a person's own day: `provide(viewer, on)` returns a list of DayItem."""

    name: str
    position: int
    provide: str


@dataclass(frozen=True)
class SearchSource:
    """A place that can be searched: `find(viewer, words, limit)` returns a list of SearchHit."""

    name: str
    label: str
    position: int
    find: str


@dataclass(frozen=True)
class OnwardStep:
    """What can be done next with an engagement's voices: `offer(viewer, engagement_id)` returns TrailItems."""

    name: str
    position: int
    offer: str


@dataclass(frozen=True)
class PersonalSource:
    """Tables that hold something about people, and who can speak for them.

    `tables` are database names: every table with a personal field stands in exactly one source.
    `find(email, name)` returns a list of SubjectMatch, and so does `find_by_code(code)` for a receipt;
    `collect(subject)` a list of HeldRecord; `names(subject)` what names this person in free text (full name, address,
    telephone); `erase(subject, by=, at=)` runs inside the erasure's transaction, must do the same when run again, and
    returns a list of ErasedRows, one at least for each of its tables. `list_fields(subject)` says what can be put
    right, `correct(key, value, by=, at=)` does it; `stop_uses(subject, everything=, by=, at=)` stops the uses of this
    person's words, all or all but counting, and returns how many words that were. Files are removed with
    `transaction.on_commit`: a preview rolls everything back.
    """

    name: str
    label: str
    position: int
    tables: tuple[str, ...]
    collect: str
    erase: str
    find: str = ""
    find_by_code: str = ""
    names: str = ""
    list_fields: str = ""
    correct: str = ""
    stop_uses: str = ""


@dataclass(frozen=True)
class DeletionEffect:
    """What the end of an engagement's time does to a room above: `count(engagement_id)` says how many lose words."""

    name: str
    label: str
    position: int
    count: str


@dataclass(frozen=True)
class AfterRestore:
    """What must happen to restored rows before they count, such as erasing again whom a backup brought back.

    `run(at=)` works inside the restore's own transaction, after every row and constraint was checked.
    """

    name: str
    position: int
    run: str


@dataclass(frozen=True)
class WordsHolder:
    """Whoever holds places in voices, such as quotes: told when a voice's covered places change.

    `remap(voice_id, move, by=, at=)` runs inside the change's transaction; `move` is a WordsMove of
    `science.values.redaction`. It writes the new places, or raises Refused with a remedy where it cannot.
    """

    name: str
    remap: str


@dataclass(frozen=True)
class PublishedSource:
    """A room that lets words out: where they have gone, and what it does when somebody takes them back.

    `find(voice_ids)` returns a list of PublishedUse. `react(voice_ids, ended=, by=, at=)` runs inside the
    withdrawal's transaction; `ended` names the uses that stopped.
    """

    name: str
    position: int
    find: str
    react: str = ""


@dataclass(frozen=True)
class StartGuard:
    """Somebody who may say that a thing must not begin yet.

    `find(viewer, starting)` takes a Starting of `base.rules.starting` and returns a list of Blockers, empty where
    nothing stands in the way.
    """

    name: str
    position: int
    find: str


@dataclass(frozen=True)
class TimelineSource:
    """Something a room did with partners: `list(viewer, organisation_ids, since)` returns TimelineEntries.

    A partner-organisation user asks too, and gets what is shared with their own organisation only.
    """

    name: str
    label: str
    position: int
    list: str


@dataclass(frozen=True)
class HealthSource:
    """What a room knows about how relationships stand.

    `judge(viewer, organisation_ids, on)` returns a list of HealthReasons for all of these at once, in a fixed number
    of queries.
    """

    name: str
    position: int
    judge: str


@dataclass(frozen=True)
class SharedSource:
    """Records of one kind that a partner organisation may see of itself and take away.

    `collect(viewer, organisation_id)` returns one SharedTable; it refuses or is empty for anybody else's.
    """

    name: str
    label: str
    position: int
    collect: str


@dataclass
class Registry:
    """Hold what the rooms announced, by name, so that announcing twice changes nothing."""

    trail_steps: dict[str, TrailStep] = field(default_factory=dict)
    job_kinds: dict[str, JobKind] = field(default_factory=dict)
    start_sections: dict[str, StartSection] = field(default_factory=dict)
    search_sources: dict[str, SearchSource] = field(default_factory=dict)
    onward_steps: dict[str, OnwardStep] = field(default_factory=dict)
    personal_sources: dict[str, PersonalSource] = field(default_factory=dict)
    deletion_effects: dict[str, DeletionEffect] = field(default_factory=dict)
    after_restore: dict[str, AfterRestore] = field(default_factory=dict)
    words_holders: dict[str, WordsHolder] = field(default_factory=dict)
    published_sources: dict[str, PublishedSource] = field(default_factory=dict)
    start_guards: dict[str, StartGuard] = field(default_factory=dict)
    timeline_sources: dict[str, TimelineSource] = field(default_factory=dict)
    health_sources: dict[str, HealthSource] = field(default_factory=dict)
    shared_sources: dict[str, SharedSource] = field(default_factory=dict)

    def add_trail_step(self, step: TrailStep) -> None:
        """Announce a link of the chain."""
        self.trail_steps[step.name] = step

    def add_job_kind(self, kind: JobKind) -> None:
        """Announce a kind of background work."""
        self.job_kinds[kind.name] = kind

    def add_start_section(self, section: StartSection) -> None:
        """Announce a part of the start page."""
        self.start_sections[section.name] = section

    def add_search_source(self, source: SearchSource) -> None:
        """Announce a place that can be searched."""
        self.search_sources[source.name] = source

    def add_onward_step(self, step: OnwardStep) -> None:
        """Announce what can be done next with an engagement's voices."""
        self.onward_steps[step.name] = step

    def add_personal_source(self, source: PersonalSource) -> None:
        """Announce tables that hold something about people."""
        self.personal_sources[source.name] = source

    def list_personal_sources(self) -> list[PersonalSource]:
        """Return the sources from the ground floor up, as a person is told; an erasure goes the other way."""
        return sorted(self.personal_sources.values(), key=lambda source: (source.position, source.name))

    def add_deletion_effect(self, effect: DeletionEffect) -> None:
        """Announce what an engagement's deletion does to a room above."""
        self.deletion_effects[effect.name] = effect

    def add_after_restore(self, step: AfterRestore) -> None:
        """Announce what must happen to restored rows before they count."""
        self.after_restore[step.name] = step

    def list_after_restore(self) -> list[AfterRestore]:
        """Return what must happen after a restore, in order."""
        return sorted(self.after_restore.values(), key=lambda step: step.position)

    def add_words_holder(self, holder: WordsHolder) -> None:
        """Announce places in voices that must follow when what is covered changes."""
        self.words_holders[holder.name] = holder

    def add_published_source(self, source: PublishedSource) -> None:
        """Announce where words go once they are quoted."""
        self.published_sources[source.name] = source

    def list_published_sources(self) -> list[PublishedSource]:
        """Return the rooms that let words out, those nearest to the public first."""
        return sorted(self.published_sources.values(), key=lambda source: source.position)

    def add_start_guard(self, guard: StartGuard) -> None:
        """Announce somebody who is asked before a thing begins."""
        self.start_guards[guard.name] = guard

    def list_start_guards(self) -> list[StartGuard]:
        """Return everybody who is asked before a thing begins, in order."""
        return sorted(self.start_guards.values(), key=lambda guard: guard.position)

    def add_timeline_source(self, source: TimelineSource) -> None:
        """Announce what a room does with partners."""
        self.timeline_sources[source.name] = source

    def list_timeline_sources(self) -> list[TimelineSource]:
        """Return what rooms do with partners, in order."""
        return sorted(self.timeline_sources.values(), key=lambda source: source.position)

    def add_health_source(self, source: HealthSource) -> None:
        """Announce what a room knows about how relationships stand."""
        self.health_sources[source.name] = source

    def list_health_sources(self) -> list[HealthSource]:
        """Return who knows how relationships stand, in order."""
        return sorted(self.health_sources.values(), key=lambda source: source.position)

    def add_shared_source(self, source: SharedSource) -> None:
        """Announce records that a partner may see of itself."""
        self.shared_sources[source.name] = source

    def list_shared_sources(self) -> list[SharedSource]:
        """Return the kinds of records a partner may see of itself, in order."""
        return sorted(self.shared_sources.values(), key=lambda source: source.position)

    def list_repeating_kinds(self) -> list[JobKind]:
        """Return the kinds of work that come round by themselves."""
        return [kind for kind in self.job_kinds.values() if kind.every is not None]

    def list_trail_steps(self) -> list[TrailStep]:
        """Return the links of the chain from voice to feedback."""
        return sorted(self.trail_steps.values(), key=lambda step: step.position)


registry = Registry()
