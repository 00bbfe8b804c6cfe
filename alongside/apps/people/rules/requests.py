"""How a request about somebody's data may move, what must be known first, and what may be held back."""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from alongside.apps.base.rules import Refused, check
from alongside.apps.people.models import DataRequest, RequestRecord

State = DataRequest.State
# From which state a request may go to which.
ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    State.RECEIVED: frozenset({State.WAITING, State.WORKING, State.ANSWERED, State.REFUSED, State.WITHDRAWN}),
    State.WAITING: frozenset({State.WORKING, State.REFUSED, State.WITHDRAWN}),
    State.WORKING: frozenset({State.WAITING, State.ANSWERED, State.REFUSED, State.WITHDRAWN}),
    State.ANSWERED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
OPEN = (State.RECEIVED, State.WAITING, State.WORKING)
MOST_IN_TEN_MINUTES = 20
LONGEST_WORDS = 5_000
CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
SECRET_TRIES = 5
SCHEMA = "alongside/your-data-1"
# Why something may be held back (Data Protection Act 2018, schedules 2 to 4, and Article 15(4)); lawyers may add to it.
EXEMPTIONS: Mapping[str, str] = {
    "other_people": gettext_noop(
        "It would tell something about another person who has not agreed (Schedule 2, part 3)"
    ),
    "legal_advice": gettext_noop("It is advice from our lawyers (Schedule 2, paragraph 19)"),
    "serious_harm": gettext_noop("Telling it could seriously harm somebody’s health (Schedule 3, part 2)"),
    "crime": gettext_noop("Telling it would hinder preventing or finding a crime (Schedule 2, paragraph 2)"),
    "confidential_reference": gettext_noop("It is a confidential reference (Schedule 2, paragraph 24)"),
    "negotiations": gettext_noop(
        "Telling it would harm our talks with this person (Schedule 2, paragraph 23)"
    ),
}
# What each step is called in the list of what happened.
STEPS: Mapping[str, str] = {
    "received": gettext_noop("The request arrived"),
    "asked_identity": gettext_noop("We asked who it is; the clock stands still"),
    "asked_meaning": gettext_noop("We asked what is meant; the clock stands still"),
    "shown": gettext_noop("They showed who they are"),
    "identity_enough": gettext_noop("We know who it is"),
    "resumed": gettext_noop("They answered; the clock runs again"),
    "extended": gettext_noop("We told them that it takes two months longer"),
    "acknowledged": gettext_noop("We told them that their complaint arrived"),
    "matched": gettext_noop("We decided who in our records this is"),
    "collected": gettext_noop("Everything held was gathered"),
    "reviewed": gettext_noop("A record was read and decided"),
    "answer_made": gettext_noop("The answer was made and sealed"),
    "secret_made": gettext_noop("A new one-time password for the answer was made"),
    "delivered": gettext_noop("The answer was delivered"),
    "opened": gettext_noop("The answer was opened"),
    "corrected": gettext_noop("Something was put right"),
    "objection_kept": gettext_noop("Uses were stopped"),
    "looked_into": gettext_noop("The complaint was looked into"),
    "erased": gettext_noop("They were erased"),
    "answered": gettext_noop("The request was answered"),
    "refused": gettext_noop("The request was refused"),
    "withdrawn": gettext_noop("They took the request back"),
    "note": gettext_noop("A note"),
}
MAKE_SURE_FIRST = gettext_lazy(
    "First write down how you know who it is: data given to the wrong person cannot be fetched back."
)


def check_move(state: str, wanted: str) -> None:
    """Refuse a move that the table does not hold."""
    words = dict(State.choices)
    check(
        wanted in ALLOWED_MOVES[state],
        _("This request is “%(state)s”, so it cannot become “%(wanted)s”.")
        % {"state": words[State(state)], "wanted": words[State(wanted)]},
    )


def check_open(state: str) -> None:
    """Refuse work on a request that has ended."""
    check(state in OPEN, _("This request has ended. Record a new one if the person asks again."))


def check_known(identity: str) -> None:
    """Refuse to hand out or change data before somebody wrote down how they know who asks."""
    check(identity == DataRequest.Identity.ENOUGH, str(MAKE_SURE_FIRST))


def check_kind(kind: str, wanted: Collection[str]) -> None:
    """Refuse a step that belongs to requests of another kind."""
    check(kind in wanted, _("This step does not belong to a request of this kind."))


def check_reach(*, email: str, phone: str, came_by: str) -> None:
    """Refuse a request from the public page that leaves no way to answer it."""
    if came_by == DataRequest.Way.PUBLIC_PAGE:
        check(
            bool(email.strip() or phone.strip()),
            _("Write an e-mail address or a telephone number, so that we can answer you."),
            field="email",
        )


def check_rate(lately: int) -> None:
    """Refuse where requests arrive faster than people write them; no address is kept to find that out."""
    check(
        lately < MOST_IN_TEN_MINUTES,
        _(
            "Very many requests are arriving right now. Please send yours again in ten minutes, or write to us."
        ),
    )


def check_words(words: str, wanted: str, field: str = "words") -> None:
    """Refuse empty words, and more than can be read."""
    check(bool(words.strip()), wanted, field=field)
    check(len(words) <= LONGEST_WORDS, _("Shorten this to 5,000 letters."), field=field)


def check_extension(*, extended_on: date | None, on: date, by: date) -> None:
    """Refuse a second extension, and one told after the first month."""
    check(extended_on is None, _("This request was extended already. Three months are the most there is."))
    if on > by:
        raise Refused(
            _(
                "It is too late to take longer: people must be told within the first month, by %(day)s. Answer now."
            )
            % {"day": f"{by:%d/%m/%Y}"}
        )


def check_decision(decision: str, exemption: str, given: str) -> None:
    """Refuse a decision about a record that is none, names no exemption where it holds back, or gives nothing."""
    check(
        decision in RequestRecord.Decision.values and bool(decision),
        _("Choose what happens to this record."),
        field="decision",
    )
    if decision == RequestRecord.Decision.HOLD:
        check(
            exemption in EXEMPTIONS,
            _("Choose why it is held back: we must be able to say so."),
            field="exemption",
        )
    if decision == RequestRecord.Decision.PART:
        check(bool(given.strip()), _("Write what is given, with the other parts covered."), field="given")
        check(
            exemption in EXEMPTIONS,
            _("Choose why parts are covered: we must be able to say so."),
            field="exemption",
        )


def make_code() -> str:
    """Return a new reference code in three groups of four letters and digits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def hash_code(code: str) -> str:
    """Return the digest of a code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def place_of(row_id: UUID, part: str = "record") -> str:
    """Return the place that a locked record, its given words or an answer is bound to."""
    return f"people_request_{part}:{row_id}"


def write_document(document: Mapping[str, object]) -> str:
    """Return an answer as JSON in one fixed form, so that its digest says whether it was changed."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)


def hash_document(written: str) -> str:
    """Return the digest of an answer."""
    return hashlib.sha256(written.encode()).hexdigest()
