"""The pages that bring an agreement to another state: their headings, and the words they ask for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.rules import list_next_states

State = Agreement.State


@dataclass(frozen=True)
class MovePage:
    """One page with one button, and a box for words where the step needs or takes them."""

    heading: str
    lead: str
    button: str
    label: str = ""
    needs_words: bool = False


def get_move_page(agreement: Agreement, to: str) -> MovePage | None:
    """Return the page of a step, or None where it has none from here."""
    pages = _pages()
    return pages.get(to) if to in list_next_states(agreement.state) else None


def list_moves(agreement: Agreement) -> list[tuple[str, str]]:
    """Return the steps that have a page of their own from here, with their words."""
    pages = _pages()
    return [(to, pages[to].heading) for to in list_next_states(agreement.state) if to in pages]


def _pages() -> dict[str, MovePage]:
    return {
        State.PARTNER_REVIEW: MovePage(
            _("Show it to the partner"),
            _("The partner can then read it, comment on each part, and say that it is right."),
            _("Show it"),
        ),
        State.DRAFT: MovePage(
            _("Take it back to draft"),
            _(
                "Its words can then be changed. A certificate that was given stands for the earlier version only."
            ),
            _("Take it back"),
            _("Why is it taken back?"),
            needs_words=True,
        ),
        State.REJECTED: MovePage(
            _("Give it up"),
            _("It stays in the list with the reason, and can no longer be used."),
            _("Give it up"),
            _("Why is it given up?"),
            needs_words=True,
        ),
        State.ACTIVE: MovePage(_("Start it"), _("What was agreed begins."), _("Start it")),
        State.COMPLETED: MovePage(
            _("It is done"),
            _("What was agreed has been done. Payments that are due may still be made."),
            _("It is done"),
            _("What came of it?"),
        ),
        State.CLOSED: MovePage(
            _("Close it"),
            _("Nothing is open under it any more."),
            _("Close it"),
            _("Anything to remember?"),
        ),
        State.TERMINATED: MovePage(
            _("End it early"),
            _("Nothing more begins or is paid under it. The reason stands in the history."),
            _("End it"),
            _("Why does it end early?"),
            needs_words=True,
        ),
    }
