"""Signing, ending, and what the partner says: what is refused, and what stays."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.apps.agreements.models import (
    Agreement,
    AgreementVersion,
    Signature,
)
from alongside.apps.agreements.operations import (
    Signing,
    agree_it_is_right,
    answer_comment,
    close_agreement,
    comment_on_agreement,
    complete_agreement,
    reject_agreement,
    sign_agreement,
    start_agreement,
    take_back_to_draft,
    terminate_agreement,
)
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.agreements.rules import MOVES, digest_document, list_next_states
from alongside.apps.agreements.rules.papers import split_text
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.people.models import Organisation
from tests.factories.agreements import make_agreement
from tests.factories.papers import STARTS, TODAY, draft, make_plan, sign
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer


def test_both_sides_sign_once_and_the_later_day_counts(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    speaker = make_partner_user(group.id)
    one = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    assert not sign(one, speaker, side="theirs", way="screen")
    with pytest.raises(Refused, match="signed already"):
        sign(one, lead, side="theirs")
    assert sign(one, lead, side="ours", way="screen")

    agreement = Agreement.objects.get(id=one)
    assert (agreement.state, agreement.signed_on) == ("signed", TODAY)
    theirs = Signature.objects.get(side="theirs")
    assert (theirs.person_id, theirs.document_sha256) == (
        speaker.person_id,
        get_shown_version(lead, one).sha256,
    )


@pytest.mark.parametrize(
    ("on", "words"),
    [(TODAY + timedelta(days=1), "in the future"), (TODAY - timedelta(days=1), "signed after that")],
)
def test_a_day_of_signing_that_cannot_be_is_refused(
    lead: Viewer, certifier: Viewer, group: Organisation, on: date, words: str
) -> None:
    one = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    with pytest.raises(Refused, match=words):
        sign(one, lead, on=on)


def test_a_signature_after_the_start_is_refused(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id, starts_on=TODAY), lead, until="certified", certifier=certifier)
    shown = get_shown_version(lead, one)
    late = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="before what it is about begins"):
        sign_agreement(
            agreement_id=one, version_number=1, document_sha256=shown.sha256,
            signing=Signing("ours", "paper", "Ada", "Lead", late), by=lead, at=NOW + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"side": "both"}, "which side"),
        ({"way": "smoke"}, "how this was signed"),
        ({"name": " "}, "name of whoever"),
        ({"role": ""}, "in which role"),
        ({"name": "x" * 121}, "name has at most"),
        ({"role": "x" * 121}, "role has at most"),
        ({"side": "theirs", "way": "screen"}, "a page of its own"),
    ],
)
def test_a_signature_that_says_too_little_is_refused(
    lead: Viewer, certifier: Viewer, group: Organisation, changed: dict[str, str], words: str
) -> None:
    one = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    shown = get_shown_version(lead, one)
    signing = replace(Signing("ours", "paper", "Ada", "Lead", TODAY), **changed)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        sign_agreement(
            agreement_id=one, version_number=1, document_sha256=shown.sha256, signing=signing, by=lead, at=NOW
        )


def test_nobody_signs_for_the_other_side(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    speaker, stranger = make_partner_user(group.id), make_partner_user(make_organisation().id)
    with pytest.raises(Refused, match="Only the team"):
        sign(one, speaker, side="ours")
    with pytest.raises(Refused, match="not there"):
        sign(one, stranger, side="theirs", way="screen")


def test_a_person_signs_for_themselves(lead: Viewer, certifier: Viewer) -> None:
    sheila, idris = make_viewer("patient_partner"), make_viewer("patient_partner")
    plan = make_plan(kind="service", capacity="themselves", person_id=sheila.person_id)
    one = draft(plan, lead, until="certified", certifier=certifier)
    with pytest.raises(Refused, match="not there"):
        sign(one, idris, side="theirs", way="screen")

    assert not sign(one, sheila, side="theirs", way="screen")


def test_the_ends_of_an_agreement_each_with_its_reason(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id), lead, until="signed", certifier=certifier)
    with pytest.raises(Refused, match="It can be started then"):
        start_agreement(agreement_id=one, by=lead, at=NOW)
    later = NOW + (STARTS - TODAY)
    start_agreement(agreement_id=one, by=lead, at=later)
    with pytest.raises(Refused, match="already “active”"):
        start_agreement(agreement_id=one, by=lead, at=later)
    complete_agreement(agreement_id=one, words="Done.", by=lead, at=later)
    close_agreement(agreement_id=one, by=lead, at=later)
    with pytest.raises(Refused, match="It has ended"):
        terminate_agreement(agreement_id=one, why="Too late.", by=lead, at=later)

    other = draft(make_plan(group.id), lead)
    with pytest.raises(Refused, match="Say why"):
        reject_agreement(agreement_id=other, why="", by=certifier, at=NOW)
    reject_agreement(agreement_id=other, why="Nobody wants it.", by=certifier, at=NOW)
    assert Agreement.objects.get(id=other).ended_at == NOW
    signed = make_agreement(organisation_id=group.id, state="signed")
    terminate_agreement(agreement_id=signed.id, why="The group closed.", by=lead, at=NOW)
    with pytest.raises(Refused, match="Your role does not let you"):
        reject_agreement(agreement_id=other, why="Me too.", by=make_viewer("finance"), at=NOW)


def test_every_step_of_the_table_leads_somewhere_that_is_a_state() -> None:
    states = set(Agreement.State.values)
    assert set(MOVES) == states
    assert all(set(list_next_states(one)) <= states for one in states)


def test_comments_are_made_and_answered_while_words_can_change(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    speaker, stranger = make_partner_user(group.id), make_partner_user(make_organisation().id)
    one = draft(make_plan(group.id), lead, until="partner_review")
    said = comment_on_agreement(agreement_id=one, field_key="roles", words="Who?", by=speaker, at=NOW)
    comment_on_agreement(agreement_id=one, field_key="", words="Fine.", by=certifier, at=NOW)
    for words, fault in ((" ", "Write your words"), ("x" * 2001, "2,001 characters")):
        with pytest.raises(Refused, match=fault):
            comment_on_agreement(agreement_id=one, field_key="", words=words, by=speaker, at=NOW)
    with pytest.raises(Refused, match="not there"):
        comment_on_agreement(agreement_id=one, field_key="", words="Mine?", by=stranger, at=NOW)
    with pytest.raises(Refused, match="Your role does not let you"):
        comment_on_agreement(
            agreement_id=one, field_key="", words="Money?", by=make_viewer("finance"), at=NOW
        )
    answer_comment(comment_id=said, words="The group.", by=lead, at=NOW)
    with pytest.raises(Refused, match="has its answer"):
        answer_comment(comment_id=said, words="Again.", by=lead, at=NOW)
    with pytest.raises(Refused, match="not there"):
        answer_comment(comment_id=uuid4(), words="Hm.", by=lead, at=NOW)
    reject_agreement(agreement_id=one, why="No.", by=lead, at=NOW)
    with pytest.raises(Refused, match="words are settled"):
        comment_on_agreement(agreement_id=one, field_key="", words="Still?", by=speaker, at=NOW)


def test_only_the_partner_says_that_it_is_right_and_only_when_asked(
    lead: Viewer, group: Organisation
) -> None:
    speaker = make_partner_user(group.id)
    one = draft(make_plan(group.id), lead, until="partner_review")
    sha256 = get_shown_version(lead, one).sha256
    with pytest.raises(Refused, match="Only the partner"):
        agree_it_is_right(agreement_id=one, version_number=1, document_sha256=sha256, by=lead, at=NOW)
    take_back_to_draft(agreement_id=one, why="Wait.", by=lead, at=NOW)
    with pytest.raises(Refused, match="nothing waits"):
        agree_it_is_right(agreement_id=one, version_number=2, document_sha256=sha256, by=speaker, at=NOW)


def test_the_document_is_split_as_it_was_made(lead: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead)
    version = AgreementVersion.objects.get(agreement_id=one)

    assert digest_document(version.document) == version.document_sha256
    assert split_text(version.document)[0][0] == "Grant agreement"
    assert split_text("") == []
    assert draft(make_plan(group.id), SYSTEM)
