"""Voices to themes: every voice has its place, every quote is verbatim, the same answer twice."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.themes import find_themes, finding
from alongside.science.values.themes import ThemeResult, ThemeSettings, VoiceText

WAITING = [
    "I waited four hours to be seen", "The waiting time was far too long", "Long wait, nobody told us why",
    "Waited weeks for my results", "Too much waiting in the clinic", "The wait was two hours late",
]  # fmt: skip
KIND = [
    "The nurses were kind and gentle", "Kind staff, they cared for me", "Such kind and caring nurses",
    "Staff were kind", "A gentle and caring nurse", "Caring staff who were so kind to my mum",
]  # fmt: skip
FOOD = [
    "The food was cold", "Cold meals every evening", "Hospital food could be better", "Meals came late and cold",
    "I could not eat the food", "More choice of meals please",
]  # fmt: skip


def voices(*texts: str, person: str | None = None) -> list[VoiceText]:
    return [VoiceText(str(number), text, person) for number, text in enumerate(texts, start=1)]


def check_invariants(result: ThemeResult, given_voices: list[VoiceText]) -> None:
    words = {voice.id: voice.text for voice in given_voices}
    assert [placement.voice_id for placement in result.placements] == [voice.id for voice in given_voices]
    for theme in result.themes:
        members = {p.voice_id for p in result.placements if p.theme_id == theme.id}
        assert theme.voices == len(members) > 0
        assert theme.name
        assert all(quote.text == words[quote.voice_id][quote.start : quote.end] for quote in theme.quotes)
        assert all(quote.voice_id in members for quote in theme.quotes)
    for placement in result.placements:
        assert (placement.status == "placed") == (placement.theme_id is not None)
        assert (placement.status == "blank") == (placement.score is None)
        assert placement.score is None or 0 <= placement.score <= 1
    assert [theme.voices for theme in result.themes] == sorted(
        (t.voices for t in result.themes), reverse=True
    )
    assert (
        len({theme.id for theme in result.themes})
        == len({theme.name for theme in result.themes})
        == len(result.themes)
    )


def test_voices_about_the_same_thing_meet() -> None:
    given_voices = voices(*WAITING, *KIND, *FOOD)

    result = find_themes(given_voices, ThemeSettings(themes=3))

    check_invariants(result, given_voices)
    themes = [placement.theme_id for placement in result.placements]
    for group in (themes[:6], themes[6:12], themes[12:]):
        assert max(group.count(theme) for theme in group) >= 5
    assert len(result.themes) == 3


def test_a_short_reply_is_placed_and_a_blank_answer_is_kept_but_never_themed() -> None:
    given_voices = voices(*WAITING, *KIND, *FOOD, "", "n/a", "Did not answer")

    result = find_themes(given_voices)

    check_invariants(result, given_voices)
    assert result.placements[9].status == "placed"
    assert [placement.status for placement in result.placements[-3:]] == ["blank"] * 3


@pytest.mark.parametrize(
    ("texts", "themes"),
    [
        ([], 0),
        (["", "-"], 0),
        (["Staff were kind"], 1),
        (["Nothing."] * 40, 1),
        (["👍", "👍", "❤️"], 1),
        (["a", "b"], 1),
    ],
)
def test_few_or_empty_or_equal_voices_work(texts: list[str], themes: int) -> None:
    given_voices = voices(*texts)

    result = find_themes(given_voices)

    check_invariants(result, given_voices)
    assert len(result.themes) == themes
    assert result.count("placed") + result.count("blank") == len(texts)


def test_more_themes_than_answers_is_said() -> None:
    result = find_themes(voices("Kind staff", "Long wait"), ThemeSettings(themes=9))

    assert len(result.themes) == 2
    assert "9 themes were asked for, 2 were found" in result.deviations[0]


def test_other_scripts_keep_their_words_and_places() -> None:
    given_voices = voices(
        "الانتظار طويل جدا 🙂", "الممرضة لطيفة", "等待时间太长", "護士很好。謝謝", "Οι γιατροί ήταν ευγενικοί"
    )

    check_invariants(find_themes(given_voices, ThemeSettings(themes=2)), given_voices)


def test_people_are_counted_once_and_unknown_when_nobody_is_named() -> None:
    one_person = [VoiceText(str(number), text, "P1") for number, text in enumerate(WAITING)]

    assert [theme.people for theme in find_themes(one_person).themes] == [1]
    assert [theme.people for theme in find_themes(voices(*WAITING)).themes] == [None]


def test_quotes_come_from_different_people() -> None:
    two = [VoiceText(str(n), text, f"P{n % 2}") for n, text in enumerate(WAITING)]

    quotes = find_themes(two, ThemeSettings(themes=1)).themes[0].quotes

    assert len(quotes) == 2
    assert len({int(quote.voice_id) % 2 for quote in quotes}) == 2


def test_the_same_voices_give_the_same_answer_in_another_process() -> None:
    program = (
        "from tests.science.themes.test_finding import *\n"
        "print(find_themes(voices(*WAITING, *KIND, *FOOD), ThemeSettings(themes=3)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert outputs == {f"{find_themes(voices(*WAITING, *KIND, *FOOD), ThemeSettings(themes=3))}\n".encode()}


def test_ids_follow_from_what_went_in() -> None:
    first, other = find_themes(voices(*WAITING)), find_themes(voices(*WAITING, "One more"))

    assert first.input_sha256 != other.input_sha256
    assert first.themes[0].id == find_themes(voices(*WAITING)).themes[0].id != other.themes[0].id


def test_many_voices_are_placed_though_themes_are_learned_from_a_sample(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "TEXTS_LEARNED_FROM", 12)
    given_voices = voices(*WAITING, *KIND, *FOOD)

    result = find_themes(given_voices, ThemeSettings(themes=2))

    check_invariants(result, given_voices)
    assert "learned from a sample of 12 of 18" in " ".join(result.deviations)


def test_voices_with_nothing_in_common_are_all_left_to_be_read() -> None:
    given_voices = voices(*(chr(0x4E00 + number) for number in range(250)))

    result = find_themes(given_voices)

    check_invariants(result, given_voices)
    assert result.count("unplaced") == 250
    assert "250 of 250 voices are unplaced" in result.deviations[0]


def test_no_quotes_are_given_when_none_are_wanted() -> None:
    assert find_themes(voices(*WAITING), ThemeSettings(quotes=0)).themes[0].quotes == ()


def test_names_of_people_are_known_by_having_no_number() -> None:
    assert finding._names(
        [VoiceText("1", "x", "Asha Rao"), VoiceText("2", "x", "Ward 7"), VoiceText("3", "x")]
    ) == {
        "asha",
        "rao",
    }


def test_voices_that_fit_nothing_are_left_to_be_read() -> None:
    odd = ["zxq", "Vjk wpl", "Bicycle", "Qwerty uiop", "Lorem ipsum", "Telescope"]
    given_voices = voices(*(WAITING * 1), *KIND, *odd)

    result = find_themes(given_voices, ThemeSettings(themes=2))

    check_invariants(result, given_voices)
    unplaced = {p.voice_id for p in result.placements if p.status == "unplaced"}
    assert unplaced <= {voice.id for voice in given_voices if voice.text in odd}


@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from([*WAITING, *KIND, *FOOD, "n/a", "Nothing. Dr. Li was kind!"]),
        ),
        max_size=25,
    ),
    wanted=st.none() | st.integers(1, 6),
)
def test_every_voice_has_one_place_and_every_quote_is_verbatim(texts: list[str], wanted: int | None) -> None:
    given_voices = voices(*texts)

    check_invariants(find_themes(given_voices, ThemeSettings(themes=wanted)), given_voices)
