"""Templates: each loads, none reaches outside or carries style or script, every word can be translated."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

APPS = Path(__file__).resolve().parents[2] / "alongside" / "apps"
TEMPLATES = sorted(APPS.rglob("templates/**/*.html"))
GUIDE = {"look.html", "look_public.html", "look_print.html"}  # for developers, in the demonstration only
OWN_NAMES = {"English", "Cymraeg", "Alongside"}  # a language is named in itself
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle="),
    "a style element": re.compile(r"<style"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an inline event": re.compile(r"\son(click|load|change|submit|error|input|focus)="),
    "another host": re.compile(r"(?:src|href|action)=[\"']?(?:https?:)?//"),
    "unescaped words": re.compile(r"\|\s*safe\b|autoescape off"),
}


def names(paths: list[Path]) -> list[str]:
    return [path.as_posix().split("/templates/")[1] for path in paths]


@pytest.mark.parametrize("name", names(TEMPLATES))
def test_every_template_can_be_read(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_no_template_breaks_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def bare_words(text: str) -> list[str]:
    """Return words that stand in the markup without going through gettext."""
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", text, flags=re.S)
    text = re.sub(r"{%\s*blocktrans.*?endblocktrans(late)?\s*%}", "", text, flags=re.S)
    text = re.sub(r"{% block body_class %}.*?{% endblock %}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}|<(code|kbd|svg).*?</\1>", " ", text, flags=re.S)
    text = re.sub(r"<[^>]*>", "\n", text)
    lines = [line.strip(" ·\t") for line in text.splitlines()]
    return [line for line in lines if re.search(r"[A-Za-z]{3}", line) and line not in OWN_NAMES]


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.name not in GUIDE], ids=lambda p: p.name)
def test_every_visible_word_can_be_translated(path: Path) -> None:
    found = [words for words in bare_words(path.read_text(encoding="utf-8")) if "htmx" not in words]

    assert found == []


def test_the_search_for_bare_words_finds_one() -> None:
    assert bare_words('<p class="x">{% translate "Found" %} <b>Hidden words</b></p>') == ["Hidden words"]
