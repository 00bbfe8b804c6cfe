"""Actions of the demonstration and how people were told, day by day, mishaps included."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from alongside.apps.actions.bridge import Fate, Outcome
from alongside.apps.actions.operations.actions import ActionPlan, close_action, move_action, start_action
from alongside.apps.actions.operations.answers import answer_help
from alongside.apps.actions.operations.digests import claim_digest, settle_digest
from alongside.apps.actions.operations.links import open_link
from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.actions.operations.rounds import send_round, write_round
from alongside.apps.actions.operations.tellings import (
    record_bounce,
    record_channel,
    record_told,
)
from alongside.apps.actions.queries.actions import get_action
from alongside.apps.actions.queries.digests import list_waiting_mailboxes
from alongside.apps.actions.queries.public import list_quotes_for_public
from alongside.apps.actions.queries.rounds import (
    PersonTold,
    as_person,
    count_left_to_mail,
    get_round,
    list_groups,
    list_people_of_round,
)
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.engagement.operations.voices import add_reply
from alongside.demo.cast import Cast
from alongside.demo.understanding import Understanding
from alongside.demo.words import as_day, at_noon, read_yaml

ENDED_STATES = {"done", "closed", "not_doing"}
STARTS_WITHOUT_DATE = date(2026, 10, 1)
HELP = {"yes": "yes", "a_bit": "partly", "no": "no"}


@dataclass
class ActionStory:
    """One action as the content tells it, while it is being told."""

    one: dict[str, Any]
    cast: Cast
    lead: Viewer
    id: UUID | None = None
    opened: list[tuple[UUID, UUID]] = field(default_factory=list)  # link and telling of people who opened

    @property
    def action_id(self) -> UUID:
        """Return the id, once the action has begun."""
        if self.id is None:
            raise LookupError("this action has not begun")
        return self.id


def act(cast: Cast, understanding: Understanding) -> None:
    """Let every action happen in the order of its days."""
    for one in read_yaml("chain.yaml")["actions"]:
        story = ActionStory(one=one, cast=cast, lead=cast["ruth"])
        for _day, event in sorted(_list_events(story, understanding), key=lambda pair: pair[0]):
            event()
        _publish(story)


def _list_events(
    story: ActionStory, understanding: Understanding
) -> list[tuple[datetime, Callable[[], None]]]:
    one = story.one
    days = [
        as_day(one["started_on"] or STARTS_WITHOUT_DATE),
        *(as_day(raw["sent_on"]) for raw in one["feedback"]),
    ]
    begun = at_noon(min(days), 8) - timedelta(days=2)
    events: list[tuple[datetime, Callable[[], None]]] = [
        (begun, partial(_begin, story, understanding, begun))
    ]
    ended = _ended_at(one)
    if one["status"] in ENDED_STATES and ended:
        state = "not_doing" if one["status"] == "not_doing" else "done"
        events.append((ended, partial(_move, story, state, one["what_came_of_it"], ended)))
    for raw in one["feedback"]:
        sent = at_noon(raw["sent_on"], 13)
        events.append((sent, partial(_tell, story, raw, sent)))
    if one["closed_on"]:
        closed = at_noon(one["closed_on"], 17)
        events.append((closed, partial(_close, story, closed)))
    return events


def _ended_at(one: dict[str, Any]) -> datetime | None:
    if one["done_on"]:
        return at_noon(one["done_on"], 10)
    return at_noon(one["due_on"], 10) if one["status"] == "not_doing" else None


def _begin(story: ActionStory, understanding: Understanding, at: datetime) -> None:
    one, cast = story.one, story.cast
    plan = ActionPlan(
        title=one["title"],
        owner_id=cast.person_id(one["owner"]),
        due_on=as_day(one["due_on"]),
        partner_ids=[cast.partners[key] for key in one["partners"]],
    )
    action = start_action(
        plan=plan,
        origin=one["origin"],
        origin_note=one.get("origin_note", ""),
        insight_ids=[understanding.insights[key] for key in one["insights"]],
        by=story.lead,
        at=at,
    )
    story.id = action.id
    if one["status"] != "planned":
        move_action(action_id=action.id, to="in_progress", words="", by=story.lead, at=at + timedelta(days=1))


def _move(story: ActionStory, to: str, words: str, at: datetime) -> None:
    owner = story.cast[story.one["owner"]]
    move_action(action_id=story.action_id, to=to, words=words, by=owner, at=at)


def _tell(story: ActionStory, raw: dict[str, Any], at: datetime) -> None:
    """Write one round and tell people: by mail where they may be written to, the others through a channel."""
    lead = story.lead
    written = write_round(
        action_id=story.action_id,
        stage=raw["stage"],
        message=raw["message"],
        thanks=raw["thanks"],
        by=lead,
        at=at - timedelta(days=1),
    )
    found = get_round(lead, written.id)
    if found is None:
        raise LookupError("the round is not there")
    note = raw["channel"].capitalize()
    groups = list_groups(lead, found)
    if not groups:
        record_channel(
            round_id=found.id, engagement_id=None, channel=_channel(raw), note=note, by=lead, at=at
        )
    for group in groups:
        if group.people > group.by_mail + group.by_hand or group.anonymous:
            record_channel(
                round_id=found.id,
                engagement_id=group.engagement_id,
                channel=_channel(raw),
                note=note,
                by=lead,
                at=at,
            )
    if count_left_to_mail(lead, found):
        send_round(round_id=found.id, by=lead, at=at)
        _mail(story, at)
    people = [as_person(lead, row) for row in list_people_of_round(lead, found)]
    _tell_by_hand(found.id, people, lead, at)
    _answer(story, found.id, people, raw, at)
    _let_mail_bounce(people, raw, found.id, lead)


def _channel(raw: dict[str, Any]) -> str:
    words = raw["channel"]
    if "poster" in words:
        return "poster"
    return "post" if words.startswith("letter") else "group"


def _mail(story: ActionStory, at: datetime) -> None:
    """Send the digest as the worker would; some people open the page the same evening."""
    for number, mailbox in enumerate(list_waiting_mailboxes(SYSTEM)):
        claimed = claim_digest(mailbox=mailbox, by=SYSTEM, at=at)
        if claimed is None:
            continue
        settle_digest(digest_id=claimed.id, outcome=Outcome(Fate.ACCEPTED), by=SYSTEM, at=at)
        if number % 3 != 2:
            link = open_link(token=claimed.token, at=at + timedelta(hours=6))
            if link:
                story.opened.append((link.id, claimed.id))


def _tell_by_hand(round_id: UUID, people: list[PersonTold], by: Viewer, at: datetime) -> None:
    """Ring or write to those who asked for it."""
    for person in people:
        if person.reach in ("post", "phone") and person.telling_id is None:
            record_told(
                round_id=round_id, speaker_id=person.speaker_id, channel=person.reach, note="", by=by, at=at
            )


def _answer(
    story: ActionStory, round_id: UUID, people: list[PersonTold], raw: dict[str, Any], at: datetime
) -> None:
    """Let people answer: whether it helped, and in their own words."""
    by_pseudonym = {person.pseudonym: person for person in people}
    tellings = {person.telling_id for person in people if person.telling_id}
    if raw["stage"] == "did_it_help":
        answers = [HELP[key] for key in raw.get("answers", {}) if key in HELP]
        for number, (link_id, _digest) in enumerate(story.opened):
            for telling_id in tellings:
                _try_answer(link_id, telling_id, answers[number % len(answers)] if answers else "yes", at)
    for said in raw.get("replies", ()):
        person = by_pseudonym.get(said["from"])
        if person is not None:
            add_reply(
                speaker_id=person.speaker_id,
                round_id=round_id,
                text=said["text"],
                by=story.lead,
                at=at_noon(said["date"], 18),
            )


def _try_answer(link_id: UUID, telling_id: UUID, answer: str, at: datetime) -> None:
    """Answer for one telling of one link; a link answers only for its own person."""
    try:
        answer_help(
            link_id=link_id, telling_id=telling_id, answer=answer, words="", at=at + timedelta(hours=7)
        )
    except Refused:
        return


def _let_mail_bounce(people: list[PersonTold], raw: dict[str, Any], round_id: UUID, by: Viewer) -> None:
    """Two mails came back: one person was then reached by letter, the other not yet."""
    mailed = [person for person in people if person.channel == "email" and person.telling_id]
    for person, bounced in zip(mailed, raw.get("bounced", ()), strict=False):
        at = at_noon(bounced["date"], 15)
        record_bounce(telling_id=person.telling_id or person.speaker_id, by=by, at=at)
        if "arrived" in bounced["then"]:
            record_told(
                round_id=round_id,
                speaker_id=person.speaker_id,
                channel="post",
                note="A letter, after the mail came back",
                by=by,
                at=at + timedelta(days=14),
            )


def _close(story: ActionStory, at: datetime) -> None:
    """Close, having written down honestly whom nobody can reach."""
    close_action(action_id=story.action_id, by=story.lead, at=at)


def _publish(story: ActionStory) -> None:
    """Tell the public what changed, for actions that have ended and were told."""
    one = story.one
    said = {raw["stage"]: raw["message"] for raw in one["feedback"]}
    if one["status"] not in ENDED_STATES or not said:
        return
    at = at_noon(one["closed_on"] or one["done_on"] or one["due_on"], 18)
    words = StoryWords(
        language="en",
        title=one["title"],
        heard=said.get("heard") or one.get("public_heard") or _statement_behind(one),
        did=said.get("decided") or said.get("done", ""),
        came_of_it=one["what_came_of_it"],
    )
    action = get_action(story.lead, story.action_id)
    if action is None:
        raise LookupError("the action is not there")
    chosen = one.get("public_quotes")
    quotes = [
        evidence_id
        for evidence_id, text in list_quotes_for_public(action)
        if chosen is None or any(words in text for words in chosen)
    ][:2]
    write_story(action_id=action.id, words=words, quote_ids=quotes, by=story.lead, at=at)
    publish_action(action_id=action.id, by=story.lead, at=at)


def _statement_behind(one: dict[str, Any]) -> str:
    """Return what the first insight behind an action says, for an action without a first message."""
    statements = {insight["key"]: insight["statement"] for insight in read_yaml("chain.yaml")["insights"]}
    return str(statements[one["insights"][0]])
