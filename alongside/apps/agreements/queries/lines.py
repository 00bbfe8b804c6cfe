"""Agreements as other rooms know them: one frozen line each, scoped by viewer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.rules import Refused, Viewer


@dataclass(frozen=True)
class AgreementLine:
    """What another room needs to know of an agreement. Amounts are pence; `payee` is a name to show."""

    id: UUID
    reference: str
    title: str
    kind: str
    capacity: str
    state: str
    organisation_id: UUID | None
    person_id: UUID | None
    payee: str
    starts_on: date
    ends_on: date
    amount_pence: int | None
    currency: str
    in_kind_description: str
    in_kind_value_pence: int | None
    signed_on: date | None
    author_id: UUID

    @property
    def is_in_force(self) -> bool:
        """Return whether it was certified and signed and nobody ended it early."""
        return self.state in Agreement.IN_FORCE

    @property
    def kind_words(self) -> str:
        """Return the kind in words."""
        return str(Agreement.Kind(self.kind).label)

    @property
    def state_words(self) -> str:
        """Return the state in words."""
        return str(Agreement.State(self.state).label)


def get_agreement_line(viewer: Viewer, agreement_id: UUID) -> AgreementLine:
    """Return one agreement this viewer may see; Refused where there is none."""
    found = _lines(viewer, ids=[agreement_id])
    if not found:
        raise Refused(_("That agreement is not there, or not yours to see."), field="agreement")
    return found[0]


def list_agreement_lines_by_id(viewer: Viewer, agreement_ids: Collection[UUID]) -> list[AgreementLine]:
    """Return those of these agreements that the viewer may see."""
    return _lines(viewer, ids=agreement_ids) if agreement_ids else []


def list_agreement_lines(
    viewer: Viewer,
    *,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    kinds: Collection[str] = (),
    in_force_only: bool = False,
) -> list[AgreementLine]:
    """Return the agreements this viewer may see with one partner or person, of these kinds; the newest first."""
    return _lines(
        viewer,
        organisation_id=organisation_id,
        person_id=person_id,
        kinds=kinds,
        states=Agreement.IN_FORCE if in_force_only else (),
    )


def list_lines_for(viewer: Viewer, subject_kind: str, subject_id: UUID) -> list[AgreementLine]:
    """Return the agreements that were named for a thing that needed one, as far as the viewer may see them."""
    needs = NeededPaper.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, agreement__isnull=False
    )
    ids = list(needs.values_list("agreement_id", flat=True))
    return _lines(viewer, ids=ids) if ids else []


def _lines(
    viewer: Viewer,
    *,
    ids: Collection[UUID] = (),
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    kinds: Collection[str] = (),
    states: Collection[str] = (),
) -> list[AgreementLine]:
    found = Agreement.objects.for_viewer(viewer).select_related("organisation", "person")
    if ids:
        found = found.filter(id__in=ids)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if kinds:
        found = found.filter(kind__in=kinds)
    if states:
        found = found.filter(state__in=states)
    return [_as_line(one) for one in found]


def _as_line(one: Agreement) -> AgreementLine:
    payee = one.organisation or one.person
    return AgreementLine(
        id=one.id,
        reference=one.reference,
        title=one.title,
        kind=one.kind,
        capacity=one.capacity,
        state=one.state,
        organisation_id=one.organisation_id,
        person_id=one.person_id,
        payee=payee.name if payee else "",
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        amount_pence=one.amount_pence,
        currency=one.currency,
        in_kind_description=one.in_kind_description,
        in_kind_value_pence=one.in_kind_value_pence,
        signed_on=one.signed_on,
        author_id=one.author_id,
    )
