"""Two years with partners in the demonstration: meetings, what they want, what was promised and kept or is late."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.apps.actions.operations.actions import close_action, move_action
from alongside.apps.actions.operations.rounds import write_round
from alongside.apps.actions.operations.tellings import record_channel
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.operations.relations import (
    InteractionPlan,
    PriorityPlan,
    PromisePlan,
    RelationshipPlan,
    answer_notes,
    judge_relationships,
    keep_relationship,
    move_priority,
    record_interaction,
    share_notes,
)
from alongside.apps.partnership.queries.relations.partners import list_priorities, list_promises
from alongside.apps.people.operations import (
    IncomeTerms,
    OrganisationDetails,
    add_organisation,
    add_person,
    assure_organisation,
    change_organisation,
    set_identifiers,
    set_income,
)
from alongside.apps.people.queries import get_organisation, get_viewer
from alongside.demo.cast import Cast
from alongside.demo.words import as_day, at_noon, read_yaml

SHARED_FROM = ("side_door", "second_stair")  # whose notes are always shared; others' once they answer


def relate(cast: Cast, at: datetime, now: datetime) -> None:
    """Add two new partners, say what each partner is, let two years of contact happen, and look how each stands."""
    words = read_yaml("partnering/relations.yaml")
    _add_partners(words, cast, at)
    for key, one in words["relationships"].items():
        plan = RelationshipPlan(
            cast.person_id(one["lead"]), one["purpose"], one["every"], as_day(one["review_on"])
        )
        organisation_id = cast.partners[key]
        keep_relationship(
            organisation_id=organisation_id, plan=plan, by=cast["ruth"], at=at_noon(one["began"], 9)
        )
    for contact in words["contacts"]:
        _meet(contact, cast)
    for key, one in words["details"].items():
        _describe(cast.partners[key], one, cast["ruth"])
    judge_relationships(on=now.date(), by=SYSTEM, at=now)


def _add_partners(words: dict[str, Any], cast: Cast, at: datetime) -> None:
    for one in words["partners"]:
        cast.partners[one["key"]] = add_organisation(
            name=one["name"],
            kind=one["kind"],
            purpose=one["what_they_do"],
            reach=one["reach"],
            nation=one["nation"],
            website=one["website"],
            by=SYSTEM,
            at=at,
        ).id
    for one in words["people"]:
        person = add_person(
            email=one["email"],
            name=one["name"],
            roles=["partner_user"],
            organisation_id=cast.partners[one["organisation"]],
            by=SYSTEM,
            at=at,
        )
        cast.viewers[one["key"]] = get_viewer(person)


def _describe(organisation_id: UUID, one: dict[str, Any], lead: Viewer) -> None:
    page = get_organisation(lead, organisation_id)
    if page is None:
        raise LookupError("the partner is not there")
    checked = at_noon(one.get("assured_on", date(2026, 9, 1)))
    details = OrganisationDetails(
        name=page.name,
        kind=page.kind,
        purpose=page.purpose,
        conditions=one["conditions"],
        reach=page.reach,
        membership=one.get("membership"),
        nation=page.nation,
        website=page.website,
        independence_policy_url=one.get("policy", ""),
    )
    change_organisation(organisation_id=organisation_id, details=details, by=lead, at=checked)
    numbers = [(scheme, number) for scheme, number in one["numbers"]]
    set_identifiers(organisation_id=organisation_id, identifiers=numbers, by=lead, at=checked)
    for ended, pounds, source in one["incomes"]:
        income = IncomeTerms(as_day(ended), pounds * 100, source)
        at = max(checked, at_noon(ended) + timedelta(days=120))
        set_income(organisation_id=organisation_id, income=income, by=lead, at=at)
    if "assured_on" in one:
        assure_organisation(organisation_id=organisation_id, by=lead, at=checked)


def _meet(one: dict[str, Any], cast: Cast) -> None:
    """Write down one contact the next morning, and let what it led to happen on its days."""
    by, organisation_id = cast[one["by"]], cast.partners[one["with"]]
    written = at_noon(one["day"], 9) + timedelta(days=1)
    note_id = record_interaction(
        organisation_id=organisation_id,
        plan=InteractionPlan(
            kind=one["kind"],
            happened_on=as_day(one["day"]),
            title=one["title"],
            place=one.get("place", ""),
            our_people=[cast.person_id(key) for key in (one["by"], *one.get("ours", ()))],
            their_people=one["theirs"],
            shared_notes=one["shared"],
            private_notes=one.get("private", ""),
            materials=one.get("materials", ""),
        ),
        promises=[
            PromisePlan(raw["words"], cast.person_id(raw["owner"]), as_day(raw["due"]))
            for raw in one.get("promises", ())
        ],
        priorities=[
            PriorityPlan(raw["words"], raw["strength"], raw["said_by"]) for raw in one.get("priorities", ())
        ],
        by=by,
        at=written,
    )
    _answer(note_id, one, cast)
    _keep_promises(note_id, one, cast)
    _follow_priorities(note_id, one, by)


def _answer(note_id: UUID, one: dict[str, Any], cast: Cast) -> None:
    answer = one.get("answer")
    if answer is None and one["with"] not in SHARED_FROM:
        return
    if answer is None and as_day(one["day"]) < date(2026, 11, 1):
        return
    shared = at_noon(one["day"], 10) + timedelta(days=1)
    share_notes(interaction_id=note_id, by=cast[one["by"]], at=shared)
    if answer is not None:
        answer_notes(
            interaction_id=note_id,
            answer=answer["kind"],
            words=answer.get("words", ""),
            read_version=1,
            by=cast[answer["by"]],
            at=at_noon(answer["day"], 18),
        )


def _keep_promises(note_id: UUID, one: dict[str, Any], cast: Cast) -> None:
    kept = {raw["words"]: raw for raw in one.get("promises", ()) if "done" in raw}
    for line in list_promises(cast["ruth"], as_day(one["day"]), interaction_id=note_id):
        raw = kept.get(line.words)
        if raw is not None:
            owner, at = cast[raw["owner"]], at_noon(raw["done"], 15)
            move_action(action_id=line.action_id, to="done", words=raw["outcome"], by=owner, at=at)
            _tell(line.action_id, raw["outcome"], cast[one["by"]], at + timedelta(days=2))


def _tell(action_id: UUID, outcome: str, by: Viewer, at: datetime) -> None:
    """Tell the group that a promise is kept, and close it."""
    thanks = "Thank you for holding us to it."
    told = write_round(action_id=action_id, stage="done", message=outcome, thanks=thanks, by=by, at=at)
    note = "Said at the next meeting with the group"
    record_channel(round_id=told.id, engagement_id=None, channel="meeting", note=note, by=by, at=at)
    close_action(action_id=action_id, by=by, at=at + timedelta(hours=1))


def _follow_priorities(note_id: UUID, one: dict[str, Any], by: Viewer) -> None:
    steps = {raw["words"]: raw.get("steps", ()) for raw in one.get("priorities", ())}
    for line in list_priorities(by, interaction_id=note_id):
        for step in steps[line.words]:
            at = at_noon(step["day"], 14)
            move_priority(priority_id=line.id, to=step["to"], words=step["words"], by=by, at=at)
