"""Words planted about one person everywhere, to be looked for after their erasure."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from alongside.apps.base.operations import save_view
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.operations.voices import set_basis
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.people.models import Erasure
from alongside.apps.people.operations import erase_person
from tests.factories import engagement as listening
from tests.factories import insight
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.requests import (
    EMAIL,
    NAME,
    WORDS,
    ask_and_know,
    have_say,
    join,
)

CANARIES = ("Zorrander", "zorrander", "900417", "999 123 4560", "zylopharm")


# Lines that nobody can change, and no erasure does: a backup holds them as they stand.
NEVER_CHANGED = {"people_consent_line"}


def find_in_tables(words: tuple[str, ...] = CANARIES) -> list[str]:
    """Return every column of every table, the libraries' too, in which one of these words stands."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    plain = (
                        bytes(value).decode("utf-8", "ignore")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                    )
                    found += [f"{table}.{name}: {word}" for word in words if word in plain]
    return found


def plant() -> dict[str, Any]:
    """Plant the same person in every room."""
    lead = make_viewer("engagement_lead", name="Ada Okafor")
    spoke = have_say()
    member = join()
    account = make_person("patient_partner", name=NAME, email=EMAIL)
    voice = Voice.objects.get(speaker=spoke.speaker)
    theme = insight.make_theme(spoke.engagement, [voice], "Being rung", lead)
    found = insight.make_insight(theme, lead, statement="People wait for a call")
    add_quoted_words(by=lead, at=NOW, insight_id=found, voice_id=voice.id, words="nobody rang")
    set_basis(voice_ids=[voice.id], basis_id=voice.basis_id, reason=f"{NAME} asked us to", by=SYSTEM, at=NOW)
    save_view(page="members", name=f"About {NAME}", query=f"q={EMAIL}", by=lead, at=NOW)
    typed = listening.make_voices(spoke.engagement, f"I sat beside {NAME.upper()} and she cried.", by=SYSTEM)
    browser = SessionStore()
    browser["say-abc"] = {"contact": {"email": EMAIL, "name": NAME}, "answers": {"1": WORDS}}
    browser.create()
    return {
        "lead": lead, "spoke": spoke, "member": member, "account": account, "voice": voice, "insight": found,
        "typed": typed[0], "browser": browser.session_key,
    }  # fmt: skip


def erase_planted(by: Viewer) -> Erasure:
    request = ask_and_know(by, "erasure")
    return erase_person(request_id=request.id, typed="erase", by=by, at=NOW)
