"""`alongside giving`: counts, bad rows by place and reason, and refusals with a cure."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from alongside.cli.main import group
from tests.adapters.files.test_giving import GOOD


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["giving", *arguments])


def write(folder: Path, grants: list[object]) -> str:
    path = folder / "grants.json"
    path.write_text(json.dumps({"grants": grants}))
    return str(path)


def test_counts_are_printed_for_people_and_for_programs(tmp_path: Path) -> None:
    bad = {
        **GOOD,
        "id": "=1+1",
        "fromOpenCall": "Y",
        "amountAwarded": "x",
        "plannedDates": [{"duration": "x"}],
    }
    path = write(tmp_path, [GOOD, bad])
    counts = {"read": 2, "valid": 1, "rows_with_errors": 1, "errors": 3}
    assert json.loads(run(path, "--json").stdout) == counts
    shown = run(path, "--out", str(tmp_path / "out"))
    assert shown.exit_code == 0
    assert "rows_with_errors" in shown.stdout
    assert "plannedDates/duration" in shown.stdout
    rows = (tmp_path / "out/bad-rows.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "row,grant,field,value,what to do"
    assert len(rows) == 4
    assert rows[1].startswith("2,'=1+1,")
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["bad-rows.csv"]


def test_many_kinds_of_faults_are_counted_in_the_end(tmp_path: Path) -> None:
    fields = ("id", "title", "description", "currency", "amountAwarded", "awardDate", "url", "dateModified",
              "amountAppliedFor", "amountDisbursed", "fromOpenCall", "dataSource", "relatedActivity")  # fmt: skip
    path = write(tmp_path, [{**GOOD, name: {}} for name in fields])
    assert "other kinds" in run(path).stdout


def test_a_file_that_is_none_is_refused_with_a_cure(tmp_path: Path) -> None:
    path = tmp_path / "grants.json"
    path.write_text("{")
    refused = run(str(path))
    assert refused.exit_code == 1
    assert "is not JSON" in refused.stderr
    (tmp_path / "taken").write_text("")
    blocked = run(write(tmp_path, [GOOD]), "--out", str(tmp_path / "taken" / "below"))
    assert blocked.exit_code == 1
