"""One row of a table becomes its answers, or says which cell cannot be read."""

from collections.abc import Iterator, Mapping
from datetime import date

from alongside.apps.base.rules.cells import RowProblem, read_date, read_email, read_short
from alongside.apps.engagement.operations.landing import Answer
from alongside.apps.engagement.rules import ColumnChoice, is_blank_answer, make_file_key, make_id_key
from alongside.science.values.sources import TableRow

# The longest text each meaning has a place for.
LONGEST: Mapping[str, int] = {
    "id": 200, "person": 200, "question": 300, "service": 200, "language": 10, "contact_name": 120, "age_band": 40,
    "sex": 40, "gender": 60, "ethnicity": 80, "disability": 60, "deprivation_quintile": 10, "region": 80,
    "capacity": 40,
}  # fmt: skip


def parse_row(
    row: TableRow, choice: ColumnChoice, places: Mapping[str, int], file_sha256: str
) -> Iterator[Answer]:
    """Yield one answer for each text column of a row. Raise RowProblem before the first where a cell is wrong."""
    short = _read_shorts(row, choice, places)
    said_on, email = None, ""
    if choice.said_on:
        said_on = read_date(choice.said_on, row.cells[places[choice.said_on]], choice.date_order)
    if choice.contact_email:
        email = read_email(choice.contact_email, row.cells[places[choice.contact_email]])
    texts = [(column, row.cells[places[column]]) for column in choice.texts]
    for column, text in texts:
        if "\x00" in text:
            raise RowProblem(
                column, text.replace("\x00", "␀")[:200], "Take the NUL character out of this cell."
            )
    if choice.id and not short["id"]:
        raise RowProblem(choice.id, "", "Give this row an id, or choose no id column for the whole file.")
    return _make_answers(row, choice, file_sha256, texts, short, said_on, email)


def _read_shorts(row: TableRow, choice: ColumnChoice, places: Mapping[str, int]) -> dict[str, str]:
    return {
        meaning: read_short(column, row.cells[places[column]], LONGEST[meaning])
        for meaning, column in choice.singles.items()
        if meaning in LONGEST
    }


def _make_answers(
    row: TableRow,
    choice: ColumnChoice,
    file_sha256: str,
    texts: list[tuple[str, str]],
    short: Mapping[str, str],
    said_on: date | None,
    email: str,
) -> Iterator[Answer]:
    external_id = short.get("id", "")
    for position, (column, text) in enumerate(texts):
        # The first column's key is bare, so that a file that gains a second column later still matches.
        mark = column if position else ""
        yield Answer(
            text=text,
            import_key=make_id_key(external_id, mark)
            if external_id
            else make_file_key(file_sha256, row.row, mark),
            external_id=external_id,
            question=short.get("question") or (column[:300] if len(texts) > 1 else ""),
            service=short.get("service", ""),
            language=short.get("language", ""),
            said_on=said_on,
            is_blank=is_blank_answer(text),
            person_key=short.get("person", ""),
            facts=tuple((name, short[name]) for name in choice.facts if short.get(name)),
            contact_name=short.get("contact_name", ""),
            known_names=(short["contact_name"],) if short.get("contact_name") else (),
            contact_email=email,
            place_row=row.row,
            place_column=column[:200],
            whole_row=row.cells,
        )
