"""Words and tones of relationships, the filters of their list, rows for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.base.rules.partnering import TimelineEntry
from alongside.apps.partnership.models import Priority
from alongside.apps.partnership.queries.relations.partners import PartnerLine
from alongside.apps.partnership.rules.health import ATTENTION, ENDED, GOOD, NOT_KEPT, STRAINED

HEALTH_WORDS: dict[str, Words] = {
    STRAINED: _("strained"),
    ATTENTION: _("asks for attention"),
    GOOD: _("good"),
    ENDED: _("ended"),
    NOT_KEPT: _("nobody keeps it yet"),
}
HEALTH_TONES = {STRAINED: "bad", ATTENTION: "waiting", GOOD: "good", ENDED: "neutral", NOT_KEPT: "neutral"}
PRIORITY_TONES = {
    Priority.State.HEARD: "waiting",
    Priority.State.CHECKED_BACK: "info",
    Priority.State.ADOPTED: "info",
    Priority.State.DECLINED: "neutral",
    Priority.State.ACTED_ON: "good",
    Priority.State.FED_BACK: "good",
}
COLUMNS = ("name", "kind", "nation", "reach", "health", "reasons", "last_contact_on", "review_on", "lead")
Options = list[dict[str, object]]


@dataclass(frozen=True)
class PartnerChoices:
    """The drop-downs of the list of partners, and the chips of what is chosen."""

    kinds: Options
    nations: Options
    healths: Options
    chips: list[Chip]


@dataclass(frozen=True)
class TimelineChoices:
    """The drop-downs of a timeline, and the chips of what is chosen."""

    kinds: Options
    periods: Options
    chips: list[Chip]


def draw_partner_choices(query: QueryDict, kinds: dict[str, str], nations: Sequence[str]) -> PartnerChoices:
    """Return the filters of the list with what is chosen marked."""
    kind_words = {value: words for value, words in kinds.items() if value != "own"}
    nation_words = {one: one for one in nations}
    health_words = {value: str(words) for value, words in HEALTH_WORDS.items()}
    return PartnerChoices(
        kinds=_options(kind_words, query.get("kind", ""), _now("All kinds")),
        nations=_options(nation_words, query.get("nation", ""), _now("All nations")),
        healths=_options(health_words, query.get("health", ""), _now("Any")),
        chips=make_chips(
            query,
            {
                "q": (_now("Words"), {}),
                "kind": (_now("Kind"), kind_words),
                "nation": (_now("Nation"), nation_words),
                "health": (_now("How it stands"), health_words),
            },
        ),
    )


def draw_timeline_choices(query: QueryDict, entries: Iterable[TimelineEntry]) -> TimelineChoices:
    """Return the filters of a timeline: the kinds that are in it, and how far back."""
    kinds = {entry.kind: entry.kind.capitalize() for entry in entries}
    periods = {"all": _now("From the beginning")}
    return TimelineChoices(
        kinds=_options(dict(sorted(kinds.items())), query.get("kind", ""), _now("Everything")),
        periods=_options(periods, query.get("since", ""), _now("The last two years")),
        chips=make_chips(query, {"kind": (_now("Kind"), kinds), "since": (_now("How far back"), periods)}),
    )


def _options(words: dict[str, str], chosen: str, everything: str) -> Options:
    every: Options = [{"value": "", "text": everything}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def export_rows(lines: Iterable[PartnerLine]) -> Iterable[list[str]]:
    """Yield a row for each partner, as text."""
    for one in lines:
        health = one.health
        yield [
            one.name,
            one.kind,
            one.nation,
            one.reach,
            str(HEALTH_WORDS[health.level]) if health else "",
            "; ".join(reason.words for reason in health.reasons) if health else "",
            one.last_contact_on.isoformat() if one.last_contact_on else "",
            one.review_on.isoformat() if one.review_on else "",
            one.lead,
        ]


@dataclass(frozen=True)
class MovePage:
    """What the page of one step of a priority says."""

    heading: str
    label: str
    hint: str
    button: str
    needs_words: bool


def get_move_page(state: str, to: str) -> MovePage | None:
    """Return the words of one step, or nothing where there is no such step."""
    again = state in (Priority.State.DECLINED, Priority.State.FED_BACK)
    pages = {
        Priority.State.CHECKED_BACK: MovePage(
            _now("We checked it back"),
            _now("What did they say?"),
            _now("Read their words to them: is this what they meant? The partner reads this."),
            _now("Keep this step"),
            False,
        ),
        Priority.State.ADOPTED: MovePage(
            _now("We take it up"),
            _now("Why is it taken up again?") if again else _now("What happens next?"),
            _now("The partner reads this."),
            _now("Take it up"),
            again,
        ),
        Priority.State.DECLINED: MovePage(
            _now("We will not take it up"),
            _now("Why not?"),
            _now("Plainly, as you would say it to them. The partner reads this."),
            _now("Keep this reason"),
            True,
        ),
        Priority.State.ACTED_ON: MovePage(
            _now("It was acted on"),
            _now("What was done?"),
            _now("The partner reads this."),
            _now("Keep this step"),
            True,
        ),
        Priority.State.FED_BACK: MovePage(
            _now("They were told"),
            _now("How and when were they told?"),
            _now("For example: at the meeting of 3 June"),
            _now("Keep this step"),
            True,
        ),
    }
    return pages.get(Priority.State(to)) if to in Priority.State.values else None
