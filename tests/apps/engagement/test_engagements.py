"""Engagements, their partners, typed voices, replies and bases: what may be done, by whom, and what follows."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import AuditLine, new_id
from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.engagement.models import Engagement, EngagementAccess, Speaker, Voice
from alongside.apps.engagement.operations import (
    BasisTerms,
    MemberTerms,
    TypedVoice,
    add_member,
    add_reply,
    change_engagement,
    change_member,
    close_engagement,
    end_invitation,
    end_membership,
    invite_partner,
    open_engagement,
    reopen_engagement,
    set_basis,
    type_voices,
)
from alongside.apps.engagement.queries import (
    EngagementFilter,
    VoiceFilter,
    count_by_basis,
    count_in_engagement,
    count_people,
    count_voices,
    count_voices_of,
    get_contact,
    get_engagement,
    get_voice,
    list_choices,
    list_conditions,
    list_engagements,
    list_invited,
    list_members,
    list_sources,
    list_speakers_of_voices,
    list_voice_ids,
    list_voice_texts,
    list_voices,
    list_voices_by_ids,
    search_voices,
)
from alongside.apps.engagement.queries.day import list_day
from alongside.apps.engagement.queries.trail import back_from_voices, describe_voices, forward_to_voices
from alongside.apps.people.queries import get_viewer
from tests.factories.engagement import AGREED, make_basis, make_engagement, make_terms, make_voices
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=7)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def test_an_engagement_is_opened_changed_closed_and_opened_again(lead: Viewer) -> None:
    engagement = open_engagement(terms=make_terms(), by=lead, at=NOW)
    change_engagement(engagement_id=engagement.id, terms=make_terms(title="Another title"), by=lead, at=NOW)
    engagement.refresh_from_db()
    assert engagement.title == "Another title"
    assert AuditLine.objects.get(operation="change_engagement").detail == {"changed": ["title"]}
    close_engagement(engagement_id=engagement.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="already closed"):
        close_engagement(engagement_id=engagement.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="closed"):
        make_voices(engagement, "Too late.", by=lead)
    reopen_engagement(engagement_id=engagement.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="open already"):
        reopen_engagement(engagement_id=engagement.id, by=lead, at=NOW)


@pytest.mark.parametrize(("changes", "field"), [
    ({"title": " "}, "title"), ({"purpose": ""}, "purpose"), ({"run_by": ""}, "run_by"),
    ({"told_participants": ""}, "told_participants"), ({"kind": "party"}, "kind"),
    ({"ends_on": date(2026, 1, 1)}, "ends_on"),
])  # fmt: skip
def test_an_engagement_that_does_not_say_what_it_is_is_refused(
    changes: dict[str, object], field: str, lead: Viewer
) -> None:
    with pytest.raises(Refused) as caught:
        open_engagement(terms=make_terms(**changes), by=lead, at=NOW)
    assert caught.value.field == field


def test_only_those_who_run_engagements_change_them() -> None:
    analyst, engagement = make_viewer("analyst"), make_engagement()
    with pytest.raises(Refused, match="run engagements"):
        close_engagement(engagement_id=engagement.id, by=analyst, at=NOW)
    with pytest.raises(Refused, match="no such engagement"):
        close_engagement(engagement_id=NOBODY, by=make_viewer("engagement_lead"), at=NOW)


def test_a_patient_partner_sees_only_what_they_were_invited_to_and_what_may_be_quoted(lead: Viewer) -> None:
    engagement, other = make_engagement(), make_engagement(title="Another")
    person = make_person("patient_partner")
    partner = get_viewer(person)
    make_voices(engagement, "Quote me.")
    make_voices(engagement, "Do not.", basis_id=make_basis(BasisTerms()))
    assert list(list_engagements(partner)) == []
    invite_partner(engagement_id=engagement.id, person_id=person.id, by=lead, at=NOW)
    invite_partner(engagement_id=engagement.id, person_id=person.id, by=lead, at=NOW)
    assert EngagementAccess.objects.count() == 1
    assert list(list_engagements(partner)) == [engagement]
    assert get_engagement(partner, other.id) is None
    assert [voice.text for voice in list_voices(partner, engagement.id, VoiceFilter())] == ["Quote me."]
    assert [text.text for text in list_voice_texts(partner, engagement.id)] == ["Quote me."]
    assert list_invited(lead, engagement.id) == [(person.id, person.name)]
    assert list_invited(partner, engagement.id) == []
    end_invitation(engagement_id=engagement.id, person_id=person.id, by=lead, at=NOW)
    assert list(list_engagements(partner)) == []
    with pytest.raises(Refused, match="not invited"):
        end_invitation(engagement_id=engagement.id, person_id=person.id, by=lead, at=NOW)


def test_only_patient_partners_are_invited(lead: Viewer) -> None:
    with pytest.raises(Refused, match="patient partner"):
        invite_partner(
            engagement_id=make_engagement().id, person_id=make_person("analyst").id, by=lead, at=NOW
        )


def test_the_public_sees_nothing() -> None:
    engagement = make_engagement()
    ids = make_voices(engagement, "Words.")
    assert list(list_engagements(PUBLIC)) == []
    assert list_voice_texts(PUBLIC, engagement.id) == []
    assert get_voice(PUBLIC, ids[0]) is None
    assert search_voices(PUBLIC, "Words", 5) == []
    assert describe_voices(PUBLIC, ids) == []


def test_engagements_are_found_by_words_and_filters(lead: Viewer) -> None:
    first = make_engagement(kind="survey", nation="wales", pathway_stage="diagnosis")
    second = make_engagement(kind="panel", title="Gout evening", condition="gout")
    close_engagement(engagement_id=second.id, by=lead, at=NOW)

    def found(**wanted: str) -> set[Engagement]:
        return set(list_engagements(lead, EngagementFilter(**wanted)))

    assert found() == {first, second}
    assert found(words="gout evening") == {second}
    assert (
        found(kind="survey")
        == found(nation="wales")
        == found(stage="diagnosis")
        == found(state="open")
        == {first}
    )
    assert found(condition="Gout") == found(state="closed") == {second}
    assert list_conditions(lead) == ["gout", "heart failure"]
    assert [line.voices for line in count_voices_of(lead, [first, second])] == [0, 0]


def test_typed_voices_keep_who_spoke_and_blank_ones_do_not_count(lead: Viewer) -> None:
    engagement = make_engagement()
    ids = make_voices(
        engagement, TypedVoice("One.", "P1"), TypedVoice("Two.", "p1 "), TypedVoice("N/A", "P2"),
        TypedVoice("How?", "Mod", is_moderator=True), TypedVoice("Three.", facts=(("age_band", "16 to 24"),)),
        by=lead,
    )  # fmt: skip
    counts = count_in_engagement(lead, engagement.id)
    assert (counts.voices, counts.people, counts.blank, counts.moderators_turns) == (3, 2, 1, 1)
    assert count_voices(lead, ids) == 3
    assert count_people(lead, ids) == 2
    assert Speaker.objects.filter(engagement=engagement).count() == 4
    assert list(list_voice_ids(lead, engagement.id)) == [ids[0], ids[1], ids[4]]
    third = get_voice(lead, ids[4])
    assert third is not None
    assert third.facts == (("age_band", "16 to 24"),)
    assert third.url.endswith(f"{ids[4]}/")
    assert list_sources(lead, engagement.id)[0].voices == 5
    assert [number for _basis, number in count_by_basis(lead, engagement.id)] == [4]


@pytest.mark.parametrize("text", ["  ", "\x00"])
def test_nothing_cannot_be_typed(text: str, lead: Viewer) -> None:
    engagement = make_engagement()
    with pytest.raises(Refused):
        make_voices(engagement, "One.", text, by=lead)
    assert not Voice.objects.filter(engagement=engagement).exists()
    with pytest.raises(Refused, match="what was said"):
        type_voices(engagement_id=engagement.id, voices=[], basis_id=make_basis(), by=lead, at=NOW)


def test_voices_are_found_by_words_and_filters(lead: Viewer) -> None:
    engagement = make_engagement()
    ids = make_voices(
        engagement, TypedVoice("The bus was late.", "P1", "Travel?", (("region", "Powys"),)),
        TypedVoice("The nurse was kind.", "P2", "Staff?"), TypedVoice("n/a", "P3"),
    )  # fmt: skip

    def found(**wanted: object) -> list[UUID]:
        return [voice.id for voice in list_voices(lead, engagement.id, VoiceFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == ids[:2]
    assert found(words="late bus") == found(question="Travel?") == found(has_facts="yes") == ids[:1]
    assert found(facts=(("region", "Powys"),)) == ids[:1]
    assert found(has_facts="no") == ids[1:2]
    assert found(kind="blank") == ids[2:]
    assert found(basis="unknown") == []
    assert list_choices(lead, engagement.id, "question") == ["Staff?", "Travel?"]
    assert list_choices(lead, engagement.id, "region") == ["Powys"]
    assert list_choices(make_viewer("patient_partner"), engagement.id, "region") == []
    assert [hit.excerpt for hit in search_voices(lead, "nurse", 5)] == ["The nurse was kind."]
    assert search_voices(lead, " ", 5) == []
    assert [view.id for view in list_voices_by_ids(lead, [ids[1], ids[0], NOBODY])] == [ids[1], ids[0]]


def test_a_reply_is_a_new_voice_of_the_same_person_on_the_same_basis() -> None:
    engagement = make_engagement()
    (first,) = make_voices(engagement, TypedVoice("One.", "P1"))
    earlier = Voice.objects.get(id=first)
    assert earlier.speaker_id is not None
    reply = Voice.objects.get(
        id=add_reply(speaker_id=earlier.speaker_id, round_id=NOBODY, text="It helped.", by=PUBLIC, at=NOW)
    )
    assert (reply.speaker_id, reply.basis_id) == (earlier.speaker_id, earlier.basis_id)
    assert (reply.replies_to_round_id, reply.source.kind) == (NOBODY, "reply")
    with pytest.raises(Refused, match="Write your reply"):
        add_reply(speaker_id=earlier.speaker_id, round_id=NOBODY, text=" ", by=PUBLIC, at=NOW)
    with pytest.raises(Refused, match="taken back"):
        add_reply(speaker_id=NOBODY, round_id=NOBODY, text="Hello.", by=PUBLIC, at=NOW)


def test_a_basis_is_changed_with_a_reason_and_decides_who_may_be_contacted(lead: Viewer) -> None:
    engagement = make_engagement()
    ids = make_voices(engagement, TypedVoice("One.", "P1"), TypedVoice("Two.", "P2"))
    unknown = make_basis(BasisTerms())
    with pytest.raises(Refused, match="why the basis changes"):
        set_basis(voice_ids=ids[:1], basis_id=unknown, reason="", by=lead, at=NOW)
    assert set_basis(voice_ids=ids[:1], basis_id=unknown, reason="No paper.", by=lead, at=NOW) == 1
    with pytest.raises(Refused, match="no such voices"):
        set_basis(voice_ids=[NOBODY], basis_id=unknown, reason="No paper.", by=lead, at=NOW)
    people = list_speakers_of_voices(lead, list_voice_ids(lead, engagement.id))
    assert [(one.pseudonym, one.voices, one.may_be_contacted) for one in people] == [
        ("P1", 1, False), ("P2", 1, False),
    ]  # fmt: skip
    assert get_contact(lead, people[0].speaker_id) is None
    assert get_contact(make_viewer("analyst"), people[0].speaker_id) is None


def test_a_basis_without_its_text_or_beyond_the_unknown_is_refused(lead: Viewer) -> None:
    with pytest.raises(Refused, match="text people agreed to"):
        make_basis(BasisTerms(kind="consent", text_key="gone.1"), lead)
    with pytest.raises(Refused, match="analysed only"):
        make_basis(BasisTerms(uses=frozenset({"quote_public"})), lead)
    assert make_basis(AGREED, lead) == make_basis(AGREED, lead)


def test_the_trail_begins_with_voices(lead: Viewer) -> None:
    engagement = make_engagement()
    ids = make_voices(engagement, "One " * 50)
    (item,) = describe_voices(lead, ids)
    assert item.title.endswith("…")
    assert item.note == engagement.title
    assert forward_to_voices(lead, ids).count() == back_from_voices(lead, ids).count() == 0


def test_a_day_holds_new_voices_of_the_last_week(lead: Viewer) -> None:
    make_voices(make_engagement(), "One.", "Two.")
    (item,) = list_day(lead, NOW.date())
    assert (item.group, item.detail) == ("new", "2 new voices")
    assert list_day(lead, NOW.date() + timedelta(days=9)) == []


def test_members_join_change_and_leave(lead: Viewer) -> None:
    terms = MemberTerms(name="Ruth Abara", joined_on=date(2026, 1, 1), wants="Letters")
    member = add_member(terms=terms, by=lead, at=NOW)
    with pytest.raises(Refused, match="member's name"):
        add_member(terms=MemberTerms(name=" ", joined_on=date(2026, 1, 1)), by=lead, at=NOW)
    with pytest.raises(Refused, match="before they joined"):
        end_membership(member_id=member.id, left_on=date(2025, 1, 1), by=lead, at=NOW)
    end_membership(member_id=member.id, left_on=date(2026, 5, 1), by=lead, at=NOW)
    assert list(list_members(lead, state="current")) == []
    assert [one.name for one in list_members(lead, words="letters", state="past")] == ["Ruth Abara"]
    with pytest.raises(Refused, match="after they left"):
        change_member(
            member_id=member.id, terms=MemberTerms(name="R", joined_on=date(2026, 6, 1)), by=lead, at=NOW
        )
    end_membership(member_id=member.id, left_on=None, by=lead, at=NOW)
    change_member(
        member_id=member.id, terms=MemberTerms(name="R", joined_on=date(2026, 6, 1)), by=lead, at=NOW
    )
    assert list_members(make_viewer("analyst")).count() == 0
    with pytest.raises(Refused, match="no such member"):
        end_membership(member_id=NOBODY, left_on=None, by=lead, at=NOW)


def test_what_is_kept_of_earlier_voices_is_their_place_and_not_their_words() -> None:
    client = Client()
    client.force_login(make_person("engagement_lead"))
    (voice_id,) = make_voices(make_engagement(), "Nobody told us about the stairs.")
    page = client.get(reverse("engagement:before_new"), {"q": "stairs"}).content.decode()
    (kept,) = re.findall(r'name="keep" type="checkbox" value="([^"]*)"', page)
    assert "stairs" not in kept
    assert reverse("engagement:voice", args=[voice_id]) in kept
    assert "Nobody told us about the stairs." in page


def test_a_reply_sent_twice_is_one_voice() -> None:
    (voice_id,) = make_voices(make_engagement(), TypedVoice("Words.", speaker="P1"))
    speaker_id = Voice.objects.get(id=voice_id).speaker_id
    assert speaker_id is not None
    told = new_id()
    first, second, other = (
        add_reply(speaker_id=speaker_id, round_id=told, text=text, by=PUBLIC, at=NOW)
        for text in ("Thank you.", "Thank you.", "And one more thing.")
    )
    assert first == second != other
