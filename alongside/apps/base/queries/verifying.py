"""Whether the trail is whole: every line in its place, as it was written, up to the end that was kept elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alongside.apps.base.bridge.digests import digest_reason, digest_value
from alongside.apps.base.bridge.heads import read_heads
from alongside.apps.base.bridge.links import seal_change, seal_line
from alongside.apps.base.bridge.triggers import list_faulty_triggers
from alongside.apps.base.models import AuditChange, AuditHead, AuditLine
from alongside.apps.base.queries.matching import Finding, match_tables
from alongside.apps.base.queries.values import OpenedValues, open_values
from alongside.apps.base.rules import Viewer, check_may

STEP = 2_000
Say = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Verdict:
    """What was looked at and what was wrong, the first bad line first."""

    lines: int
    waiting: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing was wrong."""
        return not self.findings


def _say_nothing(_what: str, _done: int, _total: int) -> None:
    return None


def verify_trail(viewer: Viewer, *, deep: bool = False, say: Say = _say_nothing) -> Verdict:
    """Walk the chain from its first line to its end; deep also opens values and compares every live row."""
    check_may(viewer, "see_audit")
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    findings = [*_walk(head, deep=deep, say=say), *_find_missing_triggers()]
    if deep:
        findings += match_tables(say)
    waiting = sum(model._base_manager.filter(seal_number=None).count() for model in (AuditChange, AuditLine))
    return Verdict(lines=head.seal_number, waiting=waiting, findings=tuple(findings))


def _find_missing_triggers() -> Iterator[Finding]:
    for one in list_faulty_triggers():
        yield Finding(
            f"The trigger {one.name} of {one.table} is missing, off or changed, so rows may have changed unseen. "
            "Run `alongside audit verify --deep` to find them, and start Alongside again to put it back."
        )


def _walk(head: AuditHead, *, deep: bool, say: Say) -> Iterator[Finding]:
    """Yield the first thing that is wrong with the chain, for after it nothing can be trusted."""
    kept = {one.number: one for one in read_heads()}
    previous, done = "", 0
    while done < head.seal_number:
        changes, lines = _read(done)
        opened = open_values([one.id for one in changes.values()]) if deep else {}
        for number in range(done + 1, min(done + STEP, head.seal_number) + 1):
            change, line = changes.get(number), lines.get(number)
            problem = _judge(number, previous, change, line)
            found = change or line
            if not problem and found and number in kept and kept[number].seal != found.seal:
                problem = f"Line {number} is not the one whose seal was kept on {kept[number].at}."
            if not problem and change and change.id in opened and not _fits(change, opened[change.id]):
                problem = f"Line {number} ({_name(change)}): the value beside it is not what it says."
            if problem or found is None:
                yield Finding(problem, number)
                return
            previous = found.seal
        done = min(done + STEP, head.seal_number)
        say("lines", done, head.seal_number)
    yield from _judge_end(head, previous, max(kept, default=0))


def _read(done: int) -> tuple[dict[int, AuditChange], dict[int, AuditLine]]:
    span = {"seal_number__gt": done, "seal_number__lte": done + STEP}
    changes = {one.seal_number or 0: one for one in AuditChange.objects.filter(**span).order_by()}
    lines = {one.seal_number or 0: one for one in AuditLine.objects.filter(**span).order_by()}
    return changes, lines


def _judge(number: int, previous: str, change: AuditChange | None, line: AuditLine | None) -> str:
    """Return what is wrong with one line, in words, or nothing."""
    if change is None and line is None:
        return f"Line {number} is missing."
    if change and line:
        return f"Two lines carry the number {number}: {_name(change)} and {_name(line)}."
    if change and seal_change(previous, change) != change.seal:
        return f"Line {number} ({_name(change)}) was changed or moved."
    if line and (seal_line(previous, line) != line.seal or not _is_reason_whole(line)):
        return f"Line {number} ({_name(line)}) was changed or moved."
    return ""


def _is_reason_whole(line: AuditLine) -> bool:
    """Return whether a line's reason is the one that was sealed, or was emptied because somebody was erased."""
    return not line.reason or digest_reason(str(line.id), line.reason) == line.reason_digest


def _name(one: AuditChange | AuditLine) -> str:
    if isinstance(one, AuditLine):
        return f"act {one.id}, {one.operation}"
    return f"change {one.id}, {one.kind} in {one.table_name}"


def _judge_end(head: AuditHead, previous: str, last_kept: int) -> Iterator[Finding]:
    if head.seal != previous:
        yield Finding(
            f"The end of the chain does not fit its last line, {head.seal_number}.", head.seal_number
        )
    for model in (AuditChange, AuditLine):
        beyond = model._base_manager.filter(seal_number__gt=head.seal_number).order_by("seal_number").first()
        if beyond is not None:
            yield Finding(
                f"Line {beyond.seal_number} stands beyond the end of the chain.", beyond.seal_number
            )
    if last_kept > head.seal_number:
        yield Finding(
            f"The chain ends at line {head.seal_number}, but line {last_kept} was kept beside the database. "
            "Lines were cut off, or an older backup was put back.",
            head.seal_number + 1,
        )


def _fits(change: AuditChange, opened: OpenedValues) -> bool:
    """Return whether the values that lay locked are those whose digests stand in the line."""
    return all(
        (said or {}).get(name) == {"sealed": digest_value(change.id, name, value)}
        for said, values in ((change.old, opened.old), (change.new, opened.new))
        for name, value in values.items()
    )
