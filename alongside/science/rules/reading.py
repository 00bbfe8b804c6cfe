"""Reading a rule book: every key, list, date and check is looked at, and every problem is told with its place."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from alongside.science.rules.checks import CHECKS, OF_ONE_FACT
from alongside.science.values.rules import (
    ANSWERS,
    SEVERITIES,
    BookProblem,
    Check,
    Condition,
    PaperField,
    Rule,
    RuleBook,
)

MOST_MONTHS = 1200
LARGEST = 10**18
Path = tuple[str | int, ...]
_TOP = (
    "name", "title", "valid_from", "valid_to", "source", "verified", "note", "lists", "groups", "fields", "rules",
)  # fmt: skip
_FIELD = (
    "key", "label", "help", "group", "kinds", "capacities", "answer", "choices", "required", "prints_under", "clause",
)  # fmt: skip
_RULE = (
    "key", "clause", "says", "severity", "subjects", "kinds", "capacities", "when", "check", "remedy", "source",
    "verified",
)  # fmt: skip
_CHECK = ("kind", "facts", "against", "values", "list", "months")


class BadBook(ValueError):
    """Say everything that is wrong with a rule book; `problems` hold the places."""

    def __init__(self, problems: Iterable[BookProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(f"{one.place}: {one.remedy}" for one in self.problems))


def read_book(raw: object) -> RuleBook:
    """Return the rule book that plain data (as YAML gives it) describes. Raise BadBook with every problem."""
    reader = _Reader()
    top = reader.mapping(raw, (), _TOP)
    lists = reader.lists(top.get("lists"))
    groups = reader.pairs(top.get("groups"), ("groups",))
    verified_by, verified_on = reader.verified(top.get("verified"), ("verified",), None)
    book = RuleBook(
        name=reader.key(top.get("name"), ("name",)),
        title=reader.text(top.get("title"), ("title",), most=200),
        valid_from=reader.day(top.get("valid_from"), ("valid_from",)) or date.min,
        valid_to=reader.day(top.get("valid_to"), ("valid_to",), may_be_empty=True),
        source=reader.text(top.get("source"), ("source",)),
        verified_by=verified_by,
        verified_on=verified_on,
        note=reader.text(top.get("note", ""), ("note",), may_be_empty=True),
        groups=groups,
        fields=tuple(
            reader.field(one, ("fields", place), {key for key, _words in groups})
            for place, one in enumerate(reader.sequence(top.get("fields", []), ("fields",)))
        ),
        rules=tuple(
            reader.rule(one, ("rules", place), dict(lists), (verified_by, verified_on))
            for place, one in enumerate(reader.sequence(top.get("rules"), ("rules",)))
        ),
        lists=lists,
    )
    reader.once([one.key for one in book.fields], "fields")
    reader.once([one.key for one in book.rules], "rules")
    if book.valid_to is not None and book.valid_to < book.valid_from:
        reader.tell(("valid_to",), book.valid_to, "Must not lie before valid_from.")
    if reader.problems:
        raise BadBook(reader.problems)
    return book


class _Reader:
    """Reads parts of a book and remembers what is wrong, so that one reading tells everything."""

    def __init__(self) -> None:
        self.problems: list[BookProblem] = []

    def tell(self, path: Path, value: object, remedy: str) -> None:
        self.problems.append(BookProblem(path, _show(value), remedy))

    def mapping(self, raw: object, path: Path, known: Collection[str]) -> Mapping[str, object]:
        if not isinstance(raw, dict):
            self.tell(path, raw, f"Write keys and values here, such as {', '.join(sorted(known)[:4])}.")
            return {}
        for key in raw:
            if key not in known:
                self.tell(
                    (*path, _show(key)), "", f"Nobody knows this key. Use one of: {', '.join(sorted(known))}."
                )
        return {key: value for key, value in raw.items() if isinstance(key, str)}

    def sequence(self, raw: object, path: Path) -> list[object]:
        if isinstance(raw, list):
            return raw
        self.tell(path, raw, "Write a list here, each entry on a line that begins with a dash.")
        return []

    def text(self, raw: object, path: Path, *, may_be_empty: bool = False, most: int = 4000) -> str:
        is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) <= LARGEST
        words = str(raw) if is_number else raw
        if not isinstance(words, str) or not (words.strip() or may_be_empty):
            self.tell(path, raw, "Write some words here.")
            return ""
        if len(words) > most:
            self.tell(path, words, f"This is {len(words)} characters long; the most is {most}.")
        return " ".join(words.split())

    def key(self, raw: object, path: Path) -> str:
        words = self.text(raw, path, most=60)
        if words and not all(
            part.isascii() and part.isalnum() for part in words.replace("_", "-").split("-")
        ):
            self.tell(path, raw, "Use letters, digits and hyphens only.")
        return words

    def day(self, raw: object, path: Path, *, may_be_empty: bool = False) -> date | None:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        if raw is not None or not may_be_empty:
            self.tell(path, raw, "Write a date as 2024-10-01.")
        return None

    def words(self, raw: object, path: Path) -> tuple[str, ...]:
        """Return a list of words; a single one may stand without a dash."""
        if raw is None:
            return ()
        parts = raw if isinstance(raw, list) else [raw]
        return tuple(
            "yes" if one is True else "no" if one is False else self.text(one, (*path, place), most=200)
            for place, one in enumerate(parts)
        )

    def choice(self, raw: object, path: Path, among: Iterable[str]) -> str:
        known = tuple(among)
        if isinstance(raw, str) and raw in known:
            return raw
        self.tell(path, raw, f"Use one of: {', '.join(known)}.")
        return known[0]

    def pairs(self, raw: object, path: Path) -> tuple[tuple[str, str], ...]:
        if raw is None:
            return ()
        if not isinstance(raw, dict):
            self.tell(path, raw, "Write a key and its words on each line.")
            return ()
        return tuple(
            (self.key(key, path), self.text(words, (*path, _show(key)))) for key, words in raw.items()
        )

    def lists(self, raw: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if raw is None:
            return ()
        if not isinstance(raw, dict):
            self.tell(("lists",), raw, "Write a name and a list of words for each list.")
            return ()
        return tuple(
            (self.key(name, ("lists",)), self.words(entries, ("lists", _show(name))))
            for name, entries in raw.items()
        )

    def verified(self, raw: object, path: Path, default: tuple[str, date] | None) -> tuple[str, date]:
        if raw is None and default is not None:
            return default
        found = self.mapping(raw, path, {"by", "day"})
        return self.text(found.get("by"), (*path, "by")), self.day(
            found.get("day"), (*path, "day")
        ) or date.min

    def field(self, raw: object, path: Path, groups: set[str]) -> PaperField:
        one = self.mapping(raw, path, _FIELD)
        label = self.text(one.get("label"), (*path, "label"), most=200)
        choices = self.pairs(one.get("choices"), (*path, "choices"))
        answer = self.choice(one.get("answer", "text"), (*path, "answer"), ANSWERS)
        if (answer == "choice") != bool(choices):
            self.tell((*path, "choices"), "", "A choice needs its choices, and nothing else has any.")
        required = one.get("required", False)
        if not isinstance(required, bool):
            self.tell((*path, "required"), required, "Write yes or no.")
        return PaperField(
            key=self.key(one.get("key"), (*path, "key")),
            label=label,
            group=self.choice(
                one.get("group"), (*path, "group"), sorted(groups) or ("a group of this file",)
            ),
            answer=answer,
            prints_under=self.text(one.get("prints_under", label or "-"), (*path, "prints_under"), most=200),
            help=self.text(one.get("help", ""), (*path, "help"), may_be_empty=True),
            clause=self.text(one.get("clause", ""), (*path, "clause"), may_be_empty=True, most=60),
            is_required=required is True,
            kinds=self.words(one.get("kinds"), (*path, "kinds")),
            capacities=self.words(one.get("capacities"), (*path, "capacities")),
            choices=choices,
        )

    def rule(
        self, raw: object, path: Path, lists: Mapping[str, tuple[str, ...]], default: tuple[str, date]
    ) -> Rule:
        one = self.mapping(raw, path, _RULE)
        subjects = self.words(one.get("subjects"), (*path, "subjects"))
        if not subjects:
            self.tell(
                (*path, "subjects"), one.get("subjects"), "Say what this rule is about, such as agreement."
            )
        verified_by, verified_on = self.verified(one.get("verified"), (*path, "verified"), default)
        return Rule(
            key=self.key(one.get("key"), (*path, "key")),
            clause=self.text(one.get("clause", ""), (*path, "clause"), may_be_empty=True, most=60),
            says=self.text(one.get("says"), (*path, "says")),
            severity=self.choice(one.get("severity"), (*path, "severity"), SEVERITIES),
            subjects=subjects,
            check=self.check(one.get("check"), (*path, "check"), lists),
            remedy=self.text(one.get("remedy"), (*path, "remedy")),
            source=self.text(one.get("source"), (*path, "source")),
            verified_by=verified_by,
            verified_on=verified_on,
            kinds=self.words(one.get("kinds"), (*path, "kinds")),
            capacities=self.words(one.get("capacities"), (*path, "capacities")),
            when=tuple(
                self.condition(part, (*path, "when", place))
                for place, part in enumerate(self.sequence(one.get("when", []), (*path, "when")))
            ),
        )

    def condition(self, raw: object, path: Path) -> Condition:
        one = self.mapping(raw, path, {"fact", "is", "above"})
        above = one.get("above")
        if above is not None and (isinstance(above, bool) or not isinstance(above, int)):
            self.tell((*path, "above"), above, "Write a whole number.")
            above = None
        return Condition(
            self.text(one.get("fact"), (*path, "fact"), most=60),
            self.words(one.get("is"), (*path, "is")),
            above,
        )

    def check(self, raw: object, path: Path, lists: Mapping[str, tuple[str, ...]]) -> Check:
        one = self.mapping(raw, path, _CHECK)
        kind = self.choice(one.get("kind"), (*path, "kind"), CHECKS)
        facts = self.words(one.get("facts"), (*path, "facts"))
        _look, needs = CHECKS[kind]
        if not facts or (kind in OF_ONE_FACT and len(facts) > 1):
            self.tell((*path, "facts"), one.get("facts"), f"“{kind}” looks at {self._how_many(kind)}.")
        for name in sorted(needs - set(one)):
            self.tell((*path, name), "", f"“{kind}” needs this.")
        months = one.get("months", 0)
        if isinstance(months, bool) or not isinstance(months, int) or abs(months) > MOST_MONTHS:
            self.tell((*path, "months"), months, f"Write a whole number of months, at most {MOST_MONTHS}.")
            months = 0
        named = one.get("list")
        if named is not None and (not isinstance(named, str) or named not in lists):
            self.tell((*path, "list"), named, "Name one of this file's lists.")
            named = None
        return Check(
            kind=kind,
            facts=facts,
            against=self.text(one.get("against", ""), (*path, "against"), may_be_empty=True, most=60),
            values=self.words(one.get("values"), (*path, "values")),
            words=lists[named] if isinstance(named, str) else (),
            months=months,
        )

    @staticmethod
    def _how_many(kind: str) -> str:
        return "exactly one fact" if kind in OF_ONE_FACT else "one fact or more"

    def once(self, keys: list[str], where: str) -> None:
        for place, key in enumerate(keys):
            if key and key in keys[:place]:
                self.tell((where, place, "key"), key, "This key stands here already. Give it one of its own.")


def _show(value: object) -> str:
    """Return a value as short words for a message."""
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a very large number"
    words = "" if value is None else str(value)
    return words if len(words) <= 60 else f"{words[:60]}…"
