"""Words, tones and rows for concerns: lateness is said, never only coloured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.apps.base.presenters import find_url
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.bridge import count_working_days
from alongside.apps.engagement.models import Concern, ConcernKind, Urgency
from alongside.apps.engagement.queries.concern_reports import NUMBERS, ProtectedLine, ReportLine
from alongside.apps.engagement.rules import read_about
from alongside.science.values.concerns import ConcernRule, Phrase

CONCERN_KINDS = {value: capfirst(str(words)) for value, words in ConcernKind.choices}
CONCERN_URGENCIES = {value: capfirst(str(words)) for value, words in Urgency.choices}
CONCERN_ORIGINS = {value: capfirst(str(words)) for value, words in Concern.Origin.choices}
CONCERN_STATES = {
    "open": gettext_lazy("Open"),
    "looked_at": gettext_lazy("Closed, or found to be none"),
    **{value: capfirst(str(words)) for value, words in Concern.State.choices},
}
STATE_TONES = {
    "waiting": "warning", "taken": "waiting", "confirmed": "info", "forwarded": "info", "none": "neutral",
    "closed": "good",
}  # fmt: skip
# What a page of ours shows, for somebody who was not there.
PAGES = (
    ("engagement:voice", gettext_lazy("a voice")),
    ("engagement:import", gettext_lazy("a file being brought in")),
    ("engagement:", gettext_lazy("an engagement")),
    ("insight:insight", gettext_lazy("an insight")),
    ("insight:theme", gettext_lazy("a theme")),
    ("insight:", gettext_lazy("a page under Understand")),
    ("actions:", gettext_lazy("an action")),
    ("told:", gettext_lazy("what changed")),
)


@dataclass(frozen=True)
class TimeLeft:
    """How much time is left to look, in words, with a tone; `is_late` says it in words too."""

    words: str
    tone: str
    is_late: bool


@dataclass(frozen=True)
class ConcernLine:
    """A concern in a list."""

    concern: Concern
    kind: str
    state: str
    tone: str
    urgency: str
    time_left: TimeLeft | None


@dataclass(frozen=True)
class AboutPage:
    """The page somebody was on: its name in the link, its address, and what it is in words."""

    about: str
    url: str
    words: str


def tell_time_left(concern: Concern, at: datetime) -> TimeLeft | None:
    """Return how much time is left for somebody to decide; None where somebody has."""
    if concern.state not in (Concern.State.WAITING, Concern.State.TAKEN):
        return None
    if concern.due_at <= at:
        return TimeLeft(_("Late by %(time)s") % {"time": _say_length(at - concern.due_at)}, "bad", True)
    due, today = timezone.localtime(concern.due_at), timezone.localtime(at).date()
    clock = date_format(due, "H:i")
    if due.date() == today:
        return TimeLeft(_("Due today at %(time)s") % {"time": clock}, "warning", False)
    if due.date() == today + timedelta(days=1):
        return TimeLeft(_("Due tomorrow at %(time)s") % {"time": clock}, "waiting", False)
    return TimeLeft(_("Due on %(day)s") % {"day": date_format(due, "l j F, H:i")}, "neutral", False)


def _say_length(length: timedelta) -> str:
    hours = int(length.total_seconds()) // 3600
    if hours >= 24:
        return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
    if hours >= 1:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("less than an hour")


def make_line(concern: Concern, at: datetime) -> ConcernLine:
    """Return a concern as a list shows it."""
    return ConcernLine(
        concern=concern,
        kind=capfirst(concern.get_kind_display()),
        state=capfirst(concern.get_state_display()),
        tone=STATE_TONES[concern.state],
        urgency=capfirst(concern.get_urgency_display()),
        time_left=tell_time_left(concern, at),
    )


def describe_about(about: str) -> AboutPage | None:
    """Return the page a link names, or None where it is no page of ours."""
    page, about_id = read_about(about)
    url = find_url(page, *([about_id] if about_id else [])) if page else ""
    if not url:
        return None
    words = next((words for start, words in PAGES if page.startswith(start)), _("a page here"))
    return AboutPage(about=about, url=url, words=str(words))


def describe_page_of(concern: Concern, viewer: Viewer) -> AboutPage | None:
    """Return the page a concern was raised from; without a link where the viewer may not go there."""
    if not concern.about_page:
        return None
    found = describe_about(
        f"{concern.about_page}/{concern.about_id}" if concern.about_id else concern.about_page
    )
    if found is None or viewer.may("see_engagements"):
        return found
    return AboutPage(found.about, "", found.words)


def list_deadlines() -> list[tuple[str, str]]:
    """Return within how many working days somebody must look, for each kind."""
    return [(label, _say_days(count_working_days(kind))) for kind, label in CONCERN_KINDS.items()]


def _say_days(days: int) -> str:
    if days == 0:
        return _("the same working day")
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


MOST_PHRASES = 80


def describe_rule(rule: ConcernRule) -> tuple[ConcernRule, str, str]:
    """Return a rule with what it listens for and what must be close, as somebody reads them."""
    return rule, _say_phrases(rule.words), _say_phrases((*rule.near, *rule.also_near))


def _say_phrases(phrases: Sequence[Phrase]) -> str:
    shown = ", ".join(" ".join(phrase) for phrase in phrases[:MOST_PHRASES])
    more = len(phrases) - MOST_PHRASES
    return shown if more <= 0 else _("%(shown)s, and %(more)s more") % {"shown": shown, "more": more}


EXPORT_COLUMNS = (
    "concern_id", "kind", "urgency", "state", "origin", "engagement", "raised_at", "first_due_at", "first_seen_at",
    "decided_at", "forwarded_at", "closed_at", "outcome", "late",
)  # fmt: skip


def make_concern_rows(concerns: Iterable[Concern], at: datetime) -> Iterator[list[str]]:
    """Yield one row for each concern; nobody's words and nobody's name stand in it."""
    for one in concerns:
        seen = one.first_seen_at or at
        yield [
            str(one.id), one.kind, one.urgency, one.state, one.origin, one.engagement.title if one.engagement else "",
            *(_write(moment) for moment in (
                one.raised_at, one.first_due_at, one.first_seen_at, one.decided_at, one.forwarded_at, one.closed_at
            )),
            one.outcome, "yes" if seen > one.first_due_at else "no",
        ]  # fmt: skip


def _write(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


REPORT_COLUMNS = ("kind", "month", *NUMBERS, "median_hours_to_first_look")


def make_report_rows(lines: Iterable[ProtectedLine]) -> Iterator[list[str]]:
    """Yield the rows of a report that may leave the team."""
    for line in lines:
        yield [name_kind(line.kind), name_month(line.month), *line.numbers, line.median_hours]


def name_kind(kind: str) -> str:
    """Return a kind in words, or all of them."""
    return CONCERN_KINDS[kind] if kind else _("All kinds")


def name_month(month: str) -> str:
    """Return a month in words, or all of them."""
    if not month:
        return _("All months")
    return date_format(datetime.strptime(f"{month}-01", "%Y-%m-%d").date(), "F Y")  # noqa: DTZ007  (only a day)


def split_report(
    lines: Sequence[ReportLine | ProtectedLine],
) -> tuple[list[tuple[str, ReportLine | ProtectedLine]], list[tuple[str, str, ReportLine | ProtectedLine]]]:
    """Return the lines over all months, then those of each month, with their words."""
    overall = [(name_kind(line.kind), line) for line in lines if not line.month]
    months = [(name_month(line.month), name_kind(line.kind), line) for line in lines if line.month]
    return overall, months


def find_next_step(concern_id: UUID, state: str) -> str:
    """Return the address of the page for the step that comes next; "" where it is a button of its own."""
    names = {
        "taken": "decide",
        "confirmed": "forward",
        "forwarded": "close",
        "none": "reopen",
        "closed": "reopen",
    }
    return reverse(f"concerns:{names[state]}", args=[concern_id]) if state in names else ""
