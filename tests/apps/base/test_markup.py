"""Components are drawn safely, whatever somebody typed."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.presenters import render_component
from alongside.apps.base.presenters.markup import macro_name, nest

FOLDERS = [
    "action-link",
    "back-link",
    "breadcrumb",
    "button",
    "caption",
    "card",
    "character-count",
    "checkboxes",
    "code",
    "contents-list",
    "date-input",
    "details",
    "do-dont-list",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "heading",
    "hero",
    "hint",
    "images",
    "input",
    "inset-text",
    "label",
    "legend",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "radios",
    "search-input",
    "select",
    "skip-link",
    "summary-list",
    "tables",
    "tabs",
    "tag",
    "task-list",
    "textarea",
    "warning-callout",
]


def draw(source: str, **context: object) -> str:
    return Template("{% load base_tags %}" + source).render(Context(context))


@pytest.mark.parametrize("component", FOLDERS)
def test_every_component_can_be_drawn(component: str) -> None:
    assert isinstance(render_component(component, {"text": "Words", "items": []}), str)


def test_macros_that_do_not_follow_their_folder_are_known() -> None:
    assert [macro_name(name) for name in ("tables", "images", "do-dont-list", "error-summary")] == [
        "table",
        "image",
        "list",
        "errorSummary",
    ]


def test_a_word_written_in_a_template_stands_once() -> None:
    """Django marks words in templates as safe, and the macros would draw a safe heading twice."""
    html = draw('{% nhsuk "card" heading="What changed" description="Now" %}')

    assert html.count("What changed") == 1
    assert html.count("Now") == 1


@given(words=st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_somebody_typed_is_never_markup(words: str) -> None:
    sharp = f"<script>{words}</script>"

    for html in (
        render_component("button", {"text": sharp}),
        render_component("button", {"html": sharp}),
        render_component("input", {"label": sharp, "name": "n", "id": "n", "value": sharp, "hint": sharp}),
        render_component("radios", {"name": "n", "items": [{"text": sharp, "value": sharp}]}),
        render_component("error-summary", {"titleText": "T", "errorList": [{"html": sharp, "href": "#a"}]}),
    ):
        assert "<script" not in html


def test_markup_made_by_django_is_kept() -> None:
    assert "<em>now</em>" in render_component("inset-text", {"html": mark_safe("<em>now</em>")})


def test_lazy_words_are_drawn_as_words() -> None:
    assert "Search" in render_component("button", {"text": gettext_lazy("Search")})


def test_flat_names_reach_inside_and_attributes_get_their_hyphen() -> None:
    assert nest({"label__text": "Name", "attributes__aria_label": "x", "id": "n"}) == {
        "label": {"text": "Name"},
        "attributes": {"aria-label": "x"},
        "id": "n",
    }
    with pytest.raises(ValueError, match="label"):
        nest({"label": "Name", "label__text": "Name"})
