"""Where a person may go from the start page, in words for what they come to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class Way:
    """One way on: what one can do there, and where."""

    label: str | Promise
    words: str | Promise
    url: str


@dataclass(frozen=True)
class _Offer:
    label: str | Promise
    words: str | Promise
    url_name: str
    permission: str
    query: str = ""


OFFERS = (
    _Offer(
        _("Our organisation"),
        _("What needs you, what we hold about you, and everything we share"),
        "ours:start",
        "see_own_organisation",
    ),
    _Offer(
        _("Take a copy of everything"),
        _("Every record shared with your organisation, as one archive"),
        "ours:records",
        "see_own_organisation",
    ),
    _Offer(
        _("Contacts"),
        _("People at partner organisations, and who speaks for whom"),
        "contacts:list",
        "keep_relations",
    ),
    _Offer(
        _("People"),
        _("Give somebody an account or a role, or take it away"),
        "people:people",
        "manage_people",
    ),
    _Offer(_("Who may do what"), _("The table of roles"), "people:roles", "manage_people"),
    _Offer(_("Who did what"), _("One line for each change, newest first"), "home:audit", "see_audit"),
    _Offer(
        _("Work under way"),
        _("Files being read and themes being found, for everybody"),
        "home:work",
        "see_audit",
    ),
    _Offer(
        _("Concerns"),
        _("What cannot wait, the most urgent first"),
        "concerns:list",
        "see_concerns",
    ),
    _Offer(
        _("Start an engagement"),
        _("First see what people have already told us"),
        "engagement:before_new",
        "run_engagements",
    ),
    _Offer(
        _("Your actions"),
        _("What you said you would do, and by when"),
        "actions:list",
        "work_on_actions",
        "?scope=mine",
    ),
    _Offer(
        _("Messages waiting"), _("Who hears something in the next digest"), "actions:digest", "tell_people"
    ),
    _Offer(
        _("Insights"),
        _("What follows from what people said, and what it rests on"),
        "insight:insights",
        "see_insights",
    ),
    _Offer(_("Themes"), _("What many people said, with their own words"), "insight:themes", "see_themes"),
    _Offer(
        _("Actions"), _("What is being done because of it, and what is late"), "actions:list", "see_actions"
    ),
    _Offer(
        _("Your work under way"), _("Files being read and themes being found"), "home:work", "bring_in_voices"
    ),
    _Offer(_("What changed"), _("The page that everybody can read"), "told:what_changed", ""),
    _Offer(
        _("What you raised"),
        _("Concerns of yours, and how far they are"),
        "concerns:raised",
        "raise_concerns",
    ),
    _Offer(
        _("Requests about data"),
        _("What people ask about the data we hold on them, and by when they are owed an answer"),
        "people:requests",
        "handle_data_requests",
    ),
    _Offer(
        _("Words kept long enough"),
        _("Engagements whose time is over, and what would be deleted"),
        "engagement:deletions",
        "confirm_deletions",
    ),
    _Offer(_("What we hold about you"), _("See it at once, and ask for the rest"), "people:held", ""),
    _Offer(
        _("Invitations"), _("Who was invited and has not come yet"), "people:invitations", "invite_partners"
    ),
    _Offer(_("Your account"), _("Password, passkeys, where you are signed in"), "people:account", ""),
)


def list_ways(viewer: Viewer) -> list[Way]:
    """Return where this viewer may go, what their role comes for first."""
    return [
        Way(offer.label, offer.words, reverse(offer.url_name) + offer.query)
        for offer in OFFERS
        if not offer.permission or viewer.may(offer.permission)
    ]
