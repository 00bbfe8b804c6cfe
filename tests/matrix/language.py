"""The language of the matrix: one row an address, what it is about, who it opens for, and what that answers.

One rule holds everywhere. Who lacks the right is refused before anything is looked up, with the same words whether
the thing is theirs, another's or nobody's. Who has the right, but may not see this one thing, gets exactly the answer
that an id gets which does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alongside.apps.base.rules.viewer import INVITED_ROLES
from alongside.apps.people.rules import PERMISSIONS, ROLES

PUBLIC = "public"
READERS: tuple[str, ...] = (*ROLES, PUBLIC)
SIDES = ("own", "another's", "nobody's")
ANYBODY = "anybody"  # open without an account
ACCOUNT = "account"  # open with any account

# Answers.
OPEN, REFUSED, ABSENT, SIGN_IN, WRONG_METHOD = "opens", "refused", "not found", "sign in", "wrong method"

# Who sees things that are another's.
INVITED = "invited"  # partners see what they were invited to; colleagues see all
PERSON = "person"  # everybody sees their own
SHARED = "shared"  # whoever has the right sees all


@dataclass(frozen=True)
class Kind:
    """A kind of thing that addresses are about: in words, who sees another's, and the right that sees them all."""

    words: str
    scope: str
    seen_by: str = ""
    is_secret: bool = False  # whoever holds it may see it, because nobody else can know it


KINDS: Mapping[str, Kind] = {
    "": Kind("no one thing", SHARED),
    "engagement": Kind("an engagement", INVITED),
    "voice": Kind("a voice", INVITED),
    "theme": Kind("a theme", INVITED),
    "insight": Kind("an insight", INVITED),
    "evidence": Kind("a piece of evidence", INVITED),
    "action": Kind("an action", INVITED),
    "agreement": Kind("an agreement", SHARED),
    "comment": Kind("a comment on an agreement", SHARED),
    "shared agreement": Kind("an agreement with somebody's own group", PERSON),
    "own agreement": Kind("an agreement with somebody themselves", PERSON),
    "round": Kind("a message to those who spoke", INVITED),
    "telling": Kind("a record that somebody was told", INVITED),
    "redaction": Kind("a voice in which something was covered", INVITED),
    "staff name": Kind("a name of staff that is looked for", SHARED),
    "row": Kind("a row of a table", SHARED),
    "import": Kind("a file on its way in", INVITED),
    "member": Kind("a member of the programme", SHARED),
    "person": Kind("a person with an account", SHARED),
    "job": Kind("a piece of background work", PERSON, seen_by="see_audit"),
    "job to stop": Kind("a piece of background work", PERSON, seen_by="manage_people"),
    "need": Kind("what helps somebody to take part", PERSON, seen_by="see_access_needs"),
    "occasion": Kind("a time when that was not there", PERSON, seen_by="see_access_needs"),
    "request": Kind("somebody's request about their data", SHARED),
    "record": Kind("a record gathered for a request", SHARED),
    "deletion": Kind("what is deleted when its time is over", SHARED),
    "organisation": Kind("a partner", SHARED),
    "interaction": Kind("notes of a meeting with a partner", SHARED),
    "priority": Kind("what a partner wants", SHARED),
    "contact": Kind("a contact at a partner", SHARED),
    "two contacts": Kind("two contacts that may be one", SHARED),
    "list": Kind("a list of contacts on its way in", SHARED),
    "proposal": Kind("two that a machine thinks are one", SHARED),
    "merge": Kind("two that were made one", SHARED),
    "change": Kind("what a partner asks to be changed", SHARED),
    "shared note": Kind("notes shared with somebody’s own organisation", PERSON),
    "event": Kind("an event", SHARED),
    "place": Kind("somebody's place at an event", PERSON),
    "calendar": Kind("the address of somebody's calendar", SHARED, is_secret=True),
    "project": Kind("a joint project", SHARED),
    "public project": Kind("a joint project whose summary is public", SHARED),
    "own project": Kind("a joint project of somebody's own organisation", PERSON),
    "disclosure": Kind("a year’s disclosure", SHARED),
    "disclosure row": Kind("a row of a published year", SHARED),
    "check": Kind("what a partner said about its rows", SHARED),
    "correction": Kind("a correction of a published year", SHARED),
    "our disclosure": Kind("what a year says about somebody’s own organisation", PERSON),
    "funding": Kind("a request for funding", INVITED),
    "other funder": Kind("another funder of a group", INVITED),
    "concern": Kind("a concern", SHARED),
    "raised": Kind("a concern somebody raised", PERSON),
    "view": Kind("a saved view", PERSON),
    "dissent": Kind("a disagreement", PERSON),
    "passkey": Kind("a passkey", PERSON),
    "sent invitation": Kind("an invitation somebody sent", PERSON, seen_by="manage_people"),
    "invitation": Kind("the link of an invitation", SHARED, is_secret=True),
    "reset": Kind("the link of a forgotten password", SHARED, is_secret=True),
    "page": Kind("a public page", SHARED),
    "story": Kind("a published change", SHARED),
    "link": Kind("a private link", SHARED, is_secret=True),
    "payment": Kind("a payment", SHARED),
    "ledger": Kind("a file of finance's ledger", SHARED),
    "published": Kind("a published grant, or a file of them", SHARED),
    "service": Kind("a need for paid work", SHARED),
    "offer": Kind("an offer of paid work", SHARED),
    "own work": Kind("an offer of paid work made to somebody", PERSON),
    "claim": Kind("a claim for paid work", SHARED),
    "expense": Kind("something somebody spent", PERSON),
    "card": Kind("a rate card", SHARED),
    "visit": Kind("what a private link opened", PERSON),
}


@dataclass(frozen=True)
class Row:
    """One address: whom it opens for, what it is about, what it takes.

    `needs` is ANYBODY, ACCOUNT or permissions, all of them needed. `post_needs` is needed beside them to send its
    form. `values` fill holes of the address that are no ids; `post` is what a person would send. `is_hidden` marks an
    address that answers "not found" where others refuse; `is_demo` one that is there in the demonstration only.
    """

    name: str
    needs: tuple[str, ...]
    of: str = ""
    methods: tuple[str, ...] = ("GET",)
    post: Mapping[str, object] = field(default_factory=dict)
    post_needs: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()
    is_hidden: bool = False
    is_demo: bool = False
    is_tried: bool = False  # reading it does what it shows and undoes it, so that what it says is exact
    says_so: bool = False  # the page itself says that there is no such thing
    answers: Mapping[tuple[str, str], str] = field(
        default_factory=dict
    )  # (reader, side) → answer, where no rule holds

    @property
    def kind(self) -> Kind:
        """Return what the address is about."""
        return KINDS[self.of]

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the things to ask for: an address about no one thing has one side."""
        return SIDES if self.of else SIDES[:1]

    def expect(self, reader: str, side: str, method: str) -> str:
        """Return what this reader is answered who asks for a thing of this side."""
        if reader == PUBLIC and self.needs != (ANYBODY,):
            return SIGN_IN
        if method not in self.methods:
            return WRONG_METHOD
        if (reader, side) in self.answers:
            return self.answers[reader, side]
        if self.is_demo:
            return ABSENT
        if not self._is_permitted(reader, method):
            return ABSENT if self.is_hidden else REFUSED
        return OPEN if side == "own" or self.shows_others_to(reader, side) else ABSENT

    def _is_permitted(self, reader: str, method: str) -> bool:
        wanted = [*self.needs, *(self.post_needs if method == "POST" else ())]
        rights = [one for one in wanted if one not in (ANYBODY, ACCOUNT)]
        held = all(reader in PERMISSIONS[one] for one in rights)
        return held and (not self.any_of or any(reader in PERMISSIONS[one] for one in self.any_of))

    def shows_others_to(self, reader: str, side: str) -> bool:
        """Return whether this reader sees a thing that is another's."""
        if side != "another's":
            return False
        kind = self.kind
        if kind.scope == INVITED:
            return reader not in INVITED_ROLES
        return kind.scope == SHARED or (bool(kind.seen_by) and reader in PERMISSIONS[kind.seen_by])


def _tuple(needs: str | tuple[str, ...]) -> tuple[str, ...]:
    return (needs,) if isinstance(needs, str) else needs


def page(name: str, needs: str | tuple[str, ...], of: str = "", **more: object) -> Row:
    """Return the row of an address to read."""
    return Row(name, _tuple(needs), of, ("GET",), **more)  # type: ignore[arg-type]


def form(name: str, needs: str | tuple[str, ...], of: str = "", **more: object) -> Row:
    """Return the row of an address to read and to send."""
    return Row(name, _tuple(needs), of, ("GET", "POST"), **more)  # type: ignore[arg-type]


def button(name: str, needs: str | tuple[str, ...], of: str = "", **more: object) -> Row:
    """Return the row of an address to send to."""
    return Row(name, _tuple(needs), of, ("POST",), **more)  # type: ignore[arg-type]
