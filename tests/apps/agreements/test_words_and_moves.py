"""Drafting, changing, showing and certifying: what is refused, and what stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.apps.agreements.models import (
    Agreement,
    AgreementVersion,
    Certification,
    CheckResult,
    RuleSet,
)
from alongside.apps.agreements.operations import (
    agree_it_is_right,
    answer_rule,
    certify_agreement,
    draft_agreement,
    revise_agreement,
    show_to_partner,
    take_back_to_draft,
)
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.people.models import Organisation
from tests.factories.papers import STARTS, certify, draft, fill, make_plan
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "gift"}, "Choose what kind"),
        ({"capacity": "boss"}, "Choose in which capacity"),
        ({"title": " "}, "Give the agreement a title"),
        ({"title": "x" * 201}, "at most 200"),
        ({"ends_on": STARTS - timedelta(days=1)}, "cannot end before it starts"),
        ({"amount_pence": 0}, "never written as £0"),
        ({"in_kind_value_pence": 0}, "never written as £0"),
        ({"in_kind_value_pence": 100}, "Describe what is given in kind"),
        ({"organisation_id": None}, "Choose the organisation"),
        ({"organisation_id": uuid4()}, "still with us"),
        ({"person_id": uuid4()}, "Leave the person empty"),
        ({"capacity": "representing"}, "Choose the person"),
        ({"capacity": "representing", "person_id": uuid4()}, "somebody with an account"),
        ({"capacity": "themselves", "person_id": uuid4()}, "without an organisation"),
        ({"fields": {"tea": "yes"}}, "is no field of this paper"),
        ({"fields": {"description": "x" * 8001}}, "8,001 characters"),
        ({"fields": {"hands_off": "perhaps"}}, "answer yes or no"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_with_what_would_do(
    lead: Viewer, group: Organisation, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        draft_agreement(plan=replace(make_plan(group.id), **changed), by=lead, at=NOW)
    assert not Agreement.objects.exists()


def test_a_choice_that_is_none_and_a_day_that_is_none_are_refused(lead: Viewer, group: Organisation) -> None:
    draft(make_plan(group.id), lead)  # so that the shipped rules are taken in
    text = RuleSet.objects.get().text
    asks_a_day = text.replace("answer: text", "answer: date", 1)
    RuleSet.objects.update(text=asks_a_day)
    with pytest.raises(Refused, match="Write a date as 2026-11-30"):
        draft(make_plan(group.id, fields={"signatories": "soon"}), lead)
    dated = draft(make_plan(group.id, fields={"signatories": "2027-01-04"}), lead)
    assert dict(get_shown_version(lead, dated).sections)["Who signs"] == "4 January 2027"
    RuleSet.objects.update(text=text)
    with pytest.raises(Refused, match="Choose one of: The organisation"):
        draft_agreement(plan=make_plan(group.id, kind="service", fields={"paid_to": "us"}), by=lead, at=NOW)


def test_the_replaced_agreement_must_be_there(lead: Viewer, group: Organisation) -> None:
    with pytest.raises(Refused, match="is not there"):
        draft_agreement(plan=make_plan(group.id), by=lead, at=NOW, replaces_id=uuid4())
    first = draft(make_plan(group.id), lead)
    second = draft_agreement(plan=make_plan(group.id), by=lead, at=NOW, replaces_id=first)

    assert Agreement.objects.get(id=second).replaces_id == first
    assert Agreement.objects.get(id=second).reference.endswith("-0002")


def test_a_number_somebody_else_took_is_not_drawn_twice(
    lead: Viewer, group: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = Agreement.objects.get(id=draft(make_plan(group.id), lead)).reference
    drawn = iter([taken, "AG-2026-0099"])
    place = "alongside.apps.agreements.operations.drafting._next_reference"
    monkeypatch.setattr(place, lambda _year: next(drawn))

    assert Agreement.objects.get(id=draft(make_plan(group.id), lead)).reference == "AG-2026-0099"
    monkeypatch.setattr(place, lambda _year: taken)
    with pytest.raises(Refused, match="Try again in a minute"):
        draft(make_plan(group.id), lead)


def test_words_that_look_like_a_heading_stay_words(lead: Viewer, group: Organisation) -> None:
    words = "Tea\r\n## Signed\nby nobody"
    one = draft(make_plan(group.id, fields=fill("grant", description=words)), lead)
    headings = [heading for heading, _words in get_shown_version(lead, one).sections]

    assert "Signed" not in headings
    assert dict(get_shown_version(lead, one).sections)["What is supported"] == "Tea\n ## Signed\nby nobody"


def test_what_is_given_in_kind_prints_its_value_or_says_that_it_has_none(
    lead: Viewer, group: Organisation
) -> None:
    plan = make_plan(group.id, kind="donation", amount_pence=None, in_kind_description="A lamp")
    unvalued, valued = draft(plan, lead), draft(replace(plan, in_kind_value_pence=4000), lead)

    assert "No value can be put on it." in dict(get_shown_version(lead, unvalued).sections)["Given in kind"]
    assert "£40" in dict(get_shown_version(lead, valued).sections)["Given in kind"]


def test_another_version_keeps_the_one_before_and_the_partners_word_no_longer_counts(
    lead: Viewer, group: Organisation
) -> None:
    speaker = make_partner_user(group.id)
    one = draft(make_plan(group.id), lead, until="partner_review")
    shown = get_shown_version(speaker, one)
    agree_it_is_right(agreement_id=one, version_number=1, document_sha256=shown.sha256, by=speaker, at=NOW)
    number = revise_agreement(
        agreement_id=one,
        plan=make_plan(group.id, title="Tea"),
        why="Shorter.",
        from_version=1,
        by=lead,
        at=NOW,
    )

    agreement = Agreement.objects.get(id=one)
    assert (number, agreement.version_number, agreement.partner_agreed_version) == (2, 2, 1)
    assert [one.number for one in agreement.versions.all()] == [1, 2]
    with pytest.raises(Refused, match="changed while you read"):
        agree_it_is_right(
            agreement_id=one, version_number=1, document_sha256=shown.sha256, by=speaker, at=NOW
        )


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"from_version": 7}, "Somebody wrote version 1"), ({"why": " "}, "Say what changes")],
)
def test_a_version_written_over_another_or_without_reason_is_refused(
    lead: Viewer, group: Organisation, changed: dict[str, Any], words: str
) -> None:
    one = draft(make_plan(group.id), lead)
    with pytest.raises(Refused, match=words):
        revise_agreement(
            **{"agreement_id": one, "plan": make_plan(group.id), "why": "So.", "from_version": 1, **changed},
            by=lead, at=NOW,
        )  # fmt: skip


def test_the_parties_of_an_agreement_stay(lead: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead)
    with pytest.raises(Refused, match="stay what they are"):
        revise_agreement(
            agreement_id=one,
            plan=make_plan(make_organisation().id),
            why="So.",
            from_version=1,
            by=lead,
            at=NOW,
        )


@pytest.mark.parametrize("state", ["certified", "signed"])
def test_certified_and_signed_words_are_not_edited_and_the_remedy_is_named(
    lead: Viewer, certifier: Viewer, group: Organisation, state: str
) -> None:
    one = draft(make_plan(group.id), lead, until=state, certifier=certifier)
    before = AgreementVersion.objects.get(agreement_id=one).document
    remedy = "back to draft" if state == "certified" else "replaces it"
    with pytest.raises(Refused, match=remedy):
        revise_agreement(
            agreement_id=one,
            plan=make_plan(group.id, title="More"),
            why="So.",
            from_version=1,
            by=lead,
            at=NOW,
        )

    assert AgreementVersion.objects.get(agreement_id=one).document == before


def test_taken_back_it_is_certified_anew_and_the_first_certificate_stands_for_the_first_version(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    with pytest.raises(Refused, match="Say why"):
        take_back_to_draft(agreement_id=one, why="", by=lead, at=NOW)
    take_back_to_draft(agreement_id=one, why="The sum is wrong.", by=lead, at=NOW)
    assert Agreement.objects.get(id=one).certified_at is None
    show_to_partner(agreement_id=one, by=lead, at=NOW)
    certify(one, certifier)

    certified = Certification.objects.filter(version__agreement_id=one).values_list(
        "version__number", flat=True
    )
    assert sorted(certified) == [1, 2]


def test_words_changed_behind_our_back_are_noticed(lead: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead)
    assert get_shown_version(lead, one).is_intact
    AgreementVersion.objects.update(document="## Grant\nFor nothing\n")

    assert not get_shown_version(lead, one).is_intact
    with pytest.raises(Refused, match="not there"):
        get_shown_version(lead, uuid4())


def test_a_certificate_needs_its_words_and_keeps_what_every_rule_said(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id), lead, until="partner_review")
    shown = get_shown_version(lead, one)
    with pytest.raises(Refused, match="Write what you certify"):
        certify_agreement(
            agreement_id=one,
            version_number=1,
            document_sha256=shown.sha256,
            statement=" ",
            by=certifier,
            at=NOW,
        )
    certify(one, certifier)

    assert Certification.objects.get().document_sha256 == shown.sha256
    kept = CheckResult.objects.filter(subject_kind="agreement", subject_id=one)
    assert set(kept.values_list("rule_set__edition", flat=True)) == {1}
    assert kept.filter(rule="signed-before-start", outcome="pass").exists()


def test_an_empty_field_may_be_shown_and_stops_the_certificate(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id, fields=fill("grant", roles="")), lead, until="partner_review")

    with pytest.raises(Refused, match="The paper must say: Who does what"):
        certify(one, certifier)


def test_a_rule_that_asks_waits_for_its_answer_and_no_answer_opens_what_blocks(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    draft(make_plan(group.id), lead)  # so that the shipped rules are taken in
    text = RuleSet.objects.get().text.replace("severity: warn", "severity: ask")
    RuleSet.objects.update(text=text)
    one = draft(make_plan(group.id, title="The adalimumab club"), lead, until="partner_review")
    with pytest.raises(Refused, match="Answer it first"):
        certify(one, certifier)
    for words, fault in (("", "Write your answer"), ("x" * 2001, "at most 2,000")):
        with pytest.raises(Refused, match=fault):
            answer_rule(
                subject_kind="agreement",
                subject_id=one,
                rule="no-medicine-in-the-name",
                words=words,
                by=lead,
                at=NOW,
            )
    with pytest.raises(Refused, match="Sign in"):
        answer_rule(subject_kind="agreement", subject_id=one, rule="any", words="Yes", by=PUBLIC, at=NOW)
    answer_rule(
        subject_kind="agreement", subject_id=one, rule="no-medicine-in-the-name", words="It is the club's name.",
        by=lead, at=NOW,
    )  # fmt: skip
    certify(one, certifier)

    assert Agreement.objects.get(id=one).state == "certified"
