"""Notes of meetings: both halves, sharing, confirming, correcting; private words never reach the partner."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.apps.actions.models import Action
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.engagement.models import Engagement, Voice
from alongside.apps.partnership.models import (
    Interaction,
    NoteAnswer,
    Priority,
    Promise,
    RegularContact,
    Relationship,
)
from alongside.apps.partnership.operations.relations import (
    InteractionPlan,
    PriorityPlan,
    PromisePlan,
    answer_notes,
    change_interaction,
    make_promise,
    record_interaction,
    record_priority,
    share_notes,
)
from alongside.apps.partnership.queries.relations.notes import (
    count_waiting_notes,
    get_shared_note,
    get_whole_note,
)
from alongside.apps.people.models import Organisation
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer
from tests.factories.relations import TODAY, make_note, make_promise_plan

pytestmark = pytest.mark.django_db
PLAN = InteractionPlan(
    "meeting", TODAY, "First meeting", shared_notes="We agreed.", private_notes="Short of money."
)
WANTED = PriorityPlan("A number to ring at night", "first", "their chair")


def test_a_meeting_with_two_promises_and_a_priority_is_kept_as_one() -> None:
    lead, owner, group = make_viewer("engagement_lead"), make_viewer("owner"), make_organisation("Side Door")
    promises = [
        make_promise_plan(owner.own_id, "Send the minutes"),
        make_promise_plan(owner.own_id, "x" * 250),
    ]
    kept = record_interaction(
        organisation_id=group.id, plan=PLAN, promises=promises, priorities=[WANTED], by=lead, at=NOW
    )
    note = Interaction.objects.get(id=kept)
    assert (note.note_state, note.recorded_by_id, note.promises.count()) == ("draft", lead.person_id, 2)
    first, second = (one.action for one in Promise.objects.order_by("made_at", "id"))
    assert (first.title, first.origin, first.owner_id) == ("Send the minutes", "promise", owner.person_id)
    assert first.origin_note == "Promised to Side Door on 22 November 2026."
    assert list(first.partners.values_list("name", flat=True)) == ["Side Door"]
    assert (len(second.title), second.description) == (200, "x" * 250)
    wanted = Priority.objects.get()
    voice = Voice.objects.get(id=wanted.voice_id)
    assert (voice.text, voice.said_on) == (WANTED.words, TODAY)
    assert voice.speaker is not None
    assert voice.speaker.pseudonym == "Side Door"
    assert voice.engagement.title == "Regular contact with Side Door, 2026"
    assert voice.basis.kind == "legitimate_interests"
    assert Relationship.objects.get().lead_id == lead.person_id
    line = AuditLine.objects.get(operation="record_interaction")
    assert line.detail == {"promises": 2, "priorities": 1}


def test_what_a_group_wants_in_one_year_lies_in_one_engagement() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("G" * 200)
    for day in (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=400)):
        record_priority(organisation_id=group.id, priority=WANTED, heard_on=day, by=lead, at=NOW)
    assert RegularContact.objects.count() == Engagement.objects.count() == 2
    assert {len(one.title) for one in Engagement.objects.all()} == {160}
    assert Voice.objects.count() == 3


def test_all_of_a_note_is_kept_or_nothing() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    wrong = PromisePlan("Send it", uuid4(), TODAY)
    with pytest.raises(Refused) as refusal:
        record_interaction(organisation_id=group.id, plan=PLAN, promises=[wrong], by=lead, at=NOW)
    assert refusal.value.field == "promise_1_owner"
    assert not Interaction.objects.exists()
    assert not Action.objects.exists()


@pytest.mark.parametrize(("change", "field", "words"), [
    ({"title": " "}, "title", "Give it a title"),
    ({"kind": "dance"}, "kind", "what kind of contact"),
    ({"happened_on": TODAY + timedelta(days=1)}, "happened_on", "today, or a day before"),
    ({"shared_notes": "a" * 20_001}, "shared_notes", "20001 characters"),
    ({"private_notes": "a\x00b"}, "private_notes", "NUL"),
    ({"our_people": [uuid4()]}, "our_people", "from the list"),
])  # fmt: skip
def test_a_note_that_lacks_something_is_refused_beside_its_field(
    change: dict[str, object], field: str, words: str
) -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    plan = InteractionPlan(**{"kind": "call", "happened_on": TODAY, "title": "A call", **change})  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words) as refusal:
        record_interaction(organisation_id=group.id, plan=plan, by=lead, at=NOW)
    assert refusal.value.field == field


def test_notes_are_of_a_partner_that_is_there_and_by_somebody_who_keeps_relations() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    own = Organisation.objects.create(name="We", kind="own", created_at=NOW)
    for nobody in (own.id, uuid4()):
        with pytest.raises(Refused, match="no such partner"):
            record_interaction(organisation_id=nobody, plan=PLAN, by=lead, at=NOW)
    with pytest.raises(Refused, match="keep relations"):
        record_interaction(organisation_id=group.id, plan=PLAN, by=make_viewer("finance"), at=NOW)
    with pytest.raises(Refused, match="at most 20"):
        record_interaction(organisation_id=group.id, plan=PLAN, priorities=[WANTED] * 21, by=lead, at=NOW)
    with pytest.raises(Refused, match="no such notes here"):
        share_notes(interaction_id=uuid4(), by=lead, at=NOW)


@pytest.mark.parametrize(("do", "words"), [
    (lambda promise: PromisePlan(" ", promise.owner_id, promise.due_on), "Write what we promised"),
    (lambda promise: PromisePlan("It", promise.owner_id, TODAY - timedelta(days=1)), "the day until when"),
])  # fmt: skip
def test_a_promise_without_words_or_due_before_it_is_made_is_refused(
    do: Callable[[PromisePlan], PromisePlan], words: str
) -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    wrong = do(make_promise_plan(lead.own_id))
    with pytest.raises(Refused, match=words):
        make_promise(organisation_id=group.id, promise=wrong, made_on=TODAY, by=lead, at=NOW)


def test_a_promise_or_a_priority_belongs_to_a_meeting_with_the_same_partner() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation()
    note = make_note(group.id, by=lead)
    plan = make_promise_plan(lead.own_id)
    with pytest.raises(Refused, match="not of a meeting with this partner"):
        make_promise(
            organisation_id=other.id, promise=plan, made_on=TODAY, interaction_id=note, by=lead, at=NOW
        )
    odd = PriorityPlan("Words", "louder")
    with pytest.raises(Refused, match="how much it matters"):
        record_priority(organisation_id=other.id, priority=odd, heard_on=TODAY, by=lead, at=NOW)


def test_a_partner_reads_only_the_shared_half_of_what_is_shared_with_it() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation()
    bronwen, stranger = make_partner_user(group.id), make_partner_user(other.id)
    note = make_note(group.id, by=lead, private_notes="They are short of money.")
    assert get_shared_note(bronwen, note) is None
    share_notes(interaction_id=note, by=lead, at=NOW)
    shared = get_shared_note(bronwen, note)
    assert shared is not None
    assert "short of money" not in repr(shared)
    assert count_waiting_notes(bronwen) == 1
    assert get_whole_note(bronwen, note) is None
    assert get_shared_note(stranger, note) is None
    assert (count_waiting_notes(stranger), count_waiting_notes(lead)) == (0, 0)
    whole = get_whole_note(lead, note)
    assert whole is not None
    assert whole.private_notes == "They are short of money."
    assert get_whole_note(lead, uuid4()) is None


def test_a_partner_corrects_then_we_change_then_it_confirms() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    bronwen = make_partner_user(group.id)
    note = make_note(group.id, by=lead, share=True)
    with pytest.raises(Refused, match="what should stand there") as refusal:
        answer_notes(interaction_id=note, answer="corrected", words="", read_version=1, by=bronwen, at=NOW)
    assert refusal.value.field == "words"
    answer_notes(interaction_id=note, answer="corrected", words="June", read_version=1, by=bronwen, at=NOW)
    with pytest.raises(Refused, match="answered these notes already"):
        answer_notes(interaction_id=note, answer="confirmed", words="", read_version=1, by=bronwen, at=NOW)
    private = InteractionPlan("meeting", TODAY, "First meeting", shared_notes="We talked about the leaflet.")
    change_interaction(interaction_id=note, plan=private, by=lead, at=NOW)
    assert Interaction.objects.get().note_state == "corrected"  # what they read did not change
    changed = InteractionPlan("meeting", TODAY, "First meeting", shared_notes="We met in June.")
    change_interaction(interaction_id=note, plan=changed, by=lead, at=NOW)
    with pytest.raises(Refused, match="changed while you read"):
        answer_notes(interaction_id=note, answer="confirmed", words="", read_version=1, by=bronwen, at=NOW)
    answer_notes(interaction_id=note, answer="confirmed", words="Thanks", read_version=2, by=bronwen, at=NOW)
    shared = get_shared_note(bronwen, note)
    assert shared is not None
    assert (shared.state, [reply.is_about_these for reply in shared.replies]) == ("confirmed", [True, False])
    assert NoteAnswer.objects.get(answer="corrected").notes_then == "We talked about the leaflet."
    empty = InteractionPlan("meeting", TODAY, "First meeting")
    with pytest.raises(Refused, match="cannot be emptied"):
        change_interaction(interaction_id=note, plan=empty, by=lead, at=NOW)


def test_only_the_partner_itself_answers_and_with_an_answer_there_is() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    note, stranger = make_note(group.id, by=lead, share=True), make_partner_user(make_organisation().id)
    for nobody in (stranger, SYSTEM):
        with pytest.raises(Refused, match="There are no such notes"):
            answer_notes(interaction_id=note, answer="confirmed", words="", read_version=1, by=nobody, at=NOW)
    with pytest.raises(Refused, match="speak for organisation"):
        answer_notes(interaction_id=note, answer="confirmed", words="", read_version=1, by=lead, at=NOW)
    bronwen = make_partner_user(group.id)
    with pytest.raises(Refused, match="Choose whether"):
        answer_notes(interaction_id=note, answer="perhaps", words="", read_version=1, by=bronwen, at=NOW)


def test_notes_without_words_are_not_shared_and_none_are_shared_twice() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    empty = make_note(group.id, by=lead, shared_notes="")
    with pytest.raises(Refused, match="Write the notes"):
        share_notes(interaction_id=empty, by=lead, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interaction.objects.filter(id=empty).update(note_state="shared")
    shared = make_note(group.id, by=lead, share=True)
    with pytest.raises(Refused, match="shared already"):
        share_notes(interaction_id=shared, by=lead, at=NOW)
