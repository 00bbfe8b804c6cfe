"""Agreements for the demonstration: drafted, read by the partner, certified by somebody else, signed by both."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from alongside.apps.agreements.operations import (
    AgreementPlan,
    Signing,
    certify_agreement,
    draft_agreement,
    give_paper,
    show_to_partner,
    sign_agreement,
    start_agreement,
)
from alongside.apps.agreements.queries.papers import list_paper_fields
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.base.rules import acting
from alongside.demo.cast import Cast

STATES = ("draft", "partner_review", "certified", "signed", "active")
STATEMENT = "I have read this version and what the rules found. It keeps the rules, and nothing has begun."
WORDS = {
    "description": "The activity in the title, as the group has planned it and told us in its own words.",
    "objective": "People who live with the condition find each other and understand what they are told.",
    "contribution": "We pay towards it, or give what is listed here. We do not plan it, run it or speak at it.",
    "roles": "The group plans and runs it. We pay, and are told in one page what came of it.",
    "signatories": "The chair of the group, and our head of partnership",
    "services": "Reading what we send, at home, and saying what is clear, what is missing and what hurts.",
    "need": "We write for people whose lives we do not live. The need was written down before anybody was asked.",
    "selection": "They know the condition from their own days, and said they wanted to. Gareth Penhallick chose.",
    "use_made": "Each comment gets an answer; what changes is shown to those who made it.",
    "payment_basis": "The half-day rate of our rate card, for the time it takes. It may be declined without a reason.",
    "expenses": "Fares, and somebody to sit in, paid back apart from any fee.",
    "shared_aims": "That people wait less, know why they wait, and are asked before the plan is made.",
    "patient_benefit": "Fewer wasted journeys, and a name to ring.",
    "outcomes": "Days waited and calls made, before and after, counted by both sides in the same way.",
    "our_contribution": "Somebody for one day a week, the room, and the counting.",
    "partner_contribution": "What its people know, six of them in the group that plans, and the words.",
    "membership": "The newsletter, the yearly meeting, and no vote.",
    "confidential_matters": "The plan of a study that is not public yet.",
    "confidential_purpose": "So that people it is meant for can say what is wrong with it while it can still change.",
    "confidential_exceptions": "Any worry about somebody's safety, what is public anyway, and what a law asks for.",
    "declaration": "“Supported by Merrowdale Partnership, which had no say in the content”, on the first page.",
    "publication": "The yearly list names the group, the kind of support, its value and what it was for.",
    "report": "One page, three months after the end: what was done, for how many, and what was learned.",
    "ending": "Either side may end this with four weeks' notice in writing.",
}
SAME = "As both sides have said it to each other."


def make_paper(
    cast: Cast,
    key: str,
    plan: AgreementPlan,
    at: datetime,
    *,
    until: str = "signed",
    author: str = "ruth",
    certifier: str = "lionel",
    subject: tuple[str, UUID] | None = None,
) -> UUID:
    """Walk an agreement from draft to a state, a day or so between steps, and return its id.

    `key` is the partner's key, or that of a person who speaks for themselves; it fills in who the plan leaves out.
    Fields the plan leaves empty get believable words. `until` is draft, partner_review, certified, signed or active.
    `subject` is what needed this paper: its kind and id.
    """
    writer, second = cast[author], cast[certifier]
    plan = complete_plan(cast, key, plan, at)
    gap = min(timedelta(days=2), max(timedelta(), (plan.starts_on - at.date()) / 5))
    with acting(writer, why="alongside demo: agreements"):
        agreement_id = draft_agreement(plan=plan, by=writer, at=at)
        if subject is not None:
            give_paper(
                subject_kind=subject[0], subject_id=subject[1], agreement_id=agreement_id, by=writer, at=at
            )
        if until != "draft":
            show_to_partner(agreement_id=agreement_id, by=writer, at=at + gap)
    reached = STATES.index(until)
    if reached >= STATES.index("certified"):
        shown = get_shown_version(writer, agreement_id)
        with acting(second, why="alongside demo: certifying"):
            certify_agreement(
                agreement_id=agreement_id, version_number=shown.number, document_sha256=shown.sha256,
                statement=STATEMENT, by=second, at=at + 2 * gap,
            )  # fmt: skip
    if reached >= STATES.index("signed"):
        _sign(cast, key, author, agreement_id, at + 3 * gap)
    if until == "active":
        with acting(writer, why="alongside demo: agreements"):
            begins = max(at + 4 * gap, datetime.combine(plan.starts_on, at.timetz()))
            start_agreement(agreement_id=agreement_id, by=writer, at=begins)
    return agreement_id


def complete_plan(cast: Cast, key: str, plan: AgreementPlan, at: datetime) -> AgreementPlan:
    """Return the plan with its parties and every field filled that a paper must have."""
    if plan.organisation_id is None and key in cast.partners:
        plan = replace(plan, organisation_id=cast.partners[key])
    if plan.person_id is None and plan.capacity != "organisation" and key in cast.viewers:
        plan = replace(plan, person_id=cast.person_id(key))
    fields = list_paper_fields(plan.kind, plan.capacity, at.date())
    filled: dict[str, str] = {}
    for one in fields:
        if one.answer == "yes_no":
            filled[one.key] = "yes"
        elif one.answer == "choice":
            filled[one.key] = "person" if plan.capacity == "themselves" else one.choices[0][0]
        else:
            filled[one.key] = WORDS.get(one.key, SAME if one.is_required else "")
    return replace(plan, fields={**filled, **plan.fields})


def _sign(cast: Cast, key: str, author: str, agreement_id: UUID, at: datetime) -> None:
    """Let our side sign, and the partner's: on paper, as the team writes it down."""
    writer = cast[author]
    shown = get_shown_version(writer, agreement_id)
    person = cast.viewers.get(key)
    theirs = (person.name, "for themselves") if person else ("Chair of the group", "Chair")
    with acting(writer, why="alongside demo: agreements"):
        for side, way, (name, role) in (
            ("ours", "screen", (writer.name, "Engagement lead")),
            ("theirs", "paper", theirs),
        ):
            sign_agreement(
                agreement_id=agreement_id,
                version_number=shown.number,
                document_sha256=shown.sha256,
                signing=Signing(side, way, name, role, at.date()),
                by=writer,
                at=at,
            )
