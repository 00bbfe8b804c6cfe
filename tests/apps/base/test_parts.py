"""The parts of a page: quotes, trail, proposals and decisions, filters, pages, jobs, a day."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from alongside.apps.base.presenters import group_day, make_chips, make_pager, tone_class
from alongside.apps.base.queries.trail import TrailStop
from alongside.science.values.trail import DayItem


def draw(source: str, **context: object) -> str:
    return Template("{% load base_tags %}" + source).render(Context(context))


def test_a_quote_is_verbatim_and_escaped() -> None:
    words = "  “Wait <b>here</b>”, they said\nand left. 🙂"

    html = draw(
        "{% quote words who='Carer' when=on where='Survey' url='/v/1/' language='ar' %}",
        words=words,
        on=date(2026, 3, 27),
    )

    assert "  “Wait &lt;b&gt;here&lt;/b&gt;”, they said\nand left. 🙂</blockquote>" in html
    assert 'dir="auto" lang="ar"' in html
    assert '<time datetime="2026-03-27">27 March 2026</time>' in html
    assert 'href="/v/1/"' in html


def test_a_quote_with_nothing_known_has_no_empty_line_under_it() -> None:
    html = draw("{% quote 'Just tell me.' when='spring' %}{% quote 'And again.' %}")

    assert html.count("<figcaption") == 1
    assert "spring" in html


def test_the_trail_links_each_stop_but_the_one_we_are_at() -> None:
    stops = [
        TrailStop("voice", "Voices", 1204, "/v/", False),
        TrailStop("theme", "Themes", 1, "/t/", True),
        TrailStop("insight", "Insights", 0, "", False),
    ]

    html = draw("{% trail stops %}", stops=stops)

    assert '<a class="al-trail__link" href="/v/">' in html
    assert "1,204" in html
    assert 'href="/t/"' not in html
    assert html.count('aria-current="step"') == 1


def test_a_proposal_and_a_decision_never_look_alike() -> None:
    at = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)

    proposed = draw("{% proposal by='the engine' at=at id='p1' %}<p>Waits</p>{% endproposal %}", at=at)
    decided = draw(
        "{% decision label='Accepted' by=name at=at %}<p>Waits</p>{% enddecision %}", name="<Amina>", at=at
    )

    assert "al-card--proposed" in proposed
    assert "Proposed" in proposed
    assert 'id="p1"' in proposed
    assert "al-card--decided" in decided
    assert "Accepted" in decided
    assert "&lt;Amina&gt;" in decided
    assert "<p>Waits</p>" in proposed
    assert "<p>Waits</p>" in decided


def test_chosen_filters_can_be_taken_away_one_by_one() -> None:
    query = QueryDict("kind=wish&kind=need&q=car+park&page=3&sort=new&stage=")
    chips = make_chips(
        query, {"kind": ("Kind", {"wish": "Wish"}), "q": ("Words", {}), "stage": ("Stage", {})}
    )

    assert [(chip.label, chip.value) for chip in chips] == [
        ("Kind", "Wish"),
        ("Kind", "need"),
        ("Words", "car park"),
    ]
    assert chips[0].remove_url == "?kind=need&q=car+park&sort=new&stage="
    html = draw("{% filters chips=chips clear_url='/list/' %}<b>fields</b>{% endfilters %}", chips=chips)
    assert html.count('class="al-chip"') == 3
    assert 'href="/list/"' in html
    assert "<b>fields</b>" in html
    assert "Clear all" not in draw("{% filters %}{% endfilters %}")


def test_the_pager_keeps_the_rest_of_the_query() -> None:
    pager = make_pager(Paginator(range(1204), 50).page(3), QueryDict("q=park&page=3"))

    assert (pager.first_row, pager.last_row, pager.rows) == (101, 150, 1204)
    assert pager.previous_url == "?q=park&page=2"
    assert [link.number for link in pager.links] == [1, 2, 3, 4, 0, 25]
    assert [link.is_here for link in pager.links] == [False, False, True, False, False, False]
    html = draw("{% pager pager %}", pager=pager)
    assert "101 to 150 of 1,204" in html
    assert html.count('aria-current="page"') == 1


def test_a_list_of_one_page_has_no_page_numbers() -> None:
    request = RequestFactory().get("/?q=a")

    html = draw("{% pager page %}", page=Paginator(range(3), 50).page(1), request=request)

    assert "1 to 3 of 3" in html
    assert "<nav" not in html


def test_a_day_is_late_first_then_what_needs_somebody_then_news() -> None:
    items = [
        DayItem("new", "News", "/n/"),
        DayItem("needs_you", "Later", "/l/", on=date(2026, 5, 1)),
        DayItem("needs_you", "Sooner", "/s/", "Survey", date(2026, 4, 1)),
        DayItem("late", "Late thing", "/x/"),
    ]

    groups = group_day(items)

    assert [group.name for group in groups] == ["late", "needs_you", "new"]
    assert [item.title for item in groups[1].items] == ["Sooner", "Later"]
    assert group_day([]) == []
    assert "Sooner" in draw("{% day_list items %}", items=items)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Waiting to start"),
        ("running", "Working"),
        ("done", "Done"),
        ("failed", "Did not finish"),
        ("stopped", "Nothing was half done."),
    ],
)
def test_a_job_says_how_it_is(state: str, words: str) -> None:
    job = SimpleNamespace(
        id=UUID(int=7),
        state=state,
        done=5,
        total=10,
        note="Row 5",
        error="Row 6 is not text",
        back_url="/back/",
    )

    html = draw("{% job_progress job still=True %}", job=job)

    assert words in html
    assert ("<progress" in html) == (state in {"waiting", "running"})
    assert ("Row 6 is not text" in html) == (state == "failed")


def test_a_moving_job_asks_again_and_a_finished_one_rests() -> None:
    running = SimpleNamespace(
        id=UUID(int=7), state="running", done=0, total=0, note="", error="", back_url=""
    )
    done = SimpleNamespace(id=UUID(int=7), state="done", done=1, total=1, note="", error="", back_url="")

    moving = draw("{% job_progress job %}", job=running)

    assert 'hx-trigger="load delay:1s"' in moving
    assert "See how far it is now" in moving
    assert 'max="' not in moving
    assert "hx-get" not in draw("{% job_progress job %}", job=done)


def test_small_parts() -> None:
    assert "1,204" in draw("{% stat 1204 'voices' url='/v/' note='so far' %}")
    assert "nhsuk-tag--red" in draw("{% status 'Late' 'bad' %}")
    assert "No voices yet" in draw(
        "{% empty_state title='No voices yet' %}<p>Bring in a file.</p>{% endempty_state %}"
    )
    assert "data-bulk-count" in draw("{% bulk_bar %}<button>Move</button>{% endbulk_bar %}")
    with pytest.raises(KeyError):
        tone_class("loud")


def test_rarer_filters_are_folded_away_until_one_of_them_is_chosen() -> None:
    words = "{% more_filters 'age sex' %}<b>fields</b>{% endmore_filters %}"
    quiet = draw(words, request=RequestFactory().get("/", {"kind": "wish", "age": ""}))
    chosen = draw(words, request=RequestFactory().get("/", {"sex": "female"}))
    assert "<details" in quiet
    assert "<b>fields</b>" in quiet
    assert " open>" not in quiet
    assert " open>" in chosen
