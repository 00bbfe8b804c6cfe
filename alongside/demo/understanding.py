"""Themes and insights of the demonstration: proposed by the engine, decided and written by people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.engagement.queries.voices import list_voice_ids
from alongside.apps.insight.operations.dissents import record_dissent
from alongside.apps.insight.operations.evidence import Figure, add_figure, add_quoted_words
from alongside.apps.insight.operations.insights import (
    InsightText,
    confirm_insight,
    retire_insight,
    stand_behind,
    write_insight,
)
from alongside.apps.insight.operations.runs import RunAsked, ask_for_themes
from alongside.apps.insight.operations.themes import accept_theme, merge_proposal, move_voices, reject_theme
from alongside.apps.insight.queries.reviews import get_open_item, get_review
from alongside.demo.cast import Cast
from alongside.demo.listening import Listening
from alongside.demo.words import at_noon, read_number, read_quote, read_yaml
from alongside.demo.working import do_waiting_work

# When somebody asked for themes in each engagement, who, and how many to look for.
ROUNDS = (
    ("psoriasis_group", "tobias", "2026-03-16", 6),
    ("asthma_group", "tobias", "2026-04-27", 6),
    ("heart_survey", "mina", "2026-07-02", 14),
    ("have_your_say", "mina", "2026-11-18", None),
)
# What a person called a proposed theme, by a word among its keywords. The same name twice is a merge; a proposal in
# which no such word stands is left for later.
NAMES: Mapping[str, Mapping[str, str]] = {
    "psoriasis_group": {
        "photo": "A photo from home in place of a visit",
        "dark": "Skin like ours in the pictures",
        "picture": "Skin like ours in the pictures",
        "mornings": "What the visits ask of people",
    },
    "asthma_group": {
        "allowed": "The inhaler at school",
        "office": "The inhaler at school",
        "mum": "Being reminded",
        "paediatrics": "Moving to the adult clinic",
    },
    "heart_survey": {
        "waiting": "Waiting for results without a word",
        "phone": "Nobody answers the phone",
        "letter": "Letters that cannot be read",
        "write": "Letters that cannot be read",
        "tablets": "Water tablets and the journey",
        "nurse": "The nurses, who are kind and busy",
        "carer": "Carers left outside the conversation",
        "scales": "Readings from home that nobody looks at",
        "park": "Parking, and the last half mile",
    },
}


@dataclass
class Understanding:
    """The insights by the keys of the content."""

    insights: dict[str, UUID] = field(default_factory=dict)


def understand(cast: Cast, listening: Listening) -> Understanding:
    """Find themes, decide about them, then write each insight with its evidence and what people said of it."""
    for key, analyst, day, themes in ROUNDS:
        _find_and_decide(
            cast, listening.engagements[key], cast[analyst], at_noon(day), themes, NAMES.get(key, {})
        )
    understanding = Understanding()
    for one in read_yaml("chain.yaml")["insights"]:
        understanding.insights[one["key"]] = _write(one, cast, listening)
    return understanding


def _find_and_decide(
    cast: Cast, engagement_id: UUID, by: Viewer, at: datetime, themes: int | None, names: Mapping[str, str]
) -> None:
    asked = RunAsked(engagement_id=engagement_id, themes=themes, only_new=False)
    ask_for_themes(by=by, at=at, asked=asked, back_url="")
    do_waiting_work(at)
    review = get_review(by, engagement_id)
    if review is None:
        raise LookupError("the run left nothing to review")
    standing: dict[str, UUID] = {}
    for number, item in enumerate(review.to_decide):
        decider = cast["sheila"] if number % 4 == 2 else by
        decided_at = at + timedelta(hours=1, minutes=6 * number)
        opened = get_open_item(by, review, item.id)
        words = " ".join(opened.keywords).lower().split() if opened else []
        name = next((name for word, name in names.items() if word in words), "")
        if name in standing:
            merge_proposal(
                by=decider,
                at=decided_at,
                proposed_theme_id=item.id,
                into_id=standing[name],
                reason="The same thing in other words.",
            )
        elif name:
            standing[name] = accept_theme(by=decider, at=decided_at, proposed_theme_id=item.id, name=name)
        elif "nothing" in words:
            why = "Several things in one, and some that say there is nothing to say."
            reject_theme(by=decider, at=decided_at, proposed_theme_id=item.id, reason=why)


def _write(one: dict[str, Any], cast: Cast, listening: Listening) -> UUID:
    """Write one insight and let its history happen."""
    events = {event["event"]: event for event in one["history"]}
    drafted = at_noon(events["drafted"]["date"], 10)
    writer = _able(cast, events["drafted"]["by"], "write_insights")
    quotes = [read_quote(raw) for raw in one["quotes"]]
    voices = [listening.find_voice(quote) for quote in quotes]
    text = InsightText(
        statement=one["statement"],
        kind=one["kind"],
        limits=one["limits"],
        theme_ids=_find_themes_of(one, voices, cast, listening, drafted),
    )
    insight_id = write_insight(by=writer, at=drafted, text=text)
    for quote, voice_id in zip(quotes, voices, strict=True):
        add_quoted_words(by=writer, at=drafted, insight_id=insight_id, voice_id=voice_id, words=quote.text)
    for raw in one.get("numbers", ()):
        number = read_number(raw)
        unit = f"of {number.out_of}" if number.out_of else ""
        figure = Figure(Decimal(number.value), None, None, unit, number.out_of, number.counts, "")
        add_figure(by=writer, at=drafted, insight_id=insight_id, kind="number", figure=figure)
    _live(one, events, insight_id, cast)
    return insight_id


def _find_themes_of(
    one: dict[str, Any], voices: list[UUID], cast: Cast, listening: Listening, at: datetime
) -> list[UUID]:
    """Return the themes an insight comes from; quoted voices that lie in none are read and placed by a person first."""
    by, engagement_id = cast["mina"], listening.engagements[one["engagement"]]
    themes_of = resolve(registry.trail_steps["theme"].forward)
    here = set(list_voice_ids(by, engagement_id))
    loose = [voice for voice in voices if voice in here and not list(themes_of(by, [voice]))]
    first, standing = one["themes"][0], _list_standing(by, engagement_id)
    if loose:
        move_voices(
            by=by,
            at=at - timedelta(hours=1),
            engagement_id=engagement_id,
            voice_ids=loose,
            to_id=standing.get(first),
            new_name="" if first in standing else first,
            reason="Read one by one; they say this.",
        )
        standing = _list_standing(by, engagement_id)
    return [standing[name] for name in one["themes"]]


def _list_standing(by: Viewer, engagement_id: UUID) -> dict[str, UUID]:
    found = get_review(by, engagement_id)
    return {item.name: item.id for item in found.decided} if found else {}


def _live(one: dict[str, Any], events: dict[str, Any], insight_id: UUID, cast: Cast) -> None:
    if stood := events.get("stood_behind"):
        person = _able(cast, stood["by"], "stand_behind_insights")
        stand_behind(by=person, at=at_noon(stood["date"]), insight_id=insight_id)
    if confirmed := events.get("confirmed"):
        patient, at = cast[confirmed["by"]], at_noon(confirmed["date"])
        stand_behind(by=patient, at=at, insight_id=insight_id)
        confirm_insight(
            by=patient, at=at, insight_id=insight_id, answer="yes", note=confirmed.get("note", "")
        )
    if dissent := one.get("dissent"):
        by, at = cast[dissent["by"]], at_noon(dissent["date"])
        record_dissent(by=by, at=at, reason=dissent["reason"], insight_id=insight_id)
    if retired := one.get("retired"):
        person = _able(cast, retired["by"], "stand_behind_insights")
        retire_insight(by=person, at=at_noon(retired["date"]), insight_id=insight_id, reason=retired["why"])


def _able(cast: Cast, key: str, permission: str) -> Viewer:
    """Return the person the content names, or the lead where their role does not reach so far."""
    person = cast[key]
    return person if person.may(permission) else cast["gareth"]
