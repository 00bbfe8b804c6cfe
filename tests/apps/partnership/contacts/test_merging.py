"""Two become one and two again: every column comes back, papers keep their party, and a machine only proposes."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.partnership.models import ContactPerson, DuplicateProposal, Merge, TwoAfterAll
from alongside.apps.partnership.operations.contacts.duplicates import (
    keep_apart,
    look_for_duplicates,
    propose_duplicates,
)
from alongside.apps.partnership.operations.contacts.merging import (
    merge_contacts,
    merge_organisations,
    undo_merge,
)
from alongside.apps.partnership.operations.relations import InteractionPlan, record_interaction
from alongside.apps.people.models import Organisation, Person
from alongside.apps.people.operations import set_identifiers
from alongside.apps.people.operations.joining import (
    join_organisation,
    part_organisation,
    remove_organisation,
)
from tests.factories.agreements import make_agreement
from tests.factories.contacts import make_contact
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

OWN = ("partnership", "merge"), ("partnership", "mergedvalue")
DETAILS = st.fixed_dictionaries(
    {
        "role_words": st.sampled_from(["", "Chair", "Trustee"]),
        "phone": st.sampled_from(["", "07700 900123", "07700 900124"]),
        "is_main": st.booleans(),
        "mandated_from": st.sampled_from([None, NOW.date()]),
        "mandated_until": st.sampled_from([None, NOW.date()]),
    }
).filter(lambda one: one["mandated_from"] is not None or one["mandated_until"] is None)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, but of the merges themselves and the trail: the slow twin of undoing."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        owner = model._meta.auto_created or model
        of_ours = (
            getattr(owner, "__module__", "").startswith("alongside.") and model._meta.app_label != "base"
        )
        if of_ours and (model._meta.app_label, model._meta.model_name) not in OWN:
            found[model._meta.label] = list(model._base_manager.order_by("pk").values())
    return found


class TestUndoing(TestCase):
    @given(st.lists(DETAILS, min_size=2, max_size=4), st.booleans())
    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    def test_undoing_a_merge_of_contacts_puts_every_column_back(
        self, people: list[dict[str, Any]], kept_first: bool
    ) -> None:
        group = make_organisation()
        made = [make_contact(group.id, f"Person {n}", **one) for n, one in enumerate(people)]
        kept, merged = (made[0], made[1]) if kept_first else (made[1], made[0])
        ContactPerson.objects.filter(id=made[-1].id).exclude(id__in=(kept.id, merged.id)).update(
            merged_into=merged
        )
        before = snapshot()
        merge = merge_contacts(kept_id=kept.id, merged_id=merged.id, reason="", by=SYSTEM, at=NOW)
        assert ContactPerson.objects.filter(merged_into=kept, id=merged.id).exists()
        assert snapshot() != before
        _back, left = undo_merge(merge_id=merge, by=SYSTEM, at=NOW)
        assert left == 0
        assert snapshot() == before

    @given(st.booleans(), st.booleans(), st.booleans())
    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    def test_undoing_a_merge_of_organisations_puts_every_column_back(
        self, same_number: bool, both_met: bool, both_main: bool
    ) -> None:
        kept, merged = make_organisation(), make_organisation()
        make_partner_user(merged.id)
        make_contact(kept.id, "A", is_main=both_main)
        make_contact(merged.id, "B", is_main=True)
        set_identifiers(organisation_id=kept.id, identifiers=[("GB-CHC", "1")], by=SYSTEM, at=NOW)
        number = "1" if same_number else "2"
        set_identifiers(organisation_id=merged.id, identifiers=[("GB-CHC", number)], by=SYSTEM, at=NOW)
        for one in (kept, merged) if both_met else (merged,):
            plan = InteractionPlan(kind="call", happened_on=NOW.date(), title="First call")
            record_interaction(organisation_id=one.id, plan=plan, by=SYSTEM, at=NOW)
        before = snapshot()
        merge = merge_organisations(
            kept_id=kept.id, merged_id=merged.id, reason="One group.", by=SYSTEM, at=NOW
        )
        assert Organisation.objects.get(id=merged.id).merged_into_id == kept.id
        assert ContactPerson.objects.filter(organisation=kept).count() == 2
        assert Person.objects.filter(organisation=merged).count() == 0
        # The like of what is there already stays where it was: one number, one relationship.
        assert Merge.objects.get(id=merge).left_behind == int(same_number) + int(both_met)
        _back, left = undo_merge(merge_id=merge, by=SYSTEM, at=NOW)
        assert left == 0
        assert snapshot() == before


@pytest.mark.django_db
def test_what_was_changed_since_stays_as_it_is() -> None:
    group = make_organisation()
    more = {"role_words": "Chair", "mandated_from": NOW.date(), "mandated_until": NOW.date()}
    kept = make_contact(group.id, "Meg")
    merged = make_contact(group.id, "Meg R", phone="07700 900123", **more)
    merge = merge_contacts(kept_id=kept.id, merged_id=merged.id, reason="", by=SYSTEM, at=NOW)
    ContactPerson.objects.filter(id=kept.id).update(role_words="Director", mandated_until=None)
    back, left = undo_merge(merge_id=merge, by=SYSTEM, at=NOW)
    kept.refresh_from_db()
    assert (kept.role_words, kept.phone, kept.mandated_from) == ("Director", "", NOW.date())
    assert (back, left) == (2, 3)
    with pytest.raises(Refused, match="undone already"):
        undo_merge(merge_id=merge, by=SYSTEM, at=NOW)
    with pytest.raises(Refused):
        undo_merge(merge_id=uuid4(), by=SYSTEM, at=NOW)


@pytest.mark.django_db
def test_a_merge_is_undone_after_those_that_came_later() -> None:
    group = make_organisation()
    one, two, three = (make_contact(group.id, f"Person {n}") for n in range(3))
    first = merge_contacts(kept_id=two.id, merged_id=one.id, reason="", by=SYSTEM, at=NOW)
    second = merge_contacts(kept_id=three.id, merged_id=two.id, reason="", by=SYSTEM, at=NOW)
    assert ContactPerson.objects.get(id=one.id).merged_into_id == three.id
    with pytest.raises(Refused, match="Undo that first"):
        undo_merge(merge_id=first, by=SYSTEM, at=NOW)
    undo_merge(merge_id=second, by=SYSTEM, at=NOW)
    undo_merge(merge_id=first, by=SYSTEM, at=NOW)
    assert ContactPerson.objects.filter(merged_into=None).count() == 3


@pytest.mark.django_db
def test_an_organisation_with_papers_is_kept() -> None:
    kept, merged = make_organisation(), make_organisation()
    make_agreement(organisation_id=merged.id)
    with pytest.raises(Refused, match="1 agreement stand"):
        merge_organisations(kept_id=kept.id, merged_id=merged.id, reason="", by=SYSTEM, at=NOW)
    merge_organisations(kept_id=merged.id, merged_id=kept.id, reason="", by=SYSTEM, at=NOW)


@pytest.mark.django_db
def test_who_and_what_may_not_be_merged() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation()
    own = Organisation.objects.create(name="Us", kind="own", created_at=NOW)
    meg, far = make_contact(group.id), make_contact(other.id)
    for kept, merged in ((meg.id, far.id), (meg.id, meg.id), (meg.id, uuid4())):
        with pytest.raises(Refused):
            merge_contacts(kept_id=kept, merged_id=merged, reason="", by=lead, at=NOW)
    for kept_id, merged_id in ((group.id, own.id), (group.id, group.id)):
        with pytest.raises(Refused):
            merge_organisations(kept_id=kept_id, merged_id=merged_id, reason="", by=lead, at=NOW)
    with pytest.raises(Refused):
        merge_organisations(
            kept_id=group.id, merged_id=other.id, reason="", by=make_viewer("finance"), at=NOW
        )
    for into in (own.id, group.id):
        with pytest.raises(Refused):
            join_organisation(organisation_id=group.id, into_id=into, by=lead, at=NOW)
    for gone in (group.id, uuid4()):
        with pytest.raises(Refused):
            part_organisation(organisation_id=gone, by=lead, at=NOW)
    with pytest.raises(Refused, match="already belongs"):
        remove_organisation(organisation_id=group.id, by=lead, at=NOW)
    remove_organisation(organisation_id=uuid4(), by=lead, at=NOW)


def pairs() -> set[tuple[str, str, frozenset[UUID]]]:
    return {
        (one.kind, one.why, frozenset((one.first_id, one.second_id)))
        for one in DuplicateProposal.objects.all()
    }


@pytest.mark.django_db
def test_a_machine_proposes_and_what_a_person_decided_is_not_proposed_again() -> None:
    door, dor, skin = (
        make_organisation("Side Door"),
        make_organisation("Side Dor"),
        make_organisation("Plain Skin"),
    )
    far = make_organisation("Quite Another")
    for one in (skin, far):
        numbers = [("GB-CHC", "1234567"), ("GB-CHC", "1-234567")]
        set_identifiers(organisation_id=one.id, identifiers=numbers, by=SYSTEM, at=NOW)
    meg, same, initial = (
        make_contact(door.id, name) for name in ("Meg Rowntree", "Megan Else", "M Rowntree")
    )
    ContactPerson.objects.filter(id__in=(meg.id, same.id)).update(email="meg@example.org")
    assert propose_duplicates(at=NOW) == 4
    wanted = {
        ("organisation", "name", frozenset((door.id, dor.id))),
        ("organisation", "identifier", frozenset((skin.id, far.id))),
        ("contact", "email", frozenset((meg.id, same.id))),
        ("contact", "name", frozenset((meg.id, initial.id))),
    }
    assert pairs() == wanted
    ids = set(DuplicateProposal.objects.values_list("id", flat=True))
    assert propose_duplicates(at=NOW) == 4
    assert set(DuplicateProposal.objects.values_list("id", flat=True)) == ids
    chosen = DuplicateProposal.objects.get(kind="organisation", why="name")
    keep_apart(proposal_id=chosen.id, by=SYSTEM, at=NOW)
    with pytest.raises(Refused):
        keep_apart(proposal_id=chosen.id, by=SYSTEM, at=NOW)
    assert TwoAfterAll.objects.count() == 1
    merge_contacts(kept_id=meg.id, merged_id=same.id, reason="", by=SYSTEM, at=NOW)
    assert propose_duplicates(at=NOW) == 2
    Organisation.objects.filter(id=skin.id).update(name="Somewhere")
    ContactPerson.objects.filter(id=initial.id).update(email="meg@example.org")
    assert propose_duplicates(at=NOW) == 2
    assert ("contact", "email", frozenset((meg.id, initial.id))) in pairs()
    assert look_for_duplicates(by=make_viewer("engagement_lead"), at=NOW)
    with pytest.raises(Refused):
        look_for_duplicates(by=make_viewer("finance"), at=NOW)
