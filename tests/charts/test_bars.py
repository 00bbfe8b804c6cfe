"""Bars: right lengths, safe words, one name for a screen reader."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.charts import Bar, Chart, draw_bars
from alongside.charts.bars import ABOVE, BESIDE

SVG = "{http://www.w3.org/2000/svg}"


def draw(*bars: Bar, narrow: bool = False) -> Chart:
    return draw_bars(
        bars,
        key="sizes",
        headline="Most spoke of waiting",
        summary="Voices.",
        label_title="Theme",
        value_title="Voices",
        narrow=narrow,
    )


def lengths(chart: Chart) -> list[float]:
    rectangles = ElementTree.fromstring(chart.svg).findall(f"{SVG}rect")
    return [float(part.get("width", "0")) for part in rectangles if part.get("fill") != "#dfe9e7"]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_longest_bar_fills_the_room_and_others_keep_their_share(narrow: bool) -> None:
    chart = draw(Bar("Waiting", 40), Bar("Kindness", 10, "about 10", emphasised=True), narrow=narrow)
    room = (ABOVE if narrow else BESIDE).bar_room

    assert lengths(chart) == [room, pytest.approx(room / 4, abs=0.01)]
    assert chart.rows == (("Waiting", "40"), ("Kindness", "about 10"))


def test_the_picture_is_named_and_described() -> None:
    root = ElementTree.fromstring(draw(Bar("Waiting", 1.5)).svg)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "sizes-title sizes-description"
    assert root.findtext(f"{SVG}title") == "Most spoke of waiting"
    assert "1.5" in [part.text for part in root.findall(f"{SVG}text")]


def test_nothing_to_draw_and_noughts_are_drawn() -> None:
    assert lengths(draw()) == []
    assert lengths(draw(Bar("None", 0))) == []


def test_a_bar_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="nought"):
        draw(Bar("Waiting", -1))


@given(st.text(max_size=200), st.integers(0, 10**6))
def test_any_words_make_whole_xml_without_styles_or_scripts(label: str, value: int) -> None:
    svg = draw(Bar(label, value), Bar("<script>alert(1)</script>", 1)).svg

    root = ElementTree.fromstring(svg)
    assert {part.tag for part in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "text")
    }
    assert "style=" not in svg
