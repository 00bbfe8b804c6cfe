"""Tables and printed pages, out of the house."""

import io
from collections.abc import Iterable, Sequence

from alongside.adapters.documents import DocumentRefused, make_pdf
from alongside.adapters.files import write_csv, write_xlsx

__all__ = ["DocumentRefused", "make_printed", "make_table"]
Value = str | int | float | None


def make_table(columns: Sequence[str], rows: Iterable[Sequence[Value]], *, ending: str) -> bytes:
    """Return a CSV or XLSX file; no cell can run as a formula."""
    file = io.BytesIO()
    if ending == "xlsx":
        write_xlsx(file, columns, rows)
    else:
        write_csv(file, columns, rows)
    return file.getvalue()


def make_printed(html: str, stylesheet: str) -> bytes:
    """Return a PDF of a page, made without any network. Raises DocumentRefused with what to install."""
    return make_pdf(html, stylesheet)
