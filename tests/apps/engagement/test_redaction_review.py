"""The review of what was covered: confirm, uncover, cover by hand, take back; opening is written down."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Redaction, RedactionDecision, Voice, VoiceOriginal
from alongside.apps.engagement.operations import (
    add_redaction,
    confirm_sure,
    decide_redaction,
    open_original,
    take_back_decision,
)
from alongside.apps.engagement.operations.originals import destroy_due_originals
from alongside.apps.engagement.queries.redactions import (
    QueueFilter,
    count_account_names,
    count_queue,
    get_redaction_review,
    list_day,
    list_kept_staff_names,
    list_queue,
    list_queue_engagements,
)
from alongside.apps.people.models import Person
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
SAID = "Dr Mensah was kind. Ring me on 07700 900123, says Wren."
COVERED = "Dr [staff name] was kind. Ring me on [phone number], says Wren."
DOUBT = "My number is 999 017 3915, I think. Dr Mensah knows."


@pytest.fixture
def governance() -> Viewer:
    return make_viewer("governance_lead", name="Marged Huws")


@pytest.fixture
def voice_id() -> UUID:
    return make_voices(make_engagement(), SAID)[0]


def text_of(voice_id: UUID) -> str:
    return Voice.with_held.get(id=voice_id).text


def mark_of(voice_id: UUID, kind: str) -> Redaction:
    return Redaction.objects.get(voice_id=voice_id, kind=kind)


def decide(voice_id: UUID, kind: str, decision: str, by: Viewer) -> None:
    decide_redaction(redaction_id=mark_of(voice_id, kind).id, decision=decision, by=by, at=NOW)


def take_back(voice_id: UUID, kind: str, by: Viewer) -> None:
    last = RedactionDecision.objects.filter(
        redaction=mark_of(voice_id, kind), takes_back=None, taken_back_by=None
    ).first()
    assert last is not None
    take_back_decision(decision_id=last.id, by=by, at=NOW)


def check_places(voice_id: UUID) -> None:
    """Every mark that stands is where its line says, in the text as it is."""
    for row in Redaction.objects.filter(voice_id=voice_id).exclude(state="undone"):
        assert text_of(voice_id)[row.start : row.end].startswith("[")
        assert text_of(voice_id)[row.start : row.end].endswith("]")


def test_confirming_keeps_the_words_covered(governance: Viewer, voice_id: UUID) -> None:
    decide(voice_id, "phone", "confirm", governance)
    assert text_of(voice_id) == COVERED
    assert mark_of(voice_id, "phone").state == "confirmed"
    with pytest.raises(Refused, match="decided already"):
        decide(voice_id, "phone", "confirm", governance)


def test_uncovering_shows_the_words_and_moves_the_other_marks(governance: Viewer, voice_id: UUID) -> None:
    decide(voice_id, "staff_name", "undo", governance)
    assert text_of(voice_id) == "Dr Mensah was kind. Ring me on [phone number], says Wren."
    check_places(voice_id)
    take_back(voice_id, "staff_name", governance)
    assert text_of(voice_id) == COVERED
    assert mark_of(voice_id, "staff_name").state == "proposed"
    check_places(voice_id)


def test_covering_by_hand_covers_every_place_and_can_be_taken_back(
    governance: Viewer, voice_id: UUID
) -> None:
    assert add_redaction(voice_id=voice_id, words="Wren", kind="own_name", by=governance, at=NOW) == 1
    assert text_of(voice_id) == COVERED.replace("Wren", "[name]")
    check_places(voice_id)
    take_back(voice_id, "own_name", governance)
    assert text_of(voice_id) == COVERED


def test_a_voice_that_was_never_covered_can_be_covered_by_hand(governance: Viewer) -> None:
    (voice_id,) = make_voices(make_engagement(), "Moira and Moira again.")
    assert add_redaction(voice_id=voice_id, words="Moira", kind="staff_name", by=governance, at=NOW) == 2
    assert text_of(voice_id) == "[staff name] and [staff name] again."
    check_places(voice_id)
    review = get_redaction_review(governance, voice_id, QueueFilter(), opened=True)
    assert review is not None
    assert "".join(piece.text for piece in review.pieces) == "Moira and Moira again."


@pytest.mark.parametrize("words", ["", "nobody said this", "number], says"])
def test_words_that_do_not_stand_there_or_touch_a_mark_are_refused(
    governance: Viewer, voice_id: UUID, words: str
) -> None:
    with pytest.raises(Refused):
        add_redaction(voice_id=voice_id, words=words, kind="other", by=governance, at=NOW)
    with pytest.raises(Refused, match="what kind"):
        add_redaction(voice_id=voice_id, words="Wren", kind="nonsense", by=governance, at=NOW)


def test_a_held_voice_is_seen_once_the_doubtful_place_is_decided(governance: Viewer) -> None:
    (voice_id,) = make_voices(make_engagement(), DOUBT)
    decide(voice_id, "staff_name", "confirm", governance)
    assert not Voice.objects.filter(id=voice_id).exists()
    decide(voice_id, "nhs_number", "undo", governance)
    assert Voice.objects.get(id=voice_id).text == DOUBT.replace("Mensah", "[staff name]")
    take_back(voice_id, "nhs_number", governance)
    assert not Voice.objects.filter(id=voice_id).exists()


def test_only_the_last_decision_can_be_taken_back(governance: Viewer, voice_id: UUID) -> None:
    decide(voice_id, "phone", "confirm", governance)
    first = RedactionDecision.objects.get()
    decide(voice_id, "phone", "undo", governance)
    with pytest.raises(Refused, match="decided since"):
        take_back_decision(decision_id=first.id, by=governance, at=NOW)
    take_back(voice_id, "phone", governance)
    assert mark_of(voice_id, "phone").state == "confirmed"
    take_back(voice_id, "phone", governance)
    assert mark_of(voice_id, "phone").state == "proposed"
    with pytest.raises(Refused, match="no such decision"):
        take_back_decision(decision_id=uuid4(), by=governance, at=NOW)


def test_words_covered_another_way_meanwhile_are_not_covered_twice(
    governance: Viewer, voice_id: UUID
) -> None:
    decide(voice_id, "staff_name", "undo", governance)
    add_redaction(voice_id=voice_id, words="Mensah was", kind="other", by=governance, at=NOW)
    with pytest.raises(Refused, match="covered another way"):
        take_back(voice_id, "staff_name", governance)
    assert text_of(voice_id).startswith("Dr [covered] kind.")
    review = get_redaction_review(governance, voice_id, QueueFilter(show="everything"), opened=False)
    assert review is not None
    assert "".join(piece.text for piece in review.pieces) == text_of(voice_id)


def test_after_the_original_is_gone_more_can_be_covered_but_nothing_uncovered(
    governance: Viewer, voice_id: UUID
) -> None:
    destroy_due_originals(at=NOW + timedelta(days=400), keep_going=lambda: None)
    with pytest.raises(Refused, match="destroyed"):
        decide(voice_id, "phone", "undo", governance)
    assert add_redaction(voice_id=voice_id, words="Wren", kind="own_name", by=governance, at=NOW) == 1
    assert text_of(voice_id) == COVERED.replace("Wren", "[name]")
    check_places(voice_id)
    review = get_redaction_review(governance, voice_id, QueueFilter(), opened=True)
    assert review is not None
    assert review.was_destroyed
    assert not review.is_open


def test_everything_sure_of_one_class_is_confirmed_at_once(governance: Viewer, voice_id: UUID) -> None:
    other = make_voices(make_engagement(title="Another"), SAID)[0]
    doubtful = make_voices(make_engagement(title="A third"), DOUBT)[0]
    first = Voice.objects.get(id=voice_id).engagement_id
    assert confirm_sure(kind="phone", engagement_id=first, by=governance, at=NOW) == 1
    assert mark_of(other, "phone").state == "proposed"
    assert confirm_sure(kind="phone", engagement_id=None, by=governance, at=NOW) == 1
    with pytest.raises(Refused, match="nothing of this class"):
        confirm_sure(kind="nhs_number", engagement_id=None, by=governance, at=NOW)
    assert mark_of(doubtful, "nhs_number").state == "proposed"
    assert RedactionDecision.objects.filter(kind="confirm").count() == 2


def test_nobody_else_may_decide_open_or_even_list(voice_id: UUID) -> None:
    lead = make_viewer("engagement_lead", "analyst")
    mark = mark_of(voice_id, "phone").id
    for act in (
        lambda: decide_redaction(redaction_id=mark, decision="undo", by=lead, at=NOW),
        lambda: add_redaction(voice_id=voice_id, words="Wren", kind="other", by=lead, at=NOW),
        lambda: confirm_sure(kind="phone", engagement_id=None, by=lead, at=NOW),
        lambda: take_back_decision(decision_id=mark, by=lead, at=NOW),
        lambda: open_original(voice_id=voice_id, by=lead, at=NOW),
    ):
        with pytest.raises(Refused, match="role"):
            act()
    assert not list_queue(lead, QueueFilter())
    assert count_queue(lead).waiting == 0
    assert get_redaction_review(lead, voice_id, QueueFilter(), opened=True) is None
    assert (list_queue_engagements(lead), list_kept_staff_names(lead), count_account_names(lead)) == (
        [],
        [],
        0,
    )


def test_what_is_not_there_is_refused(governance: Viewer) -> None:
    with pytest.raises(Refused, match="no such voice"):
        open_original(voice_id=uuid4(), by=governance, at=NOW)
    with pytest.raises(Refused, match="no such voice"):
        add_redaction(voice_id=uuid4(), words="x", kind="other", by=governance, at=NOW)
    with pytest.raises(Refused, match="no such mark"):
        decide_redaction(redaction_id=uuid4(), decision="undo", by=governance, at=NOW)
    assert get_redaction_review(governance, uuid4(), QueueFilter(), opened=False) is None


def test_the_queue_begins_with_what_is_held_back_and_leads_on(governance: Viewer, voice_id: UUID) -> None:
    held = make_voices(make_engagement(title="Another"), DOUBT)[0]
    assert [voice.id for voice in list_queue(governance, QueueFilter())] == [held, voice_id]
    assert [voice.id for voice in list_queue(governance, QueueFilter(show="doubtful"))] == [held]
    assert [voice.id for voice in list_queue(governance, QueueFilter(kind="phone"))] == [voice_id]
    first = Voice.objects.get(id=voice_id).engagement_id
    assert [voice.id for voice in list_queue(governance, QueueFilter(engagement_id=first))] == [voice_id]
    assert not list_queue(governance, QueueFilter(show="decided"))
    review = get_redaction_review(governance, held, QueueFilter(), opened=False)
    assert review is not None
    assert review.next_id == voice_id
    (item,) = list_day(governance, NOW.date())
    assert item.title == "1 voice is held back"
    decide(held, "nhs_number", "confirm", governance)
    assert list_day(governance, NOW.date())[0].title == "3 marks to confirm"
    counts = count_queue(governance, first)
    assert [(one.kind, one.sure, one.doubtful) for one in counts.kinds] == [
        ("phone", 1, 0),
        ("staff_name", 1, 0),
    ]


def sign_in(client: Client, viewer: Viewer) -> None:
    client.force_login(Person.objects.get(id=viewer.own_id))


def test_the_original_is_shown_only_after_opening_and_that_is_written_down(
    client: Client, governance: Viewer, voice_id: UUID
) -> None:
    sign_in(client, governance)
    page = reverse("engagement:redaction", args=[voice_id])
    assert "07700" not in client.get(page).content.decode()
    assert not AuditLine.objects.filter(operation="open_original").exists()
    client.post(reverse("engagement:open_original", args=[voice_id]))
    assert "07700 900123" in client.get(page).content.decode()
    assert AuditLine.objects.get(operation="open_original").object_id == voice_id
    assert AuditLine.objects.filter(operation="open_original").count() == 1


def test_deciding_leads_to_the_next_voice_and_opens_it_where_this_one_stood_open(
    client: Client, governance: Viewer, voice_id: UUID
) -> None:
    other = make_voices(make_engagement(title="Another"), SAID.replace("0123", "0124"))[0]
    sign_in(client, governance)
    client.post(reverse("engagement:open_original", args=[voice_id]))
    answer = client.post(
        reverse("engagement:decide_redaction", args=[voice_id]) + "?show=", {"decision": "confirm_all"}
    )
    assert str(other) in answer["Location"]
    assert "07700 900124" in client.get(answer["Location"]).content.decode()
    assert AuditLine.objects.filter(operation="open_original").count() == 2


def test_the_pages_of_the_review(client: Client, governance: Viewer, voice_id: UUID) -> None:
    sign_in(client, governance)
    queue, page = reverse("engagement:redactions"), reverse("engagement:redaction", args=[voice_id])
    assert (
        "What was covered"
        in client.get(f"{queue}?kind=phone&show=doubtful&engagement=nonsense").content.decode()
    )
    decide_url = reverse("engagement:decide_redaction", args=[voice_id])
    phone = str(mark_of(voice_id, "phone").id)
    client.post(decide_url, {"decision": "confirm", "id": phone})
    client.post(decide_url, {"decision": "undo", "id": phone})
    assert "07700 900123" in text_of(voice_id)
    decision = RedactionDecision.objects.get(kind="undo", taken_back_by=None)
    client.post(decide_url, {"decision": "take_back", "id": str(decision.id)})
    assert text_of(voice_id) == COVERED
    assert "decided already" in client.post(decide_url, {"decision": "confirm", "id": phone}).content.decode()
    assert "no such mark" in client.post(decide_url, {"decision": "undo", "id": "x"}).content.decode()
    assert client.post(decide_url, {"decision": "nonsense"}).status_code == 404
    add_url = reverse("engagement:add_redaction", args=[voice_id])
    assert (
        "do not stand in the text" in client.post(add_url, {"words": "zzz", "kind": "other"}).content.decode()
    )
    client.post(add_url, {"words": "Wren", "kind": "own_name"})
    assert "[name]" in client.get(page).content.decode()
    confirm = reverse("engagement:confirm_redactions", args=["staff_name"])
    assert "1 mark nobody has decided" in client.get(confirm).content.decode()
    client.post(confirm)
    assert mark_of(voice_id, "staff_name").state == "confirmed"
    assert "nothing of this kind" in client.get(confirm).content.decode()
    assert client.get(reverse("engagement:confirm_redactions", args=["nonsense"])).status_code == 404
    assert client.get(reverse("engagement:redaction", args=[uuid4()])).status_code == 404
    assert "Nothing waits for you" in client.get(queue).content.decode()
    names = reverse("engagement:staff_names")
    client.post(names, {"names": "Bev"})
    assert "Bev" in client.get(names).content.decode()
    client.post(reverse("engagement:end_staff_name", args=[list_kept_staff_names(governance)[0].id]))
    assert "No names on the list yet" in client.get(names).content.decode()
    assert client.post(names, {"names": "7"}).status_code == 200
    keys = reverse("engagement:redaction_keys")
    client.post(keys, {"voice": str(voice_id)})
    assert "Single keys are off" in client.get(page).content.decode()
    client.post(keys)
    assert "Single keys are on" in client.get(page).content.decode()


def test_everybody_else_sees_marks_and_what_kind_was_covered(client: Client, voice_id: UUID) -> None:
    sign_in(client, make_viewer("analyst"))
    page = client.get(reverse("engagement:voice", args=[voice_id])).content.decode()
    assert 'class="al-mark"' in page
    assert "Covered here, because it points to a person: staff name, phone number." in page
    assert "Mensah" not in page
    assert client.get(reverse("engagement:redactions")).status_code in (403, 409)
    assert VoiceOriginal.objects.count() == 1
