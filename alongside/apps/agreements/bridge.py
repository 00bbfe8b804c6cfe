"""The crossing to the rule engine, to the shipped content, to tables and to PDFs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from alongside.adapters.documents import DocumentRefused, make_pdf
from alongside.apps.base.rules import Refused
from alongside.science.rules import BadBook, judge, judge_fields, read_book
from alongside.science.values.rules import BookProblem, Facts, Finding, PaperField, RuleBook

SHIPPED = ("abpi-2024",)
LONGEST_BOOK = 400_000  # characters
MOST_PROBLEMS_SHOWN = 100


@dataclass(frozen=True)
class PlacedProblem:
    """One thing wrong with a rule book's file: the line (from 1), the key, the value there, what would do."""

    line: int
    place: str
    value: str
    remedy: str


class BadRuleText(ValueError):
    """A text that is no rule book; `problems` say where and what would do."""

    def __init__(self, problems: Iterable[PlacedProblem]) -> None:
        self.problems = tuple(problems)[:MOST_PROBLEMS_SHOWN]
        super().__init__(f"{len(self.problems)} problems")


class _Loader(yaml.SafeLoader):
    """YAML without what a list of rules never needs: references to other places, and a key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="a reference with * is not read here; write the words out",
                problem_mark=event.start_mark,
            )
        return super().compose_node(parent, index)


def read_rule_text(text: str) -> RuleBook:
    """Return the rule book a YAML text holds. Raise BadRuleText with line, key, value and remedy of each problem."""
    if len(text) > LONGEST_BOOK:
        raise BadRuleText(
            [PlacedProblem(1, "the whole file", "", f"At most {LONGEST_BOOK:,} characters are read.")]
        )
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        twice = list(_place(node, (), lines))
        raw = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        raise BadRuleText(
            [
                PlacedProblem(
                    mark.line + 1 if mark else 1, "how it is written", "", _short(bad.problem or "not YAML")
                )
            ]
        ) from bad
    except (
        yaml.YAMLError,
        ValueError,
        OverflowError,
        RecursionError,
        TypeError,
        KeyError,
        AttributeError,
    ) as bad:
        words = "This cannot be read as YAML. Check dates, numbers and special characters."
        raise BadRuleText([PlacedProblem(1, "how it is written", _short(str(bad)), words)]) from bad
    if twice:
        raise BadRuleText(twice)
    try:
        return read_book(raw)
    except BadBook as bad:
        raise BadRuleText(_with_line(one, lines) for one in bad.problems) from bad


def _place(
    node: Any, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]
) -> Iterator[PlacedProblem]:
    """Remember on which line each part stands; yield keys that stand twice in one place."""
    if node is None:
        return
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield from _place(one, (*path, number), lines)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if name in seen:
                line = key.start_mark.line + 1
                yield PlacedProblem(line, name, "", "This key stands here twice. Keep one of them.")
            seen.add(name)
            lines.setdefault((*path, name), key.start_mark.line + 1)
            yield from _place(value, (*path, name), lines)


def _with_line(problem: BookProblem, lines: Mapping[tuple[str | int, ...], int]) -> PlacedProblem:
    path = problem.path
    while path and path not in lines:
        path = path[:-1]
    return PlacedProblem(lines.get(path, 1), problem.place, problem.value, problem.remedy)


def _short(words: str) -> str:
    return words if len(words) <= 200 else f"{words[:200]}…"


@lru_cache(maxsize=32)
def read_known_book(text: str) -> RuleBook:
    """Return the rule book of a text that was read before, as every stored edition was."""
    return read_rule_text(text)


@lru_cache
def list_shipped_texts() -> tuple[str, ...]:
    """Return the texts of the rule sets that come with the product."""
    return tuple(
        files("alongside.content").joinpath("rules", f"{name}.yaml").read_text("utf-8") for name in SHIPPED
    )


def judge_facts(book: RuleBook, subject: str, facts: Facts) -> list[Finding]:
    """Return what every rule about such a subject says of these facts, also of rules that are kept."""
    return judge(book, subject, facts)


def judge_paper_fields(fields: Sequence[PaperField], facts: Facts) -> list[Finding]:
    """Return what is missing of what a paper must say."""
    return judge_fields(fields, facts)


@dataclass(frozen=True)
class PaperTemplate:
    """The words around the fields of one kind of paper."""

    kind: str
    version: int
    name: str
    opens: str
    closes: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return its name and version, such as "grant/2"."""
        return f"{self.kind}/{self.version}"


@lru_cache
def get_template(kind: str) -> PaperTemplate:
    """Return the template of one kind of paper."""
    text = files("alongside.content").joinpath("agreements", "templates.yaml").read_text("utf-8")
    one = yaml.safe_load(text)[kind]
    return PaperTemplate(kind, one["version"], one["name"], one["opens"], tuple(one["closes"]))


def make_agreement_pdf(html: str, stylesheet: str) -> bytes:
    """Return a printed page as a PDF; Refused where this server cannot make one."""
    try:
        return make_pdf(html, stylesheet)
    except DocumentRefused as refusal:
        raise Refused(str(refusal)) from refusal
