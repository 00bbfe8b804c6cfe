"""Build the demonstration: a fictional organisation, made through the same operations a team uses."""

from collections.abc import Callable
from datetime import UTC, datetime

from alongside.apps.people.queries import is_empty_installation
from alongside.demo.acting import act
from alongside.demo.asking import ask_about_data
from alongside.demo.cast import add_cast
from alongside.demo.listening import listen
from alongside.demo.understanding import understand

BEGINNING = datetime(2025, 9, 1, 9, tzinfo=UTC)


def build_if_empty(say: Callable[[str], None]) -> None:
    """Build everything in a new, empty installation; leave any other as it is."""
    if not is_empty_installation():
        return
    say("Making a fictional organisation …")
    cast = add_cast(BEGINNING)
    say("  people and partners are here")
    listening = listen(cast)
    say("  engagements held, voices brought in")
    understanding = understand(cast, listening)
    say("  themes proposed and decided, insights written")
    act(cast, understanding)
    say("  actions taken, people told")
    ask_about_data(cast)
    say("  requests about data received, words kept long enough found")
