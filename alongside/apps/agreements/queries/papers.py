"""What an agreement says: its version, its facts for the rules, and what the rules find."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from alongside.apps.agreements.bridge import get_template, judge_paper_fields, read_known_book
from alongside.apps.agreements.models import Agreement, AgreementVersion
from alongside.apps.agreements.queries.rule_sets import (
    Edition,
    RuleFinding,
    as_rule_finding,
    judge_all,
    list_editions_in_force,
)
from alongside.apps.agreements.rules.papers import PaperToSign
from alongside.apps.people.queries.parties import get_own_organisation_name
from alongside.science.values.rules import Facts, FactValue, PaperField

YES = "yes"


def get_version(agreement: Agreement) -> AgreementVersion:
    """Return the version an agreement stands at."""
    return agreement.versions.select_related("rule_set").get(number=agreement.version_number)


def choose_edition(on: date) -> Edition:
    """Return the edition whose fields a new version has: the first in force that has any."""
    editions = list_editions_in_force(on)
    return next((one for one in editions if one.book.fields), editions[0])


def list_paper_fields(kind: str, capacity: str, on: date) -> list[PaperField]:
    """Return the fields of a paper of this kind under the rules in force on a day."""
    return choose_edition(on).book.list_fields(kind, capacity)


def list_paper_groups(on: date) -> list[tuple[str, str]]:
    """Return the groups that fields are asked in, in order, with their headings."""
    return list(choose_edition(on).book.groups)


def make_paper_to_sign(
    agreement: Agreement,
    fields: Sequence[PaperField],
    answers: Mapping[str, str],
    closes_more: Sequence[str] = (),
) -> PaperToSign:
    """Return everything that stands in an agreement's document."""
    template = get_template(agreement.kind)
    return PaperToSign(
        name=template.name,
        reference=agreement.reference,
        version_number=agreement.version_number,
        title=agreement.title,
        opens=template.opens,
        closes=(*template.closes, *closes_more),
        parties=_list_parties(agreement),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        amount_pence=agreement.amount_pence,
        currency=agreement.currency,
        in_kind_description=agreement.in_kind_description,
        in_kind_value_pence=agreement.in_kind_value_pence,
        fields=[(one, show_answer(one, answers.get(one.key, ""))) for one in fields],
    )


def _list_parties(agreement: Agreement) -> tuple[str, ...]:
    organisation = agreement.organisation.name if agreement.organisation else ""
    person = agreement.person.name if agreement.person else ""
    theirs = {
        Agreement.Capacity.ORGANISATION: f"{organisation} (the partner)",
        Agreement.Capacity.REPRESENTING: f"{organisation} (the partner), for which {person} speaks with its mandate",
        Agreement.Capacity.THEMSELVES: f"{person}, speaking for themselves",
    }
    return f"{get_own_organisation_name()} (we)", theirs[Agreement.Capacity(agreement.capacity)]


def show_answer(field: PaperField, answer: str) -> str:
    """Return an answer as the paper prints it."""
    if field.answer == "yes_no":
        return f"{field.label}." if answer == YES else ""
    if field.answer == "choice":
        return dict(field.choices).get(answer, "")
    if field.answer == "date" and answer:
        return f"{date.fromisoformat(answer):%-d %B %Y}"
    return answer


def get_facts(
    agreement: Agreement, version: AgreementVersion, fields: Sequence[PaperField], on: date
) -> Facts:
    """Return what the rules may know of an agreement. While it is not signed, it would be signed on `on`."""
    answers = version.fields
    derived = "person" if agreement.capacity == Agreement.Capacity.THEMSELVES else "organisation"
    certified = agreement.certified_at.date() if agreement.certified_at else on
    written: list[tuple[str, FactValue]] = [
        (one.key, _as_fact(one, answers.get(one.key, ""))) for one in fields
    ]
    all_words = [agreement.title, agreement.in_kind_description, *(str(words) for words in answers.values())]
    return Facts(tuple(written)).with_more(
        [
            ("kind", agreement.kind),
            ("capacity", agreement.capacity),
            ("payee", answers.get("paid_to") or derived),
            ("title", agreement.title),
            ("starts_on", agreement.starts_on),
            ("ends_on", agreement.ends_on),
            ("signed_on", agreement.signed_on or on),
            ("certified_on", certified),
            ("amount_pence", agreement.amount_pence),
            ("in_kind_description", agreement.in_kind_description),
            ("in_kind_value_pence", agreement.in_kind_value_pence),
            ("organisation_kind", agreement.organisation.kind if agreement.organisation else ""),
            ("the_paper", "\n".join(all_words)),
        ]
    )


def _as_fact(field: PaperField, answer: str) -> FactValue:
    if field.answer == "yes_no":
        return answer == YES
    if field.answer == "date":
        return date.fromisoformat(answer) if answer else None
    return answer


def read_fields(agreement: Agreement, version: AgreementVersion) -> list[PaperField]:
    """Return the fields a version was written with, in the order of its edition."""
    return read_known_book(version.rule_set.text).list_fields(agreement.kind, agreement.capacity)


def judge_agreement(agreement: Agreement, version: AgreementVersion, at: datetime) -> list[RuleFinding]:
    """Return what the rules say of an agreement, also where they are kept.

    What the paper must say comes from the edition its version was written under; the rules are those in force on the
    day.
    """
    stored = version.rule_set
    own = Edition(stored.id, stored.name, stored.edition, read_known_book(stored.text), stored.text)
    fields = read_fields(agreement, version)
    facts = get_facts(agreement, version, fields, at.date())
    missing = [as_rule_finding(one, own) for one in judge_paper_fields(fields, facts)]
    return [*missing, *judge_all("agreement", facts, list_editions_in_force(at.date()))]


def is_missing_field(finding: RuleFinding) -> bool:
    """Return whether a finding only says that a field of the paper is empty."""
    return finding.rule.startswith("field-")


def list_writer_ids(agreement: Agreement) -> set[UUID | None]:
    """Return everybody who wrote a version of an agreement."""
    return set(agreement.versions.values_list("written_by_id", flat=True))
