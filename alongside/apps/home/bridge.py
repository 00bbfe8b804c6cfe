"""From rows to a file a spreadsheet opens safely."""

from collections.abc import Iterable, Iterator, Sequence

from alongside.adapters.files import iterate_csv


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet."""
    return iterate_csv(columns, rows)
