"""Catalogues: what stands in a message stands in its translation too."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

LOCALE = Path(__file__).resolve().parents[2] / "alongside" / "locale"
CATALOGUES = sorted(LOCALE.rglob("*.mo"))
HOLE = re.compile(r"%\(\w+\)s|%?\{\w+\}|<[^>]+>")


def test_every_language_on_offer_has_a_compiled_catalogue() -> None:
    offered = {code for code, _ in settings.LANGUAGES if not code.startswith("en")}

    assert {path.parent.parent.name for path in CATALOGUES} >= offered, "run `python assets/build.py`"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parent.parent.name)
def test_no_translation_loses_what_is_filled_in(path: Path) -> None:
    with path.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    lost = [
        str(key)
        for key, words in catalogue.items()
        if isinstance(key, str) and key and sorted(HOLE.findall(key)) != sorted(HOLE.findall(words))
    ]

    assert lost == []
    assert len(catalogue) > 100


def test_no_guess_of_a_tool_is_left_unread() -> None:
    assert [
        path.name for path in LOCALE.rglob("*.po") if "#, fuzzy" in path.read_text(encoding="utf-8")
    ] == []
