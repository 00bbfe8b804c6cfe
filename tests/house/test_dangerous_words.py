"""What opens the doors attackers use is written in few places, each with its reason; anywhere else it fails here."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(path for path in (ROOT / "alongside").rglob("*.py") if "migrations" not in path.parts)

# Who may speak to the network, and why.
NETWORK = {
    "alongside/apps/engagement/bridge/concerns.py": "knows the refusals of the mail server by their names",
    "alongside/cli/serve.py": "listens, and asks whether its own port is free",
    "alongside/apps/people/bridge.py": "knows the refusals of the mail server by their names",
    "alongside/apps/actions/bridge.py": "knows the refusals of the mail server by their names",
}
NETWORK_MODULES = (
    "socket", "ssl", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "http.client", "smtplib", "ftplib",
    "imaplib", "poplib", "telnetlib", "xmlrpc", "asyncio", "websockets", "paramiko", "boto3", "socketserver",
)  # fmt: skip

# Who may say that text is markup, and why.
MARKUP = {
    "alongside/apps/engagement/presenters/consents.py": "marks what changed between two texts, each part escaped",
    "alongside/apps/engagement/presenters/texts.py": "escapes a consent text before it adds paragraphs",
    "alongside/apps/base/templatetags/base_tags.py": "joins fields that the macros escaped",
    "alongside/apps/base/presenters/fields.py": "joins fields that the macros escaped",
    "alongside/apps/base/presenters/markup.py": "returns what the macros escaped",
}
MARKUP_CALLS = {"mark_safe", "SafeString", "SafeText", "Markup"}

# Who may write SQL, and why. No value is ever put into its text.
SQL = {
    "alongside/apps/base/operations/backups/making.py": "reads every table as the database holds it",
    "alongside/apps/base/operations/backups/restoring.py": "writes every table as the backup holds it",
    "alongside/apps/base/operations/backups/rows.py": "names tables and columns of our own models",
    "alongside/apps/base/operations/covering.py": "empties the write-ahead log and free pages after an erasure",
    "alongside/apps/base/bridge/telling.py": "tells the database who acts, beneath every statement",
    "alongside/apps/base/bridge/triggers.py": "lists the triggers a database has",
    "alongside/apps/base/operations/sealing.py": "takes the lock under which one sealer works",
    "alongside/apps/base/queries/matching.py": "compares every row with its last line, set by set",
    "alongside/apps/base/operations/batches.py": "digests a batch of rows without holding them",
    "alongside/apps/base/operations/triggers.py": "writes the triggers, from names of tables alone",
    "alongside/apps/engagement/models/landing.py": "one set-based statement for a million rows",
    "alongside/apps/engagement/operations/pacing.py": "reads how far the write-ahead log has grown",
}
SQL_CALLS = {"extra", "raw", "cursor", "RawSQL"}

# Where names of columns come from a mapping; each mapping's keys are written in the code.
SPREAD = {
    "alongside/apps/base/operations/covering.py": "writes the column in which a name was found",
    "alongside/apps/base/queries/mentions.py": "searches the text columns of each table",
    "alongside/apps/engagement/operations/personal.py": "empties the columns of facts it names itself",
    "alongside/apps/engagement/operations/reminding.py": "writes one of two days it names itself",
    "alongside/apps/engagement/queries/concerns.py": "filters by columns it names itself",
    "alongside/apps/people/operations/personal.py": "empties the columns it names itself",
    "alongside/apps/people/queries/personal.py": "follows the columns of each table that name a person",
    "alongside/apps/actions/queries/published.py": "follows paths between tables it names itself",
    "alongside/apps/engagement/queries/consents.py": "goes through the uses people are asked for",
    "alongside/apps/people/queries/consents.py": "filters by columns it names itself and by PURPOSES",
    "alongside/apps/base/queries/verifying.py": "reads a span of numbers it names itself",
    "alongside/apps/partnership/operations/contacts/merging.py": "fills the columns it names itself",
    "alongside/apps/base/operations/moving.py": "writes the columns that point from one table to another",
    "alongside/apps/base/operations/jobs.py": "touches the columns its own methods name",
    "alongside/apps/engagement/operations/reading.py": "writes the counts it names itself",
    "alongside/apps/engagement/queries/engagements.py": "filters by four columns it names itself",
    "alongside/apps/engagement/queries/voices.py": "filters by columns of FACT_COLUMNS",
    "alongside/apps/engagement/operations/imports.py": "asks the tables that point at voices",
    "alongside/apps/people/operations/bases.py": "looks for a basis by the terms it names itself",
}
SPREAD_CALLS = {"filter", "exclude", "get", "annotate", "alias", "aggregate", "update", "order_by", "values"}

NEVER = {"eval", "exec", "compile", "__import__", "pickle", "marshal", "shelve", "dill"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def find(wrong: Callable[[ast.AST], str]) -> Iterator[tuple[str, str]]:
    """Yield the file and words of every node that is wrong."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if words := wrong(node):
                yield name_of(path), words


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return str(getattr(node.func, "attr", "") or getattr(node.func, "id", ""))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    if called(node) in ("import_module", "import_string") and isinstance(node, ast.Call) and node.args:
        first = node.args[0]
        return [str(first.value)] if isinstance(first, ast.Constant) else []
    return []


def reaches_out(node: ast.AST) -> str:
    known = [
        one for one in imported(node) for bad in NETWORK_MODULES if one == bad or one.startswith(f"{bad}.")
    ]
    return known[0] if known else ""


def claims_markup(node: ast.AST) -> str:
    return called(node) if called(node) in MARKUP_CALLS else ""


def writes_sql(node: ast.AST) -> str:
    return called(node) if called(node) in SQL_CALLS else ""


def spreads_names(node: ast.AST) -> str:
    if called(node) not in SPREAD_CALLS or not isinstance(node, ast.Call):
        return ""
    is_method = isinstance(node.func, ast.Attribute)
    return called(node) if is_method and any(one.arg is None for one in node.keywords) else ""


def runs_text(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NEVER:
        return node.func.id
    return next((one for one in imported(node) if one.split(".")[0] in NEVER), "")


def test_only_the_named_modules_speak_to_the_network() -> None:
    assert [one for one in find(reaches_out) if one[0] not in NETWORK] == []


def test_only_the_named_modules_say_that_text_is_markup() -> None:
    assert [one for one in find(claims_markup) if one[0] not in MARKUP] == []


def test_only_the_named_modules_write_sql() -> None:
    assert [one for one in find(writes_sql) if one[0] not in SQL] == []


def test_only_the_named_modules_spread_names_of_columns() -> None:
    assert [one for one in find(spreads_names) if one[0] not in SPREAD] == []


def test_nothing_runs_text_or_unpacks_objects() -> None:
    assert list(find(runs_text)) == []


def test_no_permission_to_do_so_is_left_over() -> None:
    for allowed, wrong in (
        (NETWORK, reaches_out), (MARKUP, claims_markup), (SQL, writes_sql), (SPREAD, spreads_names),
    ):  # fmt: skip
        assert set(allowed) <= {path for path, _words in find(wrong)}


def test_the_search_finds_what_it_looks_for() -> None:
    for text, wrong in (
        ("import requests", reaches_out),
        ("from urllib import request", reaches_out),
        ("importlib.import_module('httpx')", reaches_out),
        ("x = mark_safe(words)", claims_markup),
        ("Voice.objects.extra(where=[words])", writes_sql),
        ("annotate(x=RawSQL(words, []))", writes_sql),
        ("Voice.objects.filter(**request.GET)", spreads_names),
        ("eval(words)", runs_text),
        ("import pickle", runs_text),
    ):
        assert any(wrong(node) for node in ast.walk(ast.parse(text))), text


def test_a_file_is_taken_in_one_place_alone() -> None:
    takers = {
        path
        for path, _ in find(lambda node: "file" if called(node) in ("FileField", "ImageField") else "")
        if "/models" not in path
    }
    # Each is read by adapters.files, which looks into it, or as YAML that makes no objects; none is given back.
    assert takers == {
        "alongside/apps/agreements/forms/deciding.py",
        "alongside/apps/base/forms/guide.py",
        "alongside/apps/engagement/forms/imports.py",
        "alongside/apps/partnership/forms/giving.py",
        "alongside/apps/partnership/forms/reconciling.py",
        "alongside/apps/partnership/forms/contacts.py",
        "alongside/apps/partnership/forms/paid_work.py",
    }
