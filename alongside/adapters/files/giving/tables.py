"""A table of grants with the documented column titles, as the grants it stands for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from alongside.adapters.files.tables import TableReader
from alongside.science.values.sources import shorten

_SIGNS = re.compile(r"[\W_]+")
_SPREADSHEET_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?$")
_ORGANISATION = {
    "Identifier": "id", "Name": "name", "Department": "department", "Charity Number": "charityNumber",
    "Company Number": "companyNumber", "Street Address": "streetAddress", "City": "addressLocality",
    "County": "addressRegion", "Country": "addressCountry", "Postal Code": "postalCode",
    "Description": "description", "Web Address": "url", "Organisation Type": "organisationType",
}  # fmt: skip
_PLACE = {
    "Name": "name", "Country Code": "countryCode", "Latitude": "latitude", "Longitude": "longitude",
    "Geographic Code": "geoCode", "Geographic Code Type": "geoCodeType",
}  # fmt: skip
_DATES = {"Start Date": "startDate", "End Date": "endDate", "Duration (months)": "duration"}
_GROUPS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Recipient Org": ("recipientOrganization/0", _ORGANISATION),
    "Funding Org": ("fundingOrganization/0", _ORGANISATION),
    "Beneficiary Location": ("beneficiaryLocation/0", _PLACE),
    "Planned Dates": ("plannedDates/0", _DATES),
    "Actual Dates": ("actualDates/0", _DATES),
    "Grant Programme": ("grantProgramme/0", {"Code": "code", "Title": "title", "URL": "url"}),
    "Recipient Ind": ("recipientIndividual", {"Identifier": "id", "Name": "name"}),
    "To Individuals Details": (
        "toIndividualsDetails",
        {
            "Primary Grant Reason": "primaryGrantReason",
            "Secondary Grant Reason": "secondaryGrantReason",
            "Grant Purpose": "grantPurpose",
        },
    ),
}
_SINGLES = {
    "Identifier": "id", "Title": "title", "Description": "description", "Currency": "currency",
    "Amount Applied For": "amountAppliedFor", "Amount Awarded": "amountAwarded",
    "Amount Disbursed": "amountDisbursed", "Award Date": "awardDate", "URL": "url",
    "From an open call?": "fromOpenCall", "Last Modified": "dateModified", "Data Source": "dataSource",
    "Regrant Type": "regrantType", "Location Scope": "locationScope",
}  # fmt: skip
_NUMBERS = {"amountAppliedFor", "amountAwarded", "amountDisbursed", "duration", "latitude", "longitude"}
_DAYS = {"awardDate", "startDate", "endDate"}
_MOMENTS = {"dateModified"}
_LISTS = {"grantPurpose"}


def _plain(title: str) -> str:
    return _SIGNS.sub("", title).casefold()


TITLES: Mapping[str, str] = {
    **{_plain(title): path for title, path in _SINGLES.items()},
    **{
        _plain(f"{group}{title}"): f"{start}/{name}"
        for group, (start, names) in _GROUPS.items()
        for title, name in names.items()
    },
}


def find_paths(reader: TableReader) -> list[str]:
    """Return the path in a grant for each column, "" where a title is not known; that is noted, not refused."""
    paths = [TITLES.get(_plain(column), "") for column in reader.columns]
    unknown = [column for column, path in zip(reader.columns, paths, strict=True) if not path]
    if unknown:
        named = ", ".join(f"“{shorten(column)}”" for column in unknown[:10])
        reader.note(
            f"Columns that are not read, because their titles are not those of the standard: {named}."
        )
    return paths


def make_grant(cells: Sequence[str], paths: Sequence[str]) -> dict[str, Any]:
    """Return the grant a row stands for: empty cells left out, numbers and dates as the standard writes them."""
    grant: dict[str, Any] = {}
    for cell, path in zip(cells, paths, strict=True):
        if path and cell.strip():
            _put(grant, path.split("/"), _read(path.rpartition("/")[2], cell.strip()))
    return grant


def _put(grant: dict[str, Any], path: Sequence[str], value: object) -> None:
    name, rest = path[0], path[1:]
    if not rest:
        grant[name] = value
    elif rest[0] == "0":
        listed = grant.setdefault(name, [{}])
        _put(listed[0], rest[1:], value)
    else:
        _put(grant.setdefault(name, {}), rest, value)


def _read(name: str, cell: str) -> object:
    if name in _NUMBERS:
        return _read_number(cell)
    found = _SPREADSHEET_DAY.match(cell)
    if name in _DAYS and found:
        return found.group(1)
    if name in _MOMENTS and found:
        return f"{found.group(1)}T{found.group(2) or '00:00:00'}Z"
    if name in _LISTS:
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell


def _read_number(cell: str) -> object:
    """Return a number, or the text as it stands where it is none: the check then says what would do."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    if number != number or number in (float("inf"), float("-inf")):
        return cell
    return int(number) if number.is_integer() else number
