"""A read list is brought in, all of it or nothing, and every row it made or changed is remembered."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.bridge.tables import stored_path
from alongside.apps.base.operations import JobWork, record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.partnership.models import (
    ContactImport,
    ContactImportEffect,
    ContactImportRow,
    ContactPerson,
    Interaction,
    Relationship,
)
from alongside.apps.partnership.operations.contacts.lists import clear_rows, lock_list
from alongside.apps.partnership.operations.relations import InteractionPlan, record_interaction
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_judging import CONTACT_FIELDS
from alongside.apps.partnership.rules.list_rows import SaidContact, SaidEvent
from alongside.apps.partnership.rules.lists import MOST_AT_ONCE, split_identifier
from alongside.apps.people.operations import (
    OrganisationDetails,
    add_organisation,
    change_organisation,
    set_identifiers,
)

State, Verdict = ContactImport.State, ContactImportRow.Verdict
ORGANISATION = ContactPerson._meta.get_field("organisation").related_model._meta.label_lower
CONTACT, EVENT = ContactPerson._meta.label_lower, Interaction._meta.label_lower
RELATIONSHIP = Relationship._meta.label_lower
ROWS_A_STEP = 200


@transaction.atomic
def confirm_list(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Bring a read list in: a short one at once, a long one in the background, each in one transaction."""
    found = lock_list(by, import_id, State.CONFIRMED)
    number = found.rows_new + found.rows_changed
    check(number > 0, _("There is nothing new in this file, so there is nothing to bring in. Leave it out."))
    if number <= MOST_AT_ONCE:
        _bring_in(found, by, at)
        return
    found.state = State.BRINGING
    found.job_id = start_job(
        kind="partnership.bring_list",
        arguments={"import_id": str(found.id)},
        by=by,
        at=at,
        back_url=f"/partners/contacts/import/{found.id}/",
    ).id
    found.save(update_fields=["state", "job_id"])
    record_audit(by=by, at=at, operation="start_bringing_list", on=found)


def bring_list(*, work: JobWork, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Bring a long list in; where it cannot come in, it waits again as it did."""
    found = ContactImport.objects.get(id=import_id)
    number = found.rows_new + found.rows_changed
    work.progress(0, 0, _("Bringing in %(n)s rows") % {"n": f"{number:,}"})
    try:
        with work.finish() as result:
            found = lock_list(by, import_id, State.CONFIRMED)
            _bring_in(found, by, at)
            result["rows"] = number
    except Refused:
        ContactImport.objects.filter(id=import_id, state=State.BRINGING).update(state=State.READY)
        raise


def _bring_in(found: ContactImport, by: Viewer, at: datetime) -> None:
    wanted = found.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).order_by("row", "id")
    bringing = _Bringing(found, by, at)
    for row in wanted.iterator(ROWS_A_STEP):
        bringing.bring(row)
    ContactImportEffect.objects.bulk_create(bringing.effects, batch_size=ROWS_A_STEP)
    clear_rows(found, but_wrong=True)
    found.state, found.confirmed_at = State.CONFIRMED, at
    found.save(update_fields=["state", "confirmed_at"])
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
    detail: dict[str, object] = {
        "new": found.rows_new, "changed": found.rows_changed, "wrong": found.rows_wrong,
    }  # fmt: skip
    record_audit(by=by, at=at, operation="confirm_list", on=found, detail=detail)


class _Bringing:
    """Brings the rows of one list in, one after the other, and remembers what it did."""

    def __init__(self, found: ContactImport, by: Viewer, at: datetime) -> None:
        self.found, self.by, self.at = found, by, at
        self.added: dict[str, UUID] = {}
        self.effects: list[ContactImportEffect] = []
        self.source = _("the file %(name)s") % {"name": found.file_name}
        self.related = set(Relationship.objects.values_list("organisation_id", flat=True))

    def bring(self, row: ContactImportRow) -> None:
        """Bring one row in."""
        if self.found.kind == ContactImport.Kind.HISTORY:
            self._bring_event(row, SaidEvent.from_json(row.said))
        else:
            self._bring_contact(row, SaidContact.from_json(row.said))

    def _bring_contact(self, row: ContactImportRow, said: SaidContact) -> None:
        where = row.organisation_id or self._add_organisation(said)
        if not said.name:
            return
        if row.verdict == Verdict.CHANGED:
            self._change(row, said)
            return
        self._check_still_new(row, said, where)
        if said.is_main == "yes":
            self._step_back(where)
        made = ContactPerson.objects.create(
            organisation_id=where,
            name=said.name,
            role_words=said.role_words,
            email=said.email,
            phone=said.phone,
            preferred_way=said.preferred_way,
            language=said.language,
            mandated_from=_day(said.mandated_from),
            mandated_until=_day(said.mandated_until),
            is_main=said.is_main == "yes",
            source=self.source[:200],
            created_by_id=self.by.person_id,
            created_at=self.at,
            changed_at=self.at,
        )
        self._remember(CONTACT, made.id)

    def _check_still_new(self, row: ContactImportRow, said: SaidContact, where: UUID) -> None:
        if not said.email:
            return
        others = ContactPerson.objects.filter(
            organisation_id=where, email__iexact=said.email, merged_into=None
        )
        words = _("Row %(row)s would add a contact that somebody has added meanwhile. Read the file again.")
        check(not others.exists(), words % {"row": f"{row.row:,}"})

    def _change(self, row: ContactImportRow, said: SaidContact) -> None:
        one = (
            ContactPerson.objects.select_for_update().filter(pk__in=[row.target_id], merged_into=None).first()
        )
        if one is None:
            words = _("Row %(row)s would change a contact that is not here any more. Read the file again.")
            raise Refused(words % {"row": f"{row.row:,}"})
        names = [name for name in row.changes if name in CONTACT_FIELDS]
        if "is_main" in names and said.is_main == "yes":
            self._step_back(one.organisation_id)
        was = {name: _plain(getattr(one, name)) for name in names}
        for name in names:
            setattr(one, name, _as_column(name, getattr(said, name)))
        one.changed_at = self.at
        one.save(update_fields=[*names, "changed_at"])
        self._remember(CONTACT, one.id, was, {name: _plain(getattr(one, name)) for name in names})

    def _step_back(self, where: UUID) -> None:
        for main in ContactPerson.objects.filter(organisation_id=where, is_main=True, merged_into=None):
            main.is_main, main.changed_at = False, self.at
            main.save(update_fields=["is_main", "changed_at"])
            self._remember(CONTACT, main.id, {"is_main": True}, {"is_main": False})

    def _add_organisation(self, said: SaidContact | SaidEvent) -> UUID:
        key = fold_name(said.organisation)
        if key in self.added:
            return self.added[key]
        kind = said.organisation_kind if isinstance(said, SaidContact) else ""
        made = add_organisation(name=said.organisation, kind=kind or "patient_group", by=self.by, at=self.at)
        self.added[key] = made.id
        self._remember(ORGANISATION, made.id)
        if isinstance(said, SaidContact):
            self._describe(made.id, made.kind, said)
        return made.id

    def _describe(self, made_id: UUID, kind: str, said: SaidContact) -> None:
        website = said.website if "://" in said.website or not said.website else f"https://{said.website}"
        details = OrganisationDetails(
            name=said.organisation, kind=kind, conditions=said.conditions, reach=said.reach, nation=said.nation,
            website=website,
        )  # fmt: skip
        change_organisation(organisation_id=made_id, details=details, by=self.by, at=self.at)
        if said.identifier:
            numbers = [split_identifier("", said.identifier)]
            set_identifiers(organisation_id=made_id, identifiers=numbers, by=self.by, at=self.at)

    def _bring_event(self, row: ContactImportRow, said: SaidEvent) -> None:
        where = row.organisation_id or self._add_organisation(said)
        plan = InteractionPlan(
            kind=said.kind,
            happened_on=date.fromisoformat(said.on),
            title=said.title,
            their_people=said.contact,
            private_notes=said.notes,
        )
        made = record_interaction(organisation_id=where, plan=plan, by=self.by, at=self.at)
        self._remember(EVENT, made)
        if where not in self.related:
            self.related.add(where)
            self._remember(RELATIONSHIP, Relationship.objects.get(organisation_id=where).id)

    def _remember(
        self,
        model: str,
        object_id: UUID,
        was: dict[str, object] | None = None,
        became: dict[str, object] | None = None,
    ) -> None:
        self.effects.append(
            ContactImportEffect(
                of_import=self.found, model=model, object_id=object_id, is_new=was is None, was=was or {},
                became=became or {},
            )
        )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _as_column(name: str, text: str) -> object:
    if name == "is_main":
        return text == "yes"
    return _day(text) if name.startswith("mandated") else text


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
