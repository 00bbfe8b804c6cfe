"""Before anybody else sees a voice, what points to a person is covered: on every way a voice comes in."""

from datetime import timedelta

import pytest
from django.db import connection

from alongside.apps.base.operations import destroy_keys, open_for
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused, Viewer
from alongside.apps.engagement.bridge import digest_words
from alongside.apps.engagement.models import (
    Redaction,
    RedactionProposal,
    Speaker,
    Voice,
    VoiceOriginal,
)
from alongside.apps.engagement.operations import (
    BasisTerms,
    FormTerms,
    SentAnswers,
    SentContact,
    TypedVoice,
    add_reply,
    add_staff_names,
    choose_columns,
    confirm_import,
    end_staff_name,
    leave_import,
    open_public_form,
    receive_answers,
    take_back_words,
    take_out_import,
)
from alongside.apps.engagement.operations.covering import make_coverer, make_person_key
from alongside.apps.engagement.queries import get_public_form, list_voice_texts, list_voices
from alongside.apps.engagement.queries.redactions import list_kept_staff_names
from alongside.apps.engagement.queries.voices import VoiceFilter
from alongside.apps.engagement.rules import ColumnChoice, SpeakerChoice
from tests.factories.engagement import (
    make_basis,
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    read_transcript_file,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
PHONE = "07700 900123"
SAID = f"Dr Mensah was kind. Ring me on {PHONE}."
COVERED = "Dr [staff name] was kind. Ring me on [phone number]."
DOUBT = "My number is 999 017 3915, I think."


@pytest.fixture
def analyst() -> Viewer:
    return make_viewer("analyst", name="Ines Albrecht")


def open_words(voice: Voice) -> str | None:
    kept = VoiceOriginal.objects.get(voice=voice)
    assert kept.locked is not None
    return open_for(kept.subject_id, bytes(kept.locked), place=f"engagement_voice_original:{voice.id}")


def everything_stored() -> str:
    """Return all text of the tables that hold voices, as a thief of the database would read it."""
    with connection.cursor() as cursor:
        words = []
        for table in (
            "engagement_voice",
            "engagement_voice_original",
            "engagement_redaction_proposal",
            "engagement_speaker",
        ):
            cursor.execute(f"SELECT * FROM {table}")
            words += [str(row) for row in cursor.fetchall()]
    return "\n".join(words)


def test_a_typed_voice_is_covered_and_its_words_lie_locked() -> None:
    engagement = make_engagement()
    (voice_id,) = make_voices(engagement, TypedVoice(SAID, speaker="P1"))
    voice = Voice.objects.get(id=voice_id)
    assert voice.text == COVERED
    assert not voice.held_for_review
    assert voice.words_digest == digest_words(SAID)
    kept = VoiceOriginal.objects.get(voice=voice)
    assert kept.subject_id == voice.speaker_id
    assert kept.keep_until == NOW.date() + timedelta(days=365)
    assert open_words(voice) == SAID
    assert PHONE not in everything_stored()
    assert "Mensah" not in everything_stored()


def test_each_covered_place_has_its_line_in_both_texts() -> None:
    (voice_id,) = make_voices(make_engagement(), SAID)
    rows = list(Redaction.objects.filter(voice_id=voice_id))
    assert [(row.kind, row.certainty, row.state) for row in rows] == [
        ("staff_name", "sure", "proposed"),
        ("phone", "sure", "proposed"),
    ]
    for row in rows:
        assert COVERED[row.start : row.end] in ("[staff name]", "[phone number]")
        assert SAID[row.original_start : row.original_end] in ("Mensah", PHONE)
    assert RedactionProposal.objects.filter(voice_id=voice_id).count() == 2


def test_words_of_nobody_known_are_locked_under_the_voice_itself() -> None:
    (voice_id,) = make_voices(make_engagement(), SAID)
    assert VoiceOriginal.objects.get(voice_id=voice_id).subject_id == voice_id


def test_words_without_anything_to_cover_leave_no_original() -> None:
    (voice_id,) = make_voices(make_engagement(), "Nobody rang me back.")
    assert Voice.objects.get(id=voice_id).text == "Nobody rang me back."
    assert not VoiceOriginal.objects.exists()


def test_a_doubtful_voice_is_held_back_from_everybody(analyst: Viewer) -> None:
    engagement = make_engagement()
    (voice_id,) = make_voices(engagement, DOUBT)
    assert not Voice.objects.filter(id=voice_id).exists()
    assert Voice.with_held.get(id=voice_id).text == "My number is [NHS number], I think."
    assert not list_voices(analyst, engagement.id, VoiceFilter())
    assert not list_voice_texts(analyst, engagement.id)


def test_an_imported_table_is_covered_and_the_same_file_again_changes_nothing(analyst: Viewer) -> None:
    engagement = make_engagement()
    rows = [("1", "r1", SAID), ("2", "r2", "No complaints."), ("3", "r3", DOUBT)]
    found = read_table_file(engagement, make_csv(rows), analyst)
    assert not Voice.objects.exists()
    confirm_import(import_id=found.id, by=analyst, at=NOW)
    assert set(Voice.objects.values_list("text", flat=True)) == {COVERED, "No complaints."}
    assert Voice.with_held.count() == 3
    again = read_table_file(engagement, make_csv(rows), analyst)
    assert (again.answers_same, again.answers_new, again.answers_changed) == (3, 0, 0)
    leave_import(import_id=again.id, by=analyst, at=NOW)
    other = SAID.replace("0123", "0124")
    changed = read_table_file(engagement, make_csv([("1", "r1", other), *rows[1:]]), analyst)
    assert (changed.answers_same, changed.answers_changed) == (2, 1)  # though both read alike once covered
    confirm_import(import_id=changed.id, by=analyst, at=NOW)
    newest = Voice.objects.get(external_id="1", replaced_by=None)
    assert open_words(newest) == other


def test_rows_that_claim_one_id_leave_nothing_covered_behind(analyst: Viewer) -> None:
    rows = [("1", "r1", SAID), ("2", "r2", "Fine."), ("1", "r1", SAID + " Please.")]
    found = read_table_file(make_engagement(), make_csv(rows), analyst)
    assert (found.answers_new, found.answers_wrong) == (1, 2)
    assert not VoiceOriginal.objects.exists()
    assert not Redaction.objects.exists()


def test_a_file_left_out_or_taken_out_takes_its_originals_along(analyst: Viewer) -> None:
    engagement = make_engagement()
    found = read_table_file(engagement, make_csv([("1", "r1", SAID)]), analyst)
    leave_import(import_id=found.id, by=analyst, at=NOW)
    work_until_idle()
    assert not VoiceOriginal.objects.exists()
    again = read_table_file(engagement, make_csv([("1", "r1", SAID)]), analyst)
    confirm_import(import_id=again.id, by=analyst, at=NOW)
    take_out_import(import_id=again.id, by=analyst, at=NOW)
    work_until_idle()
    assert not VoiceOriginal.objects.exists()
    assert not RedactionProposal.objects.exists()
    assert not Voice.with_staged.exists()


def test_the_contact_of_a_row_is_covered_in_its_words_and_services_too(analyst: Viewer) -> None:
    content = make_csv(
        [
            (
                "1",
                "ann.bello@mail.example",
                "It's Ann Bello here. Bello, not Belo.",
                "Dr Khan's clinic",
                "Ann Bello",
                "ann.bello@mail.example",
            )
        ],
        header=("id", "person", "comment", "service", "name", "email"),
    )
    choice = ColumnChoice(
        texts=("comment",),
        id="id",
        person="person",
        service="service",
        contact_name="name",
        contact_email="email",
    )
    read_table_file(make_engagement(), content, analyst, choice)
    voice = Voice.with_staged.get()
    assert voice.text == "It's [name] here. [name], not Belo."
    assert voice.service == "Dr [staff name]'s clinic"
    speaker = Speaker.objects.get()
    assert speaker.pseudonym == "Person 1"
    assert speaker.external_key.startswith("~")
    assert "bello" not in everything_stored().lower()


def test_speakers_of_a_transcript_are_covered_by_name_and_their_places_stay_those_of_the_file(
    analyst: Viewer,
) -> None:
    text = "Moderator: Please, Orla.\n\nOrla Byrne: I rang 07700 900123 twice.\n"
    choice = SpeakerChoice(
        pseudonyms=(("Moderator", "Moderator"), ("Orla Byrne", "P1")), moderators=("Moderator",)
    )
    read_transcript_file(make_engagement(), text.encode(), "talk.txt", choice, analyst)
    first, second = Voice.with_staged.order_by("place_turn")
    assert first.text == "Please, [name]."
    assert second.text == "I rang [phone number] twice."
    assert (second.place_start, second.place_end) == (text.index("I rang"), text.index("twice.") + 6)
    assert "Orla" not in everything_stored()


def test_have_your_say_covers_the_name_given_as_contact_and_held_words_can_be_taken_back() -> None:
    lead, engagement = make_viewer("engagement_lead"), make_engagement()
    terms = FormTerms(welcome="Why.", questions=(("What?", ""),), opens_on=NOW.date())
    form = open_public_form(engagement_id=engagement.id, terms=terms, by=lead, at=NOW)
    shown = get_public_form(form.slug, "en", NOW.date())
    assert shown is not None
    sent = SentAnswers(
        answers=((1, f"{DOUBT} Ask for Wren."),),
        consent_text_id=shown.consent_text_id,
        language="en",
        uses=frozenset({"contact_again"}),
        contact=SentContact(channel="email", name="Wren Tate", email="wren@mail.example"),
    )
    code = receive_answers(slug=form.slug, sent=sent, by=PUBLIC, at=NOW, on=NOW.date())
    voice = Voice.with_held.get()
    assert voice.text == "My number is [NHS number], I think. Ask for [name]."
    assert voice.held_for_review
    assert take_back_words(slug=form.slug, code=code, by=PUBLIC, at=NOW) == 1
    voice.refresh_from_db()
    assert not voice.basis.may_analyse


def test_a_reply_is_covered_and_pressing_twice_is_one_reply() -> None:
    (voice_id,) = make_voices(make_engagement(), TypedVoice("Fine.", speaker="P1"))
    speaker_id = Voice.objects.get(id=voice_id).speaker_id
    assert speaker_id is not None
    round_id = voice_id
    first = add_reply(speaker_id=speaker_id, round_id=round_id, text=SAID, by=PUBLIC, at=NOW)
    assert Voice.objects.get(id=first).text == COVERED
    assert add_reply(speaker_id=speaker_id, round_id=round_id, text=SAID, by=PUBLIC, at=NOW) == first


def test_names_of_staff_come_from_accounts_and_from_the_list() -> None:
    make_viewer("analyst", name="Orsolya Varga")
    make_viewer("patient_partner", name="Gethin Pryce")
    governance, engagement = make_viewer("governance_lead"), make_engagement()
    assert add_staff_names(names="Bev\nTamsin Cole\nbev", by=governance, at=NOW) == 2
    assert add_staff_names(names="Bev", by=governance, at=NOW) == 0
    (voice_id,) = make_voices(engagement, "orsolya varga, Bev and Tamsin Cole helped. So did Gethin Pryce.")
    assert (
        Voice.objects.get(id=voice_id).text
        == "[staff name], [staff name] and [staff name] helped. So did Gethin Pryce."
    )


def test_a_name_taken_off_the_list_is_not_looked_for_any_more() -> None:
    governance, engagement = make_viewer("governance_lead"), make_engagement()
    add_staff_names(names="Bev", engagement_id=engagement.id, by=governance, at=NOW)
    name_id = list_kept_staff_names(governance)[0].id
    end_staff_name(name_id=name_id, by=governance, at=NOW)
    (voice_id,) = make_voices(engagement, "Bev helped.")
    assert Voice.objects.get(id=voice_id).text == "Bev helped."
    with pytest.raises(Refused, match="not on the list"):
        end_staff_name(name_id=name_id, by=governance, at=NOW)


@pytest.mark.parametrize("names", ["", "  \n ", "7", "x" * 121])
def test_what_is_no_name_is_refused(names: str) -> None:
    with pytest.raises(Refused):
        add_staff_names(names=names, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("key", "is_kept"),
    [
        ("R0012", True),
        ("a", True),
        ("P3", True),
        ("", True),
        ("ann@mail.example", False),
        ("Ann Bello", False),
        ("9990347824", False),
    ],
)
def test_a_persons_key_in_a_file_is_kept_only_where_it_is_a_bare_code(key: str, is_kept: bool) -> None:
    kept = make_person_key(key, make_coverer(make_engagement().id))
    assert (kept == key) is is_kept
    assert kept == make_person_key(key, make_coverer(make_engagement().id))


def test_a_row_whose_id_is_an_nhs_number_keeps_only_a_digest_of_it_and_is_known_again(
    analyst: Viewer,
) -> None:
    engagement, content = make_engagement(), make_csv([("9990347824", "r1", "Fine."), ("17", "r2", "Late.")])
    confirm_import(import_id=read_table_file(engagement, content, analyst).id, by=analyst, at=NOW)
    ids = sorted(Voice.objects.values_list("external_id", flat=True))
    assert ids[0] == "17"
    assert ids[1].startswith("~")
    assert read_table_file(engagement, content, analyst).answers_same == 2


def test_an_erased_person_who_comes_again_in_a_file_gets_a_key_of_the_voice(analyst: Viewer) -> None:
    engagement = make_engagement()
    rows = [("1", "r1", SAID), ("2", "r2", SAID)]
    found = read_table_file(engagement, make_csv(rows), analyst)
    confirm_import(import_id=found.id, by=analyst, at=NOW)
    erased = Speaker.objects.get(external_key="r1")
    destroy_keys([erased.id], at=NOW)
    later = [("3", "r1", SAID), ("4", "r2", SAID)]
    again = read_table_file(engagement, make_csv(later), analyst)
    assert again.answers_new == 2
    owners = dict(
        VoiceOriginal.objects.filter(source=again.source).values_list("voice__external_id", "subject_id")
    )
    assert owners["3"] == Voice.with_staged.get(external_id="3").id
    assert owners["4"] == Speaker.objects.get(external_key="r2").id


def test_choosing_again_reads_the_file_again_without_doubling_anything(analyst: Viewer) -> None:
    engagement = make_engagement()
    found = read_table_file(engagement, make_csv([("1", "r1", SAID)]), analyst)
    choose_columns(
        import_id=found.id,
        choice=ColumnChoice(texts=("comment",), id="id"),
        basis_id=make_basis(BasisTerms(kind="public_task"), analyst),
        language="en",
        by=analyst,
        at=NOW,
    )
    work_until_idle()
    assert VoiceOriginal.objects.count() == 1
    assert Redaction.objects.count() == 2
