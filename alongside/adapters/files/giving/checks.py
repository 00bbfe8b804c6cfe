"""The checks of one published grant, by the facts of the 360Giving Data Standard 1.4.3; its schema is not needed."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from alongside.adapters.files.giving.codes import read_codes
from alongside.adapters.files.giving.shapes import (
    Code,
    Day,
    Listed,
    Moment,
    Number,
    Report,
    Shape,
    Text,
    Thing,
    is_address,
    show,
)
from alongside.science.values.giving import CheckedGrant, GrantParty, GrantProblem, PublishedGrantValue

NEEDED = ("id", "title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization")
RECIPIENTS = ("recipientOrganization", "recipientIndividual")
MOST_PENCE = 10**15
MOST_IDENTIFIER, MOST_TEXT = 200, 100_000


@lru_cache
def make_grant_shape() -> Thing:
    """Return what a grant may hold."""
    codes = read_codes()
    currency = Code(codes["currency"], "Use the three letters of the currency, such as GBP.")
    country = Code(codes["country"], "Use the two letters of the country, such as GB.", or_none=True)
    text, text_or_none, day, moment = Text(), Text(or_none=True), Day(), Moment()
    described = {
        "title": text_or_none,
        "description": text_or_none,
        "url": text_or_none,
        "dateModified": moment,
    }
    reason = _listed(codes, "individuals_reason", "Use a code of the list of reasons, such as GTIR010.")
    purpose = _listed(codes, "individuals_purpose", "Use a code of the list of purposes, such as GTIP010.")
    location = Thing(
        {
            "id": text, "name": text_or_none, "countryCode": country, "latitude": Number(or_none=True),
            "longitude": Number(or_none=True), "description": text_or_none, "geoCode": text_or_none,
            "geoCodeType": text_or_none, "dateModified": moment,
        }
    )  # fmt: skip
    organisation = Thing(
        {
            **dict.fromkeys(
                ("id", "name", "department", "contactName", "charityNumber", "companyNumber", "streetAddress",
                 "addressLocality", "addressRegion", "addressCountry", "postalCode", "telephone", "alternateName",
                 "email", "description", "url"), text,
            ),
            "organisationType": text_or_none, "location": Listed(location), "dateModified": moment,
        },
        ("id", "name"),
    )  # fmt: skip
    when = Thing(
        {
            "title": text, "startDate": Day(or_month=True), "endDate": Day(or_month=True),
            "duration": Number(least=0), "description": text, "dateModified": moment,
        }
    )  # fmt: skip
    transaction = Thing(
        {
            "id": text, "transactionDate": day, "currency": currency, "value": Number(),
            "valueDate": Day(or_none=True), "description": text_or_none, "provider": text_or_none,
            "recipient": text_or_none, "dateModified": moment,
        }
    )  # fmt: skip
    classification = Thing({**described, "vocabulary": text, "code": text})
    fields: dict[str, Shape] = {
        "id": text, "title": text, "description": text, "currency": currency, "amountAppliedFor": Number(),
        "amountAwarded": Number(), "amountDisbursed": Number(), "awardDate": day, "url": text,
        "plannedDates": Listed(when), "actualDates": Listed(when),
        "recipientIndividual": Thing({"id": text, "name": text}, ("id", "name")),
        "toIndividualsDetails": Thing(
            {"primaryGrantReason": reason, "secondaryGrantReason": reason, "grantPurpose": Listed(purpose)}
        ),
        "recipientOrganization": Listed(organisation, 1), "fundingOrganization": Listed(organisation, 1),
        "beneficiaryLocation": Listed(location), "grantProgramme": Listed(Thing({**described, "code": text})),
        "fromOpenCall": Code(("Yes", "No"), "Write Yes or No in full."),
        "fundingType": Listed(classification), "classifications": Listed(classification),
        "relatedDocument": Listed(Thing({**described, "id": text, "documentType": text_or_none})),
        "applicationTransaction": Listed(transaction), "commitmentTransaction": Listed(transaction),
        "disbursementTransaction": Listed(transaction), "relatedActivity": Listed(text),
        "dateModified": moment, "dataSource": text_or_none,
        "regrantType": _listed(codes, "regrant_type", "Use a code of the list of regrants, such as FRG010."),
        "locationScope": _listed(codes, "location_scope", "Use a code of the list of scopes, such as GLS030."),
    }  # fmt: skip
    return Thing(fields)


def _listed(codes: Mapping[str, frozenset[str]], name: str, cure: str) -> Code:
    return Code(codes[name], cure, is_enumerated=False)


def check_grant(row: int, grant: object, seen: dict[str, int]) -> CheckedGrant:
    """Return a grant with everything that is wrong with it; `seen` holds the row of each identifier met before."""
    problems: list[GrantProblem] = []
    grant_id = str(grant.get("id", "")) if isinstance(grant, dict) else ""

    def report(path: str, value: object, cure: str) -> None:
        problems.append(GrantProblem(row, show(grant_id), path, show(value), cure))

    if not isinstance(grant, dict):
        report("", grant, "Write each grant as an object, in curly brackets.")
        return CheckedGrant(row, tuple(problems), (), None)
    _check_needed(grant, report)
    make_grant_shape().check(grant, "", report)
    first = seen.setdefault(grant_id, row) if grant_id else row
    if first != row:
        report("id", grant_id, f"Grant {first:,} has this identifier too. Give each grant its own.")
    value = None
    if not problems:
        value = _make_value(row, grant, report)
    return CheckedGrant(row, tuple(problems), tuple(_list_hints(grant)), None if problems else value)


def _check_needed(grant: Mapping[str, Any], report: Report) -> None:
    """Report what is missing, as one problem, because it is one rule: all of these, and one kind of recipient."""
    missing = [name for name in NEEDED if name not in grant]
    recipients = [name for name in RECIPIENTS if name in grant]
    if not recipients:
        missing.append(" or ".join(RECIPIENTS))
    if missing:
        report(missing[0].partition(" ")[0], "", f"Add {', '.join(f'“{name}”' for name in missing)}.")
    elif len(recipients) > 1:
        report(RECIPIENTS[1], "", "A grant goes to an organisation or to a person: keep one of the two.")


def _make_value(row: int, grant: Mapping[str, Any], report: Report) -> PublishedGrantValue | None:
    day, amount = grant["awardDate"][:10], grant["amountAwarded"]
    try:
        awarded_on = date.fromisoformat(day)
    except ValueError:
        report("awardDate", day, "There is no such day. Check the date.")
        return None
    pence = round(Decimal(str(amount)) * 100)
    if abs(pence) > MOST_PENCE:
        report("amountAwarded", amount, "This is too large to be right. Check the amount.")
        return None
    if (unfit := _find_unfit(grant)) is not None:
        report(unfit, grant[unfit], "Take out characters that are no text, and keep an identifier under 200.")
        return None
    recipients, programmes = grant.get("recipientOrganization"), grant.get("grantProgramme") or [{}]
    return PublishedGrantValue(
        row=row,
        id=grant["id"],
        title=grant["title"],
        description=grant["description"],
        currency=grant["currency"],
        amount_pence=pence,
        awarded_on=awarded_on,
        funder=_party(grant["fundingOrganization"][0]),
        recipient=_party(recipients[0]) if recipients else None,
        programme=programmes[0].get("title") or "",
        url=grant.get("url") or "",
    )


def _find_unfit(grant: Mapping[str, Any]) -> str | None:
    """Return a field whose text cannot be kept: it holds NUL or half a character, or is endless for an identifier."""
    parties = [*grant["fundingOrganization"], *(grant.get("recipientOrganization") or [])]
    texts = {
        "id": [grant["id"], *(one["id"] for one in parties)],
        "title": [grant["title"]],
        "description": [grant["description"], *(one["name"] for one in parties)],
    }
    for name, found in texts.items():
        most = MOST_IDENTIFIER if name == "id" else MOST_TEXT
        if any(
            "\x00" in one or len(one) > most or one != one.encode("utf-8", "ignore").decode() for one in found
        ):
            return name
    return None


def _party(organisation: Mapping[str, Any]) -> GrantParty:
    return GrantParty(organisation["id"].strip(), organisation["name"].strip())


def _list_hints(grant: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the standard lets stand and a reader should know: addresses without their beginning."""
    wanted = [("url", grant.get("url")), ("dataSource", grant.get("dataSource"))]
    for name in ("recipientOrganization", "fundingOrganization"):
        listed = grant.get(name)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                wanted.append((f"{name}/url", one.get("url")))
    for path, value in wanted:
        if isinstance(value, str) and value and not is_address(value):
            yield f"{path}: “{show(value)}” has no https:// before it."
