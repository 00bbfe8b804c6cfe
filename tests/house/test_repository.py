"""The repository keeps its own rules."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = [ROOT / "alongside", ROOT / "tests", ROOT / "assets", ROOT / "benchmarks"]
PYTHON = sorted(
    path
    for folder in CODE
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
MOST_LINES = 400
BANNED_NAMES = {"utils.py", "helpers.py", "common.py", "services.py"}
REGISTRIES = re.compile(r"files\.pythonhosted|pypi\.org/simple|registry\.npmjs|deb\.debian")

# Every page somebody without an account may open. A new one belongs here only after somebody has thought about it.
OPEN_TO_EVERYBODY = {
    "attend:list",
    "attend:event",
    "attend:data",
    "attend:file",
    "attend:register",
    "attend:registered",
    "attend:place",
    "attend:give_back",
    "attend:accept",
    "attend:feed",
    "attend:own_feed",
    "projects:published",
    "projects:public",
    "account_login",
    "mfa_authenticate",
    "people:login",
    "people:passkey_login",
    "people:second_step",
    "people:forgotten",
    "people:new_password",
    "people:logout",
    "people:demo_login",
    "people:your_data",
    "people:your_data_ask",
    "people:your_data_sent",
    "people:your_answer",
    "people:your_answer_open",
    "people:invitation",
    "home:about",
    "base:brand_css",
    "base:language",
    "base:look",
    "base:look_public",
    "base:look_print",
    "say:welcome",
    "say:agree",
    "say:question",
    "say:facts",
    "say:contact",
    "say:check",
    "say:sent",
    "say:take_back",
    "concerns:cannot_wait",
    "concerns:cannot_wait_sent",
    "own:consents",
    "own:end",
    "own:ended",
    "told:what_changed",
    "told:change",
    "told:link",
    "told:stop_by_link",
    "told:words",
    "told:ask_code",
    "told:own_words",
    "told:reply",
    "told:help",
    "told:stop",
    "told:leave",
    "told:consents",
    "register:years",
    "register:year",
    "register:people",
    "register:method",
    "register:corrections",
    "register:organisation",
    "register:schema",
    "register:schema_file",
    "register:csv",
    "register:people_csv",
    "register:json",
    "register:giving",
    "register:pdf",
    "funding:criteria",
    "funding:edition",
}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long_to_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in PYTHON if path.name in BANNED_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path for path in PYTHON if path.read_text().strip() and not path.read_text().lstrip("#!/").lstrip()
    ]
    silent += [
        path
        for path in (ROOT / "alongside").rglob("*.py")
        if "migrations" not in path.parts
        and path.parent.name != "templatetags"
        and path.read_text().strip()
        and '"""' not in path.read_text().split("\n\n")[0]
    ]
    assert silent == []


def test_every_field_is_declared_personal_or_not() -> None:
    undeclared = []
    for model in apps.get_models():
        if not model.__module__.startswith("alongside."):
            continue
        privacy = getattr(model, "Privacy", None)
        declared = {*getattr(privacy, "personal", ()), *getattr(privacy, "plain", ())}
        fields = {
            field.name
            for field in model._meta.get_fields()
            if (not (field.auto_created and not field.concrete) and not field.is_relation) or field.concrete
        }
        if fields != declared:
            undeclared.append((model.__name__, fields ^ declared))
    assert undeclared == []


def test_every_table_is_named_by_hand() -> None:
    unnamed = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and "db_table" not in model._meta.original_attrs
    ]
    assert unnamed == []


def list_views(patterns: list[URLPattern | URLResolver], namespace: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found.extend(list_views(pattern.url_patterns, inner))
        else:
            found.append((f"{namespace}{pattern.name}", pattern.callback))
    return found


def test_only_the_named_pages_are_open_to_everybody() -> None:
    views = [(name, view) for name, view in list_views(get_resolver().url_patterns)]
    unlocked = {name for name, view in views if getattr(view, "login_required", True) is False}
    assert unlocked == OPEN_TO_EVERYBODY


def test_every_address_has_a_name() -> None:
    assert [view for name, view in list_views(get_resolver().url_patterns) if name.endswith("None")] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "alongside" / "content").rglob("*.y*ml")), ids=lambda path: path.name
)
def test_every_piece_of_content_loads(path: Path) -> None:
    assert yaml.safe_load(path.read_text()) is not None


@pytest.mark.parametrize(
    "path", sorted((ROOT / "alongside" / "content").rglob("*.json")), ids=lambda path: path.name
)
def test_every_schema_loads(path: Path) -> None:
    assert json.loads(path.read_text())["$schema"]


def test_no_registry_address_stands_in_the_repository() -> None:
    here = Path(__file__).resolve()
    texts = [
        path for path in tracked_files() if path != here and path.suffix not in {".png", ".woff2", ".ico"}
    ]
    assert [path for path in texts if REGISTRIES.search(path.read_text(errors="ignore"))] == []


def test_no_third_party_or_built_file_is_committed() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked_files()]
    assert [
        name for name in names if re.search(r"\.min\.(js|css)$|node_modules/|static/built/|\.mo$", name)
    ] == []


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    lines = text.splitlines()
    silent = [one for one in wanted if not any(f'"{one}"' in line and "# " in line for line in lines)]
    assert silent == []


def test_pins_carry_hashes() -> None:
    for name in ("run.txt", "dev.txt"):
        pins = re.findall(
            r"^[a-z0-9._-]+(?:\[[a-z]+\])?==.*$", (ROOT / "requirements" / name).read_text(), re.M
        )
        assert pins
        assert all(line.endswith("\\") for line in pins)
