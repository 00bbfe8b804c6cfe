"""Shares: right lengths, a line where the level is, unknown drawn as unknown, safe words."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.charts import (
    Chart,
    Level,
    Said,
    ShareDot,
    SharePart,
    ShareRow,
    draw_share_bars,
    draw_share_dots,
)
from alongside.charts.shares import ABOVE, BESIDE, REST
from alongside.charts.svg import ACCENT, TEAL

SVG = "{http://www.w3.org/2000/svg}"
SAID = Said("We gave 22 %", "Each bar is a year.", ("Funder", "Share"), (("Us", "22 %"),))
LEVEL = Level(0.25, "level 25 %")


def bars(*rows: ShareRow, narrow: bool = False, level: Level | None = LEVEL) -> Chart:
    return draw_share_bars(rows, key="years", said=SAID, level=level, narrow=narrow)


def dots(*shares: float, narrow: bool = False) -> Chart:
    found = [ShareDot(f"Group {place}", one, f"{one:.0%}") for place, one in enumerate(shares)]
    return draw_share_dots(found, key="groups", said=SAID, level=LEVEL, narrow=narrow)


def find(chart: Chart, tag: str, **wanted: str) -> list[ElementTree.Element]:
    parts = ElementTree.fromstring(chart.svg).findall(f"{SVG}{tag}")
    return [part for part in parts if all(part.get(name) == value for name, value in wanted.items())]


def texts(chart: Chart) -> list[str]:
    return [part.text or "" for part in ElementTree.fromstring(chart.svg).findall(f"{SVG}text")]


ROW = ShareRow(
    "to 31 Mar 2026",
    (
        SharePart("22 %", 0.22, emphasised=True),
        SharePart("Cardew", 0.3),
        SharePart("no known funder", 0.48, is_rest=True),
    ),
    "22 %",
)


@pytest.mark.parametrize("narrow", [False, True])
def test_each_share_is_as_long_as_it_is_large(narrow: bool) -> None:
    chart, room = bars(ROW, narrow=narrow), (ABOVE if narrow else BESIDE).room

    assert float(find(chart, "rect", fill=TEAL)[0].get("width", "")) == pytest.approx(0.22 * room, abs=0.01)
    assert float(find(chart, "rect", fill=REST)[0].get("width", "")) == pytest.approx(0.48 * room, abs=0.01)
    line = find(chart, "line")[0]
    left = (ABOVE if narrow else BESIDE).left
    assert float(line.get("x1", "")) == pytest.approx(left + 0.25 * room, abs=0.01)
    assert "level 25 %" in texts(chart)
    assert chart.rows == (("Us", "22 %"),)


def test_a_year_that_is_not_known_is_an_empty_dashed_bar_and_says_so() -> None:
    chart = bars(ShareRow("to 31 Mar 2025", (), "income not written down"), level=None)

    assert find(chart, "rect", fill=TEAL) == []
    assert find(chart, "rect", fill="none")[0].get("stroke-dasharray")
    assert "income not written down" in texts(chart)
    assert find(chart, "line") == []


def test_more_than_the_whole_stays_in_the_picture() -> None:
    chart = bars(ShareRow("2026", (SharePart("Us", 0.9, emphasised=True), SharePart("x", 0.6)), "90 %"))
    ends = [float(part.get("x", "0")) + float(part.get("width", "0")) for part in find(chart, "rect")]
    assert max(ends) <= BESIDE.left + BESIDE.room + 1
    assert "150 %" in texts(chart)


def test_a_share_of_nothing_is_not_drawn() -> None:
    drawn = find(bars(ShareRow("2026", (SharePart("Us", 0, emphasised=True),), "0 %")), "rect", fill=TEAL)
    assert [part.get("width") for part in drawn] == ["12"]  # only the square in the key


@pytest.mark.parametrize("narrow", [False, True])
def test_a_dot_is_round_below_the_level_and_square_from_it_on(narrow: bool) -> None:
    chart = dots(0.1, 0.25, 0.31, narrow=narrow)

    assert len(find(chart, "circle", fill=TEAL)) == 1
    assert len(find(chart, "rect", fill=ACCENT, width="12")) == 2


def test_the_scale_is_as_wide_as_it_must_be() -> None:
    assert "40 %" in texts(dots(0.02))
    assert "100 %" in texts(dots(0.9))
    assert "140 %" in texts(dots(1.4))
    assert "40 %" in texts(dots())


def test_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        dots(-0.1)
    with pytest.raises(ValueError, match="below nought"):
        bars(ShareRow("x", (SharePart("", -0.1),), ""))


@settings(max_examples=30)
@given(st.text(max_size=60), st.floats(0, 2), st.floats(0, 1))
def test_any_words_make_whole_xml_without_styles_or_scripts(words: str, first: float, second: float) -> None:
    row = ShareRow(
        words, (SharePart(words, first, words, emphasised=True), SharePart("<script>", second)), words
    )
    for narrow in (False, True):
        chart = bars(row, narrow=narrow, level=Level(0.25, words))
        root = ElementTree.fromstring(chart.svg)
        assert {part.tag for part in root.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "text", "line", "circle")
        }
        assert "style=" not in chart.svg


def test_a_name_keeps_its_colour_and_its_place_over_the_years() -> None:
    chart = bars(
        ShareRow("2025", (SharePart("Cardew", 0.2), SharePart("Us", 0.1, emphasised=True)), "10 %"),
        ShareRow("2026", (SharePart("Lottery", 0.5), SharePart("Cardew", 0.1), SharePart("Third", 0.05),
                          SharePart("Fourth", 0.04), SharePart("Fifth", 0.03)), "0 %"),
    )  # fmt: skip
    named = texts(chart)
    assert named[-6:] == ["Us", "Lottery", "Cardew", "Third", "Fourth", "Fifth"]
    assert len(find(chart, "rect", fill="#86b8bb")) == 3  # Cardew in both years and in the key
    assert len(find(chart, "rect", fill="#b3d2d3")) == 6  # three small ones share the lightest


def test_a_key_that_is_too_wide_goes_on_below() -> None:
    names = [SharePart(f"A funder with a rather long name {place}", 0.1) for place in range(4)]
    key = [part for part in find(bars(ShareRow("2026", tuple(names), "0 %"), narrow=True), "text")][-4:]
    assert len({part.get("y") for part in key}) == 4


def test_a_line_far_to_the_right_has_its_words_before_it() -> None:
    chart = bars(ROW, ShareRow("2027", (), "not known"), level=Level(0.9, "level 90 %"))
    assert find(chart, "text", **{"text-anchor": "end"})[-1].text == "level 90 %"


def test_nothing_to_draw_is_drawn() -> None:
    assert find(bars(), "rect", fill=TEAL) == []
