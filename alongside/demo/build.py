"""Build the demonstration: a fictional organisation, made through the same operations a team uses."""

from collections.abc import Callable
from datetime import UTC, datetime

from alongside.apps.base.rules import SYSTEM, acting
from alongside.apps.people.queries import is_empty_installation
from alongside.demo.accounts import invite_people
from alongside.demo.acting import act
from alongside.demo.asking import ask_about_data
from alongside.demo.cast import add_cast
from alongside.demo.consenting import let_people_decide
from alongside.demo.covering import cover
from alongside.demo.listening import listen
from alongside.demo.partnering.agreements import agree, say_what_is_done
from alongside.demo.partnering.contacts import know_people
from alongside.demo.partnering.disclosures import disclose
from alongside.demo.partnering.events import hold_events
from alongside.demo.partnering.funding import fund
from alongside.demo.partnering.money import spend
from alongside.demo.partnering.paid_work import pay_people
from alongside.demo.partnering.published import read_what_others_published
from alongside.demo.partnering.relations import relate
from alongside.demo.safety import look_after
from alongside.demo.understanding import understand

BEGINNING = datetime(2025, 9, 1, 9, tzinfo=UTC)


def build_if_empty(say: Callable[[str], None]) -> None:
    """Build everything in a new, empty installation; leave any other as it is."""
    if not is_empty_installation():
        return
    say("Making a fictional organisation …")
    with acting(SYSTEM, why="alongside demo"):
        cast = add_cast(BEGINNING)
        invite_people(cast, datetime.now(tz=UTC))
    say("  people and partners are here")
    with acting(cast["ruth"], why="alongside demo: listening"):
        listening = listen(cast)
    say("  engagements held, voices brought in")
    with acting(cast["ruth"], why="alongside demo: understanding"):
        understanding = understand(cast, listening)
    say("  themes proposed and decided, insights written")
    with acting(cast["ruth"], why="alongside demo: acting"):
        act(cast, understanding)
    with acting(cast["ruth"], why="alongside demo: covering"):
        cover(cast, listening)
    say("  actions taken, people told")
    with acting(cast["ruth"], why="alongside demo: partners"):
        relate(cast, BEGINNING, datetime.now(tz=UTC))
    say("  two years with partners, promises kept and late")
    with acting(cast["ruth"], why="alongside demo: contacts"):
        know_people(cast)
    say("  contacts known, a list brought in, a duplicate found")
    agree(cast)
    say("  agreements written, certified by somebody else and signed")
    with acting(cast["harriet"], why="alongside demo: concerns"):
        look_after(cast, listening)
    say("  concerns heard, looked at and forwarded")
    with acting(cast["ruth"], why="alongside demo: consents and needs"):
        let_people_decide(cast, listening)
    say("  some changed their minds, some said what they need")
    with acting(cast["ruth"], why="alongside demo: asking about data"):
        ask_about_data(cast)
    say("  requests about data received, words kept long enough found")
    with acting(cast["ruth"], why="alongside demo: payments"):
        spend(cast)
        read_what_others_published(cast)
    say("  two years of payments asked for, approved and paid, another funder's grants read")
    with acting(cast["ruth"], why="alongside demo: funding"):
        fund(cast)
    say("  requests for funding judged, decided, reported on")
    with acting(cast["ruth"], why="alongside demo: paid work"):
        pay_people(cast, listening.engagements)
    say("  people asked, answered, paid")
    with acting(cast["ruth"], why="alongside demo: events and joint projects"):
        hold_events(cast)
    say("  events held, joint projects begun and evaluated")
    say_what_is_done(cast)
    with acting(cast["ruth"], why="alongside demo: disclosure"):
        disclose(cast)
    say("  two years published, this one collecting")
