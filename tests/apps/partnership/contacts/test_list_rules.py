"""Columns are guessed and checked, cells are read or say what would do, rows are judged beside what is here."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_columns import (
    ListColumns,
    check_list_columns,
    guess_list_columns,
)
from alongside.apps.partnership.rules.list_judging import (
    ContactJudge,
    HistoryJudge,
    Known,
    KnownContact,
    fold_identifier,
)
from alongside.apps.partnership.rules.list_rows import (
    SaidContact,
    SaidEvent,
    Words,
    read_contact_row,
    read_history_row,
)
from alongside.apps.partnership.rules.lists import (
    MOST_BYTES,
    MOST_ROWS,
    check_list_move,
    check_list_upload,
    check_rows,
    split_identifier,
)

WORDS = Words(
    organisation_kinds=(("patient_group", "patient group"), ("nhs_body", "NHS body")),
    ways=(("email", "e-mail"), ("phone", "telephone")),
    event_kinds=(("meeting", "meeting"), ("call", "call"), ("other", "something else")),
)
HEADER = (
    "Organisation", "Type", "Charity number", "Website", "Contact", "Role", "Email", "Phone", "Prefers", "Language",
    "Mandated from", "Mandated until", "Main contact",
)  # fmt: skip
GOOD = (
    "Side Door", "Patient group", "GB-CHC-1", "sidedoor.example", "Meg Rowntree", "Chair", "meg@example.org",
    "07700 900123", "e-mail", "Welsh", "6 Jan 2025", "31/12/2026", "yes",
)  # fmt: skip
TODAY = date(2026, 11, 22)
A, B = UUID(int=1), UUID(int=2)
MEG, TOM, OLD = UUID(int=11), UUID(int=12), UUID(int=13)


def read(order: str = "dmy", **cells: str) -> SaidContact:
    """Read a good row with some cells changed, named by their column."""
    choice = ListColumns(guess_list_columns("contacts", HEADER).chosen, order)
    given_cells = [
        cells.get(fold_name(name).replace(" ", "_"), cell) for name, cell in zip(HEADER, GOOD, strict=True)
    ]
    return read_contact_row(given_cells, {name: n for n, name in enumerate(HEADER)}, choice, WORDS)


def read_event(order: str = "dmy", **cells: str) -> SaidEvent:
    header = ("Group", "Date", "Type", "Subject", "Notes", "Contact")
    good = {
        "Group": "Side Door",
        "Date": "3/2/2025",
        "Type": "Call",
        "Subject": "First call",
        "Notes": "",
        "Contact": "",
    }
    choice = ListColumns(guess_list_columns("history", header).chosen, order)
    row = [cells.get(name.lower(), cell) for name, cell in good.items()]
    return read_history_row(row, {name: n for n, name in enumerate(header)}, choice, WORDS, TODAY)


def test_columns_are_guessed_by_name_and_each_taken_once() -> None:
    found = guess_list_columns("contacts", HEADER).by_meaning
    assert found["organisation"] == "Organisation"
    assert found["name"] == "Contact"
    assert found["is_main"] == "Main contact"
    assert len(set(found.values())) == len(found)
    assert guess_list_columns("history", ("Group", "When", "Topic")).by_meaning == {
        "organisation": "Group", "on": "When", "title": "Topic",
    }  # fmt: skip


def test_a_choice_is_stored_and_found_again() -> None:
    choice = ListColumns((("organisation", "Group"), ("name", "")), "mdy")
    assert ListColumns.from_json(choice.as_json()) == choice
    assert ListColumns.from_json({}) == ListColumns(())


@pytest.mark.parametrize(
    ("kind", "chosen", "order", "field"),
    [
        ("contacts", {"name": "Who"}, "dmy", "organisation"),
        ("contacts", {"organisation": "Group", "email": "Mail"}, "dmy", "name"),
        ("contacts", {"organisation": "Nowhere"}, "dmy", "organisation"),
        ("contacts", {"organisation": "Group", "name": "Group"}, "dmy", "name"),
        ("contacts", {"organisation": "Group"}, "ydm", "date_order"),
        ("history", {"organisation": "Group", "title": "Who"}, "dmy", "on"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(
    kind: str, chosen: dict[str, str], order: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check_list_columns(kind, ListColumns(tuple(chosen.items()), order), ("Group", "Who", "Mail"))
    assert refusal.value.field == field


def test_a_choice_that_makes_sense_is_taken() -> None:
    check_list_columns("contacts", ListColumns((("organisation", "Group"),)), ("Group", "Who"))
    whole = ListColumns((("organisation", "Group"), ("name", "Who"), ("email", "Mail")))
    check_list_columns("contacts", whole, ("Group", "Who", "Mail"))
    told = ListColumns((("organisation", "Group"), ("on", "Who"), ("title", "Mail")))
    check_list_columns("history", told, ("Group", "Who", "Mail"))


def test_a_good_row_is_read_whole() -> None:
    said = read()
    assert said == SaidContact(
        "Side Door", "patient_group", "GB-CHC-1", "sidedoor.example", name="Meg Rowntree", role_words="Chair",
        email="meg@example.org", phone="07700 900123", preferred_way="email", language="cy",
        mandated_from="2025-01-06", mandated_until="2026-12-31", is_main="yes",
    )  # fmt: skip
    assert SaidContact.from_json(said.as_json()) == said


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"organisation": ""}, "Organisation"),
        ({"organisation": "12345"}, "Organisation"),
        ({"contact": "meg@example.org", "email": "07700 900123"}, "Contact"),
        ({"email": "Chair"}, "Email"),
        ({"phone": "meg@example.org"}, "Phone"),
        ({"type": "a club"}, "Type"),
        ({"prefers": "pigeon"}, "Prefers"),
        ({"language": "the one with the vowels"}, "Language"),
        ({"language": "Klingonese!"}, "Language"),
        ({"website": "ask Meg"}, "Website"),
        ({"mandated_from": "31/31/2025"}, "Mandated from"),
        ({"main_contact": "perhaps"}, "Main contact"),
        ({"contact": ""}, "Contact"),
        ({"role": "x" * 121}, "Role"),
    ],
)
def test_a_wrong_cell_names_its_column(cells: dict[str, str], column: str) -> None:
    with pytest.raises(RowProblem) as problem:
        read(**cells)
    assert problem.value.column == column
    assert problem.value.cure


def test_a_row_may_be_about_the_organisation_alone() -> None:
    said = read(
        contact="", role="", email="", phone="", prefers="", language="en", mandated_from="", mandated_until="",
        main_contact="no",
    )  # fmt: skip
    assert (said.name, said.language, said.is_main) == ("", "en", "no")


@given(st.dates(date(2000, 1, 1), date(2026, 11, 22)), st.sampled_from(["dmy", "mdy", "ymd"]))
@settings(max_examples=30)
def test_a_day_is_the_same_in_each_order(day: date, order: str) -> None:
    written = {"dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}", "ymd": f"{day:%Y-%m-%d}"}[order]
    assert read_event(order=order, date=written).on == day.isoformat()


def test_an_event_is_read_and_one_that_is_yet_to_come_is_wrong() -> None:
    said = read_event(contact="Meg Rowntree", notes="We spoke.")
    assert said == SaidEvent("Side Door", "2025-02-03", "First call", "call", "We spoke.", "Meg Rowntree")
    assert SaidEvent.from_json(said.as_json()) == said
    assert read_event(type="").kind == "other"
    for cells in ({"date": "3/2/2027"}, {"date": ""}, {"subject": ""}, {"group": ""}):
        with pytest.raises(RowProblem):
            read_event(**cells)


def known(**more: Any) -> Known:
    contacts = [
        KnownContact(MEG, A, SaidContact("", name="Meg Rowntree", email="meg@example.org", role_words="Chair",
                                         mandated_from="2025-01-06", is_main="no")),
        KnownContact(TOM, A, SaidContact("", name="Tom Hale", email="tom@example.org", is_main="no")),
        KnownContact(OLD, A, SaidContact("", name="Una Old", is_main="no"), has_ended=True),
    ]  # fmt: skip
    return Known(
        organisations={fold_name("Side Door"): A, fold_name("Plain Skin"): B},
        identifiers={fold_identifier("GB-CHC-1"): A},
        names={A: "Side Door", B: "Plain Skin"},
        contacts=contacts,
        **more,
    )


def judge(*rows: SaidContact, **more: Any) -> list[str]:
    """Return the verdict of each row, or what is wrong with it."""
    judging, found = ContactJudge(known(**more), {}), []
    for number, said in enumerate(rows, start=2):
        try:
            found.append(judging.judge(number, said).verdict)
        except RowProblem as problem:
            found.append(f"wrong: {problem.cure}")
    return found


def test_rows_are_new_changed_or_the_same() -> None:
    assert judge(
        SaidContact("Side Door", name="Meg Rowntree", email="MEG@example.org".lower()),
        SaidContact("The side door Ltd", name="Meg Rowntree-Hale", email="meg@example.org"),
        SaidContact("Plain Skin", name="Ann New"),
        SaidContact("Somewhere New"),
        SaidContact("Somewhere new", name="Bea New"),
        SaidContact("Side Door", identifier="gb chc 1"),
    ) == [
        "same",
        "wrong: Row 2 names the same person with other words. Keep one of the two.",
        "new",
        "new",
        "new",
        "same",
    ]
    judged = ContactJudge(known(), {}).judge(
        2, SaidContact("Side Door", name="Meg Rowntree", role_words="Director")
    )
    assert (judged.verdict, judged.target_id, judged.changes) == ("changed", MEG, ("role_words",))


def test_a_row_twice_is_the_same_and_a_contradiction_is_wrong() -> None:
    ann = SaidContact("Plain Skin", name="Ann New", email="ann@example.org")
    found = judge(ann, ann, SaidContact("Plain Skin", name="Ann New", role_words="Chair"),
                  SaidContact("Side Door", name="Ann Else", email="ann@example.org"))  # fmt: skip
    assert found[:2] == ["new", "same"]
    assert all(one.startswith("wrong: Row 2 names the same person") for one in found[2:])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            SaidContact("Plain Skin", name="Meg R", email="meg@example.org"),
            "already that of a contact at Side Door",
        ),
        (
            SaidContact("Side Door", name="Tom Hale", email="meg@example.org"),
            "The address belongs to Meg Rowntree",
        ),
        (SaidContact("Side Door", name="Una Old"), "has ended"),
        (SaidContact("Plain Skin", identifier="GB-CHC-1"), "The number belongs to Side Door"),
        (SaidContact("Plain Skin", name="Ann", mandated_until="2026-01-01"), "must begin before that"),
        (
            SaidContact("Side Door", name="Meg Rowntree", mandated_until="2024-01-01"),
            "must begin before that",
        ),
    ],
)
def test_a_row_against_what_is_here_is_wrong(said: SaidContact, words: str) -> None:
    (found,) = judge(said)
    assert words in found


def test_one_organisation_has_one_main_contact_in_a_list() -> None:
    first, second = judge(
        SaidContact("Plain Skin", name="Ann", is_main="yes"),
        SaidContact("Plain Skin", name="Bea", is_main="yes"),
    )
    assert first == "new"
    assert "Row 2 names another main contact" in second


def test_what_was_decided_about_an_unknown_organisation_is_done() -> None:
    row = SaidContact("Side Dor", name="Meg Rowntree")
    assert judge(row, decisions={"side dor": "leave"})[0].startswith("wrong: This organisation is not here")
    assert judge(row, decisions={"side dor": str(A)}) == ["same"]
    assert judge(row, decisions={"side dor": "add"}) == ["new"]


def test_history_is_new_the_same_or_contradicts() -> None:
    here = {(A, "2025-02-03", "call", "first call"): "We spoke."}
    judging = HistoryJudge(known(events=here), {})
    told = SaidEvent("Side Door", "2025-02-03", "First call", "call", "We spoke.", "meg@example.org")
    assert judging.judge(2, told).verdict == "same"
    assert (
        judging.judge(3, SaidEvent("Side Door", "2025-02-04", "Visit", "call", "", "Tom Hale")).target_id
        == TOM
    )
    assert (
        judging.judge(4, SaidEvent("Side Door", "2025-02-04", "Visit", "call", "", "Tom Hale")).verdict
        == "same"
    )
    assert (
        judging.judge(5, SaidEvent("New Here", "2025-02-04", "Visit", "call", "", "Tom Hale")).target_id
        is None
    )
    assert (
        judging.judge(
            6, SaidEvent("Plain Skin", "2025-02-04", "Visit", "call", "", "tom@example.org")
        ).target_id
        is None
    )
    for said in (
        SaidEvent("Side Door", "2025-02-03", "First call", "call", "Other words."),
        SaidEvent("Side Door", "2025-02-04", "Visit", "call", "Other words."),
    ):
        with pytest.raises(RowProblem):
            judging.judge(7, said)


def test_a_number_is_split_into_list_and_number() -> None:
    assert split_identifier("n", "gb-chc-1234567") == ("GB-CHC", "1234567")
    assert split_identifier("n", "SC 012345") == ("GB-SC", "SC012345")
    assert split_identifier("n", "1234567") == ("GB-CHC", "1234567")
    assert split_identifier("n", "NI100001") == ("GB-NIC", "NI100001")
    with pytest.raises(RowProblem):
        split_identifier("n", "ask Meg")


@pytest.mark.parametrize(
    ("name", "size", "unread"),
    [("a.pdf", 3, 0), ("a.csv", 0, 0), ("a.csv", MOST_BYTES + 1, 0), ("a.csv", 3, 20)],
)
def test_a_file_that_cannot_be_a_list_is_refused(name: str, size: int, unread: int) -> None:
    with pytest.raises(Refused):
        check_list_upload(name, size, unread)
    check_list_upload("a.XLSX", 3, 0)


def test_a_list_has_rows_and_not_too_many() -> None:
    for number in (0, MOST_ROWS + 1):
        with pytest.raises(Refused):
            check_rows(number)
    check_rows(1)


def test_a_list_moves_only_forwards() -> None:
    check_list_move("ready", "confirmed")
    with pytest.raises(Refused, match="already been brought in"):
        check_list_move("confirmed", "confirmed")
