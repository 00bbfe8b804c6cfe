"""An import killed at ten moments, from its first statement to its confirmation, and continued each time."""

from tests.faults.engines import Installation
from tests.faults.report import Result
from tests.faults.serving import ask_inside

MOMENTS = 10


def run(result: Result, installation: Installation, *, moments: int = MOMENTS) -> None:
    """Kill the worker or the confirming at so many moments; go on each time; count what is wrong."""
    statements = ask_inside(installation, "count_statements")
    # The last moments lie in the confirming, the others evenly over the reading.
    places = sorted({max(2, round(statements * (place + 0.5) / moments)) for place in range(moments - 2)})
    places += [statements - 4, statements - 1]
    imports = ask_inside(installation, "import_and_kill", result.mutant, moments=places)
    wrong = ask_inside(installation, "check_imports", import_ids=imports)
    result.add("killed at", len(imports), moments)
    for name, number in wrong.items():
        result.add(name, number, 0)
    result.note(f"at statements {places} of {statements}")
