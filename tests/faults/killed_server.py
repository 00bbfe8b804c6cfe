"""kill -9 of the whole server while 32 clients write, then everything sent again."""

from tests.faults.engines import Installation
from tests.faults.report import Result
from tests.faults.serving import Server, ask_inside, serving
from tests.faults.writing import Log, Writing, make_writings, send_each_once, wait_until, write_all

CLIENTS = 32


def run(result: Result, installation: Installation, *, writes: int = 1_000, kills: int = 6) -> None:
    """Send many answers while the server is killed again and again; then send all of them a second time."""
    # A few go through the real pages, with the code the product makes; most bring a code of their own.
    writings = make_writings(installation.slugs, writes, by_pages=writes // 25)
    log = Log()
    with serving(installation, result.mutant) as server:
        write_all(
            server.port, writings, log, clients=CLIENTS, meanwhile=lambda: _kill(server, log, writes, kills)
        )
        before = ask_inside(installation, "tally")
        _count_kept(result, before["kept"], writings, log)
        again = [one for one in writings if not one.by_pages]
        recognised = send_each_once(server.port, again).statuses[200]
        refused = send_each_once(server.port, again, text="Something else").statuses[409]
    after = ask_inside(installation, "tally")
    result.add("sent again and recognised", recognised, len(again))
    result.add("same code, other words: refused", refused, len(again))
    result.add("kept twice after all was sent again", sum(n > 1 for n in after["kept"].values()), 0)
    result.add("answers, people, receipts", _same(after), "the same")
    result.add("integrity", after["integrity"], "ok")
    result.add("requests without an answer", log.statuses[0])
    result.add("statuses other than 200, 302, 503", _odd(log), 0)


def _kill(server: Server, log: Log, writes: int, kills: int) -> None:
    for number in range(1, kills + 1):
        wait_until(lambda number=number: len(log.acknowledged) >= writes * number // (kills + 1))  # type: ignore[misc]
        server.kill()
        server.start()


def _count_kept(result: Result, kept: dict[str, int], writings: list[Writing], log: Log) -> None:
    result.add("acknowledged", len(log.acknowledged), len(writings))
    result.add("acknowledged and lost", len(log.acknowledged - kept.keys()), 0)
    result.add("kept twice", sum(number > 1 for number in kept.values()), 0)


def _same(tally: dict[str, int]) -> str:
    numbers = {sum(tally["kept"].values()), tally["receipts"], tally["speakers"]}  # type: ignore[attr-defined]
    return "the same" if len(numbers) == 1 else f"differ: {sorted(numbers)}"


def _odd(log: Log) -> int:
    return sum(number for status, number in log.statuses.items() if status not in (0, 200, 302, 503))
