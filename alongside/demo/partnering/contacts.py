"""People at partners in the demonstration: who they are, a list that came in, two that were one, what a group asks."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import Viewer, acting
from alongside.apps.partnership.operations.contacts.bringing import confirm_list
from alongside.apps.partnership.operations.contacts.changes import answer_change, ask_for_change
from alongside.apps.partnership.operations.contacts.duplicates import propose_duplicates
from alongside.apps.partnership.operations.contacts.keeping import add_contact, end_contact
from alongside.apps.partnership.operations.contacts.lists import choose_list_columns, start_list
from alongside.apps.partnership.operations.contacts.merging import merge_contacts
from alongside.apps.partnership.rules.contacts import ContactPlan
from alongside.apps.partnership.rules.list_columns import guess_list_columns
from alongside.demo.cast import Cast
from alongside.demo.words import as_day, at_noon, read_yaml
from alongside.demo.working import do_waiting_work

LOOKED_ON = "2026-11-20"


def know_people(cast: Cast) -> None:
    """Add the contacts of every partner, bring a list in, and leave a duplicate and a request waiting."""
    words, lead = read_yaml("partnering/contacts.yaml"), cast["ruth"]
    made = {(one["at"], one["name"]): _add(one, cast, lead) for one in words["contacts"]}
    for one in words["merges"]:
        kept, merged = made[one["at"], one["keep"]], made[one["at"], one["merge"]]
        at = at_noon(one["day"])
        merge_contacts(kept_id=kept, merged_id=merged, reason=one["reason"], by=lead, at=at)
    _bring(words["list"], cast)
    for one in words["changes"]:
        _ask(one, cast, lead)
    propose_duplicates(at=at_noon(LOOKED_ON, 4))


def _add(one: dict[str, Any], cast: Cast, lead: Viewer) -> UUID:
    account = one.get("account")
    plan = ContactPlan(
        name=one["name"],
        role_words=one["role"],
        email=one.get("email", ""),
        phone=one.get("phone", ""),
        preferred_way=one.get("way", ""),
        language=one.get("language", "en"),
        mandated_from=as_day(one["from"]) if "from" in one else None,
        mandated_until=as_day(one["until"]) if "until" in one else None,
        is_main=one.get("main", False),
        person_id=cast.person_id(account) if account else None,
        source=one["source"],
    )
    made = add_contact(organisation_id=cast.partners[one["at"]], plan=plan, by=lead, at=at_noon(one["day"]))
    if "ended" in one:
        end_contact(contact_id=made, ended_on=as_day(one["ended"]), by=lead, at=at_noon(one["ended"], 15))
    return made


def _bring(one: dict[str, Any], cast: Cast) -> None:
    """Let a colleague bring in the list they had, with two rows that are wrong and one group misspelt."""
    by, at = cast[one["by"]], at_noon(one["day"])
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(one["header"])
    writer.writerows(one["rows"])
    content = file.getvalue().encode()
    with acting(by, why="alongside demo: contacts"):
        made = start_list(
            kind="contacts", file_name=one["name"], size_bytes=len(content), parts=[content], by=by, at=at
        )
        choice = guess_list_columns("contacts", one["header"])
        choose_list_columns(import_id=made, choice=choice, by=by, at=at)
        do_waiting_work(at + timedelta(minutes=1))
        confirm_list(import_id=made, by=by, at=at + timedelta(minutes=10))


def _ask(one: dict[str, Any], cast: Cast, lead: Viewer) -> None:
    by = cast[one["by"]]
    with acting(by, why="alongside demo: contacts"):
        asked = ask_for_change(about=one["about"], words=one["words"], by=by, at=at_noon(one["day"], 19))
    if "answer" in one:
        answer_change(
            request_id=asked,
            is_done=True,
            answer=one["answer"],
            what_changed=one["changed"],
            by=lead,
            at=at_noon(one["answered"]),
        )
