"""What people of the demonstration allow, end and need, through the same operations a team uses."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.operations import Ending, record_ending
from alongside.apps.engagement.queries.consents import list_people_to_record, list_speaker_agreements
from alongside.apps.people.operations import add_text_version
from alongside.apps.people.operations.needs import Outcome, add_need, log_occasion
from alongside.apps.people.queries.needs import NeedSubject
from alongside.apps.people.rules.consents import expand_uses
from alongside.apps.people.rules.needs import NeedTerms
from alongside.demo.cast import Cast
from alongside.demo.listening import Listening
from alongside.demo.words import as_day, at_noon, read_yaml

CONTENT = "consents_and_needs.yaml"


def let_people_decide(cast: Cast, listening: Listening) -> None:
    """Let a text get a new version, files be downloaded, people change their minds, and needs be met or not."""
    words = read_yaml(CONTENT)
    new = words["new_text"]
    bodies = {"en": new["en"], "cy": new["cy"]}
    add_text_version(key=new["key"], bodies=bodies, by=cast["ruth"], at=at_noon(new["day"]))
    for one in words["downloaded"]:
        engagement_id, at = listening.engagements[one["engagement"]], at_noon(one["day"])
        record_export(
            what="voices",
            object_type="engagement.engagement",
            object_ids=[engagement_id],
            ending="csv",
            by=cast[one["by"]],
            at=at,
        )
    for one in sorted(words["endings"], key=lambda one: str(one["day"])):
        _end(one, cast[one["by"]], listening.engagements[one["engagement"]])
    for one in words["needs"]:
        _need(one, cast, listening)


def _end(one: dict[str, Any], by: Viewer, engagement_id: UUID) -> None:
    """Record that somebody told a colleague to stop: the first person to whom it makes a difference in public."""
    at = at_noon(one["day"])
    for speaker_id, _pseudonym in list_people_to_record(by, engagement_id):
        (agreement,) = list_speaker_agreements([speaker_id])
        if any(use.kind == "public_story" for use in agreement.where) is one["published"]:
            ending = Ending(
                expand_uses(one["uses"]), how=one["how"], given_at=at - timedelta(hours=2), note=one["note"]
            )
            record_ending(engagement_id=engagement_id, speaker_id=speaker_id, ending=ending, by=by, at=at)
            return
    raise LookupError(f"{one['engagement']}: nobody there was quoted in public")


def _need(one: dict[str, Any], cast: Cast, listening: Listening) -> None:
    person, since = cast[one["person"]], as_day(one["since_on"])
    terms = NeedTerms(
        kind=one["kind"],
        words=one["words"],
        strength=one["strength"],
        visible_to=one["visible_to"],
        readers=tuple(cast.person_id(key) for key in one.get("readers", ())),
        since_on=since,
        review_on=as_day(one["review_on"]),
    )
    own = NeedSubject("person", person.own_id, is_own=True)
    need_id = add_need(subject=own, terms=terms, by=person, at=at_noon(since))
    for raw in one.get("occasions", ()):
        outcome = Outcome(
            happened_on=as_day(raw["day"]),
            is_met=raw["is_met"],
            why=raw.get("why", ""),
            next_step=raw.get("next_step", ""),
            engagement_id=listening.engagements[raw["engagement"]],
        )
        seen = NeedSubject("person", person.own_id)
        log_occasion(
            need_id=need_id, subject=seen, outcome=outcome, by=cast["ruth"], at=at_noon(raw["day"], 18)
        )
