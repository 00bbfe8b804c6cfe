"""Words, filters and files for pages about disclosure and the public register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureRow
from alongside.apps.partnership.queries.disclosures.years import Step

Options = list[dict[str, object]]
State = Disclosure.State
TONES: Mapping[str, str] = {
    State.COLLECTING: "neutral",
    State.RECONCILING: "info",
    State.CHECKING: "waiting",
    State.TO_APPROVE: "waiting",
    State.APPROVED: "info",
    State.PUBLISHED: "good",
    State.CORRECTED: "good",
}


@dataclass(frozen=True)
class NextStep:
    """What comes next: a heading, words, and the button or page that does it, where this reader may."""

    title: str
    words: str
    step: str = ""
    button: str = ""
    url_name: str = ""


@dataclass(frozen=True)
class RowFilters:
    """The drop-downs over rows, and the chips of what is chosen."""

    categories: Options
    lists: Options
    answers: Options
    chips: list[Chip]


def say_countdown(days_left: int, is_public: bool) -> str:
    """Return how long there is until the year must be public."""
    if is_public:
        return ""
    if days_left < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -days_left) % {"n": -days_left}
    if days_left == 0:
        return _("due today")
    return ngettext("%(n)d day left", "%(n)d days left", days_left) % {"n": days_left}


def name_steps(steps: Iterable[Step]) -> list[tuple[Step, str]]:
    """Return the steps with their words."""
    words = {
        "collect": _("Collect"),
        "reconcile": _("Reconcile"),
        "check": _("Partners check"),
        "approve": _("Approve"),
        "publish": _("Publish"),
        "correct": _("Public"),
    }
    return [(step, words[step.name]) for step in steps]


def get_next(
    disclosure: Disclosure, on: date, *, may_prepare: bool, may_approve: bool, blocking: int
) -> NextStep:
    """Return what comes next for whoever looks."""
    nobody = {"step": "", "button": "", "url_name": ""}
    prepare, approve = _of_preparing(disclosure, on, blocking), _of_approving(disclosure)
    found = (
        prepare
        or approve
        or NextStep(_("This year is public"), _("What is wrong is corrected beside the old entry."))
    )
    may = may_prepare if prepare else may_approve
    return found if may or not found.button else NextStep(found.title, found.words, **nobody)


def _of_preparing(disclosure: Disclosure, on: date, blocking: int) -> NextStep | None:
    if disclosure.state == State.COLLECTING:
        if on.year <= disclosure.year:
            words = _(
                "The year is not over. Rows appear as payments are made; collect again whenever you like."
            )
            return NextStep(_("Next: collect again"), words, "collect", _("Collect again"))
        words = _("Look at the rows, then go through what is missing.")
        return NextStep(_("Next: go through what is missing"), words, "reconcile", _("Go on to reconciling"))
    if disclosure.state == State.RECONCILING:
        if blocking:
            words = _(
                "Some rows cannot be published as they are. Mend them where they were written, then collect again."
            )
            return NextStep(_("Next: mend what is in the way"), words, "collect", _("Collect again"))
        words = _("Each organisation sees its own rows and says whether they are right.")
        return NextStep(_("Next: ask the partners"), words, "ask", _("Ask the partners"))
    if disclosure.state == State.CHECKING:
        words = _(
            "Answer whoever asked you to look. When everybody answered, or their time is over, hand it on."
        )
        return NextStep(_("Next: hand it to a certifier"), words, "submit", _("Send for approval"))
    return None


def _of_approving(disclosure: Disclosure) -> NextStep | None:
    if disclosure.state == State.TO_APPROVE:
        words = _(
            "A certifier who did not prepare it looks at the rows and the method note, and stands behind them."
        )
        return NextStep(_("Next: another person approves"), words, "approve", _("Approve this year"))
    if disclosure.state == State.APPROVED:
        words = _(
            "From then on nothing in it changes. What turns out wrong is corrected beside the old entry."
        )
        return NextStep(_("Next: publish"), words, "publish", _("Publish this year"))
    return None


def _options(words: Mapping[str, str], chosen: str) -> Options:
    first: Options = [{"value": "", "text": _("any")}]
    return first + [{"value": key, "text": said, "selected": key == chosen} for key, said in words.items()]


def draw_row_filters(query: QueryDict, categories: Mapping[str, str], organisation: str = "") -> RowFilters:
    """Return the drop-downs over rows and the chips of what is chosen."""
    lists = {value: str(label).capitalize() for value, label in DisclosureRow.List.choices}
    answers = {
        "right": _("said it is right"),
        "look": _("asked us to look"),
        "silent": _("did not answer"),
    }
    chips = make_chips(
        query,
        {
            "words": (_("Words"), {}),
            "list": (_("List"), lists),
            "category": (_("Category"), dict(categories)),
            "answer": (_("Partner"), answers),
            "organisation": (_("Organisation"), {query.get("organisation", ""): organisation}),
            "unvalued": (_("Amount"), {"yes": _("none")}),
        },
    )
    return RowFilters(
        categories=_options(categories, query.get("category", "")),
        lists=_options(lists, query.get("list", "")),
        answers=_options(answers, query.get("answer", "")),
        chips=chips,
    )


def answer_tone(check: DisclosureCheck) -> str:
    """Return the tone of what an organisation said; silence is neither good nor bad."""
    if check.answer == DisclosureCheck.Answer.LOOK:
        return "info" if check.reply else "warning"
    return "good" if check.answer else "neutral"


def read_stylesheet() -> str:
    """Return the stylesheet of printed pages, for a PDF that may fetch nothing."""
    found = finders.find("built/print.css")
    return Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""
