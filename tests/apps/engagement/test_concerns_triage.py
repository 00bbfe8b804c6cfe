"""Concerns are triaged: by those who may, in order, each step written down, and by nothing else."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.apps.base.models import AuditLine, PersonKey
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Concern, ConcernEvent, ConcernProposal, Contact, Voice
from alongside.apps.engagement.operations import (
    Forwarding,
    close_concern,
    close_engagement,
    decide_concern,
    forward_concern,
    hand_back_concern,
    note_seen,
    open_contact,
    reopen_concern,
    set_basis,
    take_on_concern,
)
from alongside.apps.engagement.operations.concern_subjects import collect, erase
from alongside.apps.engagement.operations.voices import TypedVoice
from alongside.apps.engagement.queries.concerns import (
    ConcernFilter,
    count_open_concerns,
    get_concern,
    list_concerns,
    list_engagements_with_concerns,
)
from alongside.apps.engagement.rules import CONCERN_MOVES, check_concern_move, hash_evidence
from alongside.apps.people.operations import get_or_create_basis
from tests.factories.concerns import HARM, make_confirmed, make_heard, make_raised
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
SENT = Forwarding(to="Drug safety desk", channel="portal", sent_at=LATER, what="The sheet.", reference="DS-1")


@pytest.fixture
def officer() -> Viewer:
    """Somebody who triages."""
    return make_viewer("safety_officer", name="Sam Officer")


def kinds_of(concern_id: UUID) -> list[str]:
    return list(ConcernEvent.objects.filter(concern_id=concern_id).values_list("kind", flat=True))


def test_a_concern_goes_from_waiting_to_closed_and_every_step_is_kept(officer: Viewer) -> None:
    concern = make_heard()
    take_on_concern(concern_id=concern.id, by=officer, at=LATER)
    decide_concern(
        concern_id=concern.id, is_one=True, kind="adverse_event", reason="New tablets.", by=officer, at=LATER
    )
    forward_concern(concern_id=concern.id, sent=SENT, by=officer, at=LATER)
    forward_concern(concern_id=concern.id, sent=SENT, by=officer, at=LATER)
    close_concern(concern_id=concern.id, outcome="acknowledged", reason="They have it.", by=officer, at=LATER)

    concern.refresh_from_db()
    assert (concern.state, concern.outcome) == ("closed", "acknowledged")
    assert (concern.first_seen_at, concern.forwarded_at) == (LATER, LATER)
    assert kinds_of(concern.id) == ["raised", "taken", "confirmed", "forwarded", "forwarded", "closed"]
    sent = ConcernEvent.objects.filter(kind="forwarded").first()
    assert sent is not None
    assert (sent.forwarded_to, sent.channel, sent.reference) == ("Drug safety desk", "portal", "DS-1")
    lines = AuditLine.objects.filter(object_id=concern.id)
    assert {line.operation for line in lines} >= {"concern_taken", "forward_concern", "concern_closed"}
    assert all("tablets" not in f"{line.detail}{line.reason}" for line in lines)


def test_what_is_none_stays_on_the_list_with_its_reason_and_who_said_so(officer: Viewer) -> None:
    concern = make_heard()
    take_on_concern(concern_id=concern.id, by=officer, at=LATER)
    decide_concern(
        concern_id=concern.id, is_one=False, kind="adverse_event", reason="A joke.", by=officer, at=LATER
    )

    looked_at = list_concerns(officer, ConcernFilter(state="looked_at"), LATER)
    found = get_concern(officer, concern.id)
    assert list(looked_at) == [concern]
    assert found is not None
    assert (found.events[-1].who, found.events[-1].event.reason) == ("Sam Officer", "A joke.")
    assert concern.proposals.count() == 1


def test_it_can_be_opened_again_with_a_deadline_of_its_own(officer: Viewer) -> None:
    concern = make_heard()
    take_on_concern(concern_id=concern.id, by=officer, at=LATER)
    decide_concern(concern_id=concern.id, is_one=False, kind="unsure", reason="No.", by=officer, at=LATER)
    month_later = NOW + timedelta(days=30)
    reopen_concern(concern_id=concern.id, reason="More was said.", by=officer, at=month_later)

    concern.refresh_from_db()
    assert concern.state == "taken"
    assert concern.due_at > month_later
    assert concern.first_due_at < month_later
    assert concern.first_seen_at == LATER


def test_handed_back_it_waits_again_and_the_first_look_stays(officer: Viewer) -> None:
    concern = make_heard()
    take_on_concern(concern_id=concern.id, by=officer, at=LATER)
    hand_back_concern(concern_id=concern.id, by=officer, at=LATER)
    take_on_concern(concern_id=concern.id, by=officer, at=LATER + timedelta(hours=1))

    concern.refresh_from_db()
    assert concern.first_seen_at == LATER


@pytest.mark.parametrize(("state", "wanted"), list(product(Concern.State.values, repeat=2)))
def test_the_table_of_states_is_the_law(state: str, wanted: str) -> None:
    if wanted in CONCERN_MOVES[state]:
        check_concern_move(state, wanted)
    else:
        with pytest.raises(Refused):
            check_concern_move(state, wanted)


def test_every_state_can_be_left_and_none_is_reached_without_a_first_look() -> None:
    assert set(CONCERN_MOVES) == set(Concern.State.values)
    assert all(CONCERN_MOVES.values())
    assert CONCERN_MOVES["waiting"] == {"taken"}


def test_nobody_else_triages() -> None:
    concern = make_heard()
    for role in ("engagement_lead", "governance_lead", "administrator", "auditor", "patient_partner"):
        by = make_viewer(role)
        for do in (take_on_concern, hand_back_concern):
            with pytest.raises(Refused, match="triage concerns"):
                do(concern_id=concern.id, by=by, at=LATER)
    assert Concern.objects.get().state == "waiting"


def test_refusals_say_what_would_do(officer: Viewer) -> None:
    concern_id = make_confirmed(officer)
    again: dict[str, Any] = {"concern_id": concern_id, "by": officer, "at": LATER}
    with pytest.raises(Refused, match="Forward it or close it"):
        take_on_concern(**again)
    with pytest.raises(Refused, match="no such concern"):
        take_on_concern(concern_id=uuid4(), by=officer, at=LATER)
    with pytest.raises(Refused, match="Write why"):
        close_concern(outcome="handled", reason=" ", **again)
    with pytest.raises(Refused, match="how it ended"):
        close_concern(outcome="lost", reason="x", **again)
    with pytest.raises(Refused, match="Record the forwarding first"):
        close_concern(outcome="acknowledged", reason="x", **again)
    for changes, words in (
        ({"to": " "}, "which organisation"),
        ({"to": "x" * 201}, "200"),
        ({"channel": "pigeon"}, "how it was sent"),
        ({"sent_at": LATER + timedelta(days=1)}, "future"),
        ({"sent_at": NOW - timedelta(days=1)}, "before it arrived"),
        ({"what": "x" * 4_001}, "4,000"),
    ):
        with pytest.raises(Refused, match=words):
            forward_concern(sent=Forwarding(**{**SENT.__dict__, **changes}), **again)
    with pytest.raises(Refused, match="Forward it or close it"):
        reopen_concern(reason="x", **again)
    close_concern(outcome="handled", reason="Done.", **again)
    with pytest.raises(Refused, match="Open it again first"):
        decide_concern(is_one=True, kind="complaint", reason="x", **again)
    with pytest.raises(Refused, match="looked at before"):
        take_on_concern(**again)
    waiting = make_raised()
    with pytest.raises(Refused, match="not been looked at yet"):
        reopen_concern(concern_id=waiting.id, reason="x", by=officer, at=LATER)


def test_whoever_decides_says_which_kind_and_two_of_a_kind_do_not_stand_for_the_same_words(
    officer: Viewer,
) -> None:
    text = "The tablets made me sick. I want to make a formal complaint."
    make_voices(make_engagement(), text)
    harm = Concern.objects.get(kind="adverse_event")
    raised = make_raised(kind="unsure")
    for concern in (harm, raised):
        take_on_concern(concern_id=concern.id, by=officer, at=LATER)
    with pytest.raises(Refused, match="already a concern of this kind"):
        decide_concern(concern_id=harm.id, is_one=True, kind="complaint", reason="x", by=officer, at=LATER)
    with pytest.raises(Refused, match="which kind"):
        decide_concern(concern_id=raised.id, is_one=True, kind="unsure", reason="x", by=officer, at=LATER)
    decide_concern(concern_id=raised.id, is_one=True, kind="complaint", reason="x", by=officer, at=LATER)
    raised.refresh_from_db()
    assert raised.kind == "complaint"


def test_the_words_stand_in_place_with_what_was_heard_marked(officer: Viewer) -> None:
    found = get_concern(officer, make_heard().id)

    assert found is not None
    assert found.words is not None
    assert "".join(part.text for part in found.words.parts) == HARM
    assert any("rash" in evidence for evidence in found.words.evidence)
    assert found.proposals[0].why
    assert found.can_see == ("Sam Officer",)
    assert get_concern(make_viewer("engagement_lead"), found.concern.id) is None
    assert get_concern(officer, uuid4()) is None


def test_a_text_changed_since_is_marked_where_the_evidence_stands_now(officer: Viewer) -> None:
    concern = make_heard()
    Voice.objects.update(text="[name] told me. The new tablets gave me a rash.")
    found = get_concern(officer, concern.id)
    assert found is not None
    assert found.words is not None
    assert found.words.evidence == ("The new tablets gave me a rash.",)

    Voice.objects.update(text="Nothing of note.")
    found = get_concern(officer, concern.id)
    assert found is not None
    assert found.words is not None
    assert found.words.evidence == ()


def test_words_taken_back_or_erased_are_gone_and_the_concern_stays(officer: Viewer) -> None:
    concern = make_heard()
    nothing = get_or_create_basis(kind="unknown", by=SYSTEM, at=NOW, analyse=False)
    set_basis(
        voice_ids=[concern.voice_id or uuid4()],
        basis_id=nothing.id,
        reason="Asked.",
        by=make_viewer("engagement_lead"),
        at=NOW,
    )
    found = get_concern(officer, concern.id)
    assert found is not None
    assert found.words is not None
    assert (found.words.hidden, found.words.parts) == ("taken_back", ())

    Voice.objects.update(text="")
    found = get_concern(officer, concern.id)
    assert found is not None
    assert found.words is not None
    assert found.words.hidden == "gone"
    Voice.with_staged.all().delete()
    assert get_concern(officer, concern.id) is not None
    assert Concern.objects.get().state == "waiting"


def test_overlapping_evidence_is_marked_once(officer: Viewer) -> None:
    concern = make_heard()
    first = concern.proposals.get()
    ConcernProposal.objects.create(
        concern=concern, voice_id=first.voice_id, kind=first.kind, urgency="soon", rule="gone-since",
        start=first.start, end=first.end - 1, found_at=NOW,
        evidence_sha256=hash_evidence(HARM, first.start, first.end - 1),
    )  # fmt: skip
    found = get_concern(officer, concern.id)
    assert found is not None
    assert found.words is not None
    assert "".join(part.text for part in found.words.parts) == HARM


def test_themes_withdrawing_and_closing_an_engagement_change_no_concern(officer: Viewer) -> None:
    engagement, lead = make_engagement(), make_viewer("engagement_lead")
    make_heard(engagement=engagement)
    before = list(Concern.objects.values())

    assert count_open_concerns(lead, engagement.id) == 1
    assert count_open_concerns(officer, engagement.id) == 0
    close_engagement(engagement_id=engagement.id, by=lead, at=LATER)

    assert list(Concern.objects.values()) == before


def test_who_saw_it_is_written_once_an_hour_and_each_sheet_for_forwarding(officer: Viewer) -> None:
    concern = make_heard()
    for minutes in (0, 10, 61):
        note_seen(concern_id=concern.id, by=officer, at=NOW + timedelta(minutes=minutes))
    for _number in range(2):
        note_seen(concern_id=concern.id, by=officer, at=LATER, printed=True)

    assert sorted(kinds_of(concern.id)) == ["printed", "printed", "raised", "seen", "seen"]
    with pytest.raises(Refused):
        note_seen(concern_id=concern.id, by=make_viewer("analyst"), at=NOW)


def test_a_contact_left_with_a_concern_opens_for_those_who_triage_and_is_written_down(
    officer: Viewer,
) -> None:
    concern = make_raised(contact="01632 960123")
    found = get_concern(officer, concern.id)

    assert found is not None
    assert found.may_open_contact
    assert open_contact(concern_id=concern.id, by=officer, at=LATER) == "01632 960123"
    assert "contact_opened" in kinds_of(concern.id)
    assert AuditLine.objects.filter(operation="open_concern_contact").count() == 1


def test_a_contact_given_with_a_voice_opens_only_for_those_who_may_see_contacts(officer: Viewer) -> None:
    voice_id = make_voices(make_engagement(), TypedVoice(HARM, speaker="P1"))[0]
    concern = Concern.objects.get(voice_id=voice_id)
    governance = make_viewer("governance_lead")
    contact = Contact.objects.create(
        speaker_id=concern.speaker_id or uuid4(),
        name="Ann",
        channel="email",
        email="ann@example.org",
        created_at=NOW,
    )
    for viewer, may in ((officer, False), (governance, True)):
        found = get_concern(viewer, concern.id)
        assert found is not None
        assert found.may_open_contact is may
    assert open_contact(concern_id=concern.id, by=governance, at=NOW) == "Ann, ann@example.org"
    with pytest.raises(Refused, match="Nobody left a contact"):
        open_contact(concern_id=concern.id, by=officer, at=NOW)
    contact.stopped_at = NOW
    contact.save()
    with pytest.raises(Refused, match="Nobody left a contact"):
        open_contact(concern_id=concern.id, by=governance, at=NOW)
    with pytest.raises(Refused, match="no such concern"):
        open_contact(concern_id=uuid4(), by=officer, at=NOW)


def test_an_erasure_takes_words_and_reasons_and_keeps_what_the_law_asks_for(officer: Viewer) -> None:
    governance = make_viewer("governance_lead")
    voice_id = make_voices(make_engagement(), TypedVoice(HARM, speaker="P1"))[0]
    heard = Concern.objects.get(voice_id=voice_id)
    about = make_raised(make_viewer("analyst"), about=f"engagement:voice/{voice_id}", contact="01632 960123")
    naming = make_raised(words="Ann Example told me.")
    other = make_raised(words="Nobody in particular.")
    take_on_concern(concern_id=heard.id, by=officer, at=LATER)
    decide_concern(
        concern_id=heard.id, is_one=True, kind="adverse_event", reason="A rash.", by=officer, at=LATER
    )
    assert heard.speaker_id is not None
    subject = Subject(speaker_ids=frozenset({heard.speaker_id}), names=frozenset({"Ann Example"}))
    rows = {row.table: row for row in erase(subject, by=governance, at=LATER)}

    assert (rows["engagement_concern"].erased, rows["engagement_concern"].kept) == (2, 3)
    assert "duty to report" in rows["engagement_concern"].because
    assert rows["engagement_concern_proposal"].erased == 1
    assert rows["engagement_concern_event"].erased == 1
    found = get_concern(officer, about.id)
    assert found is not None
    assert (found.raised_words, found.raised_words_gone, found.may_open_contact) == ("", True, False)
    assert kinds_of(about.id) == ["raised", "words_erased"]
    assert PersonKey.objects.get(subject_id=about.id).locked_key is None
    for concern, is_there in ((naming, False), (other, True)):
        found = get_concern(officer, concern.id)
        assert found is not None
        assert bool(found.raised_words) is is_there
    heard.refresh_from_db()
    assert (heard.state, heard.kind) == ("confirmed", "adverse_event")


def test_a_person_is_told_of_concerns_about_their_words_and_those_they_raised_after_review(
    officer: Viewer,
) -> None:
    voice_id = make_voices(make_engagement(), TypedVoice(HARM, speaker="P1"))[0]
    heard, analyst = Concern.objects.get(voice_id=voice_id), make_viewer("analyst")
    make_raised(analyst)
    take_on_concern(concern_id=heard.id, by=officer, at=LATER)
    decide_concern(
        concern_id=heard.id, is_one=True, kind="adverse_event", reason="A rash.", by=officer, at=LATER
    )

    spoke = collect(Subject(voice_ids=frozenset({voice_id})))
    raised = collect(Subject(person_ids=frozenset({analyst.own_id})))
    assert [record.needs_review for record in (*spoke, *raised)] == [True, True]
    assert "A rash." in dict(spoke[0].fields).values()
    assert "A visitor was shouting at her." in dict(raised[0].fields).values()
    assert collect(Subject()) == []


def test_the_list_is_ordered_by_urgency_then_time_left_and_can_be_filtered(officer: Viewer) -> None:
    engagement = make_engagement()
    soon = make_raised(urgency="soon", kind="complaint")
    today = make_raised(
        urgency="today", at=NOW - timedelta(days=3), about=f"engagement:detail/{engagement.id}"
    )
    now = make_raised(urgency="now", at=NOW)

    def found(**wanted: object) -> list[Concern]:
        return list(list_concerns(officer, ConcernFilter(**wanted), NOW))  # type: ignore[arg-type]

    assert found() == [now, today, soon]
    assert found(late="yes") == [today]
    assert found(kind="complaint") == [soon]
    assert found(urgency="now") == [now]
    assert found(origin="rules") == []
    assert found(state="taken") == []
    assert found(state="") == [now, today, soon]
    assert found(engagement=engagement.id) == [today]
    assert list_engagements_with_concerns(officer) == [(str(engagement.id), engagement.title)]
    nobody = make_viewer("analyst")
    assert list(list_concerns(nobody, ConcernFilter(), NOW)) == []
    assert list_engagements_with_concerns(nobody) == []
