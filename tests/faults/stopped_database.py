"""PostgreSQL stopped at once, in the middle of requests, again and again."""

import time

from tests.faults.engines import Installation, PostgreSQL
from tests.faults.report import Result
from tests.faults.serving import ask_inside, call, serving
from tests.faults.writing import Log, make_writings, wait_until, write_all


def run(result: Result, installation: Installation, *, writes: int = 400, stops: int = 5) -> None:
    """Stop the database while people write and read; each answer must be their page or 503, never 500."""
    server_of_database = installation.server
    assert server_of_database is not None
    slugs = installation.slugs
    writings, log = make_writings(slugs, writes, by_pages=writes // 20), Log()

    with serving(installation, result.mutant) as server:

        def stop_again_and_again() -> None:
            for number in range(1, stops + 1):
                wait_until(lambda number=number: len(log.acknowledged) >= writes * number // (stops + 1))  # type: ignore[misc]
                _stop_for_a_moment(server_of_database, server.port, slugs[0], log)

        write_all(server.port, writings, log, clients=16, meanwhile=stop_again_and_again)
        log.saw(reading := call(server.port, "GET", f"/say/{slugs[0]}/"))
    tally = ask_inside(installation, "tally")
    result.add("acknowledged", len(log.acknowledged), writes)
    result.add("acknowledged and lost", len(log.acknowledged - tally["kept"].keys()), 0)
    result.add("kept twice", sum(number > 1 for number in tally["kept"].values()), 0)
    result.add("503", log.statuses[503])
    result.add("statuses other than 200, 302, 503", _odd(log), 0)
    result.add("503 without Retry-After or words", log.without_retry_after + log.without_words, 0)
    result.add("reading afterwards", reading.status, 200)
    result.add("503 at all", "yes" if log.statuses[503] else "no", "yes")
    result.note(str(dict(log.statuses)))


def _stop_for_a_moment(database: PostgreSQL, port: int, slug: str, log: Log) -> None:
    database.stop_at_once()
    try:
        for _look in range(3):
            log.saw(call(port, "GET", f"/say/{slug}/"))
            time.sleep(0.1)
    finally:
        database.start()


def _odd(log: Log) -> int:
    return sum(number for status, number in log.statuses.items() if status not in (200, 302, 503))
