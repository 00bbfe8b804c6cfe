"""The demonstration's agreements walk through every step by themselves."""

import pytest

from alongside.apps.agreements.models import Agreement
from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import STATES, make_paper
from tests.factories.papers import make_plan
from tests.factories.people import NOW, make_viewer


@pytest.mark.parametrize("kind", Agreement.Kind.values)
def test_a_paper_of_each_kind_is_made_in_each_state(
    lead: Viewer, certifier: Viewer, group: Organisation, kind: str
) -> None:
    cast = Cast({"ruth": lead, "lionel": certifier}, {"side_door": group.id})
    for state in STATES:
        made = make_paper(cast, "side_door", make_plan(kind=kind, fields={}), NOW, until=state)

        assert Agreement.objects.get(id=made).state == state


def test_a_person_for_themselves_signs_an_agreement_of_their_own(lead: Viewer, certifier: Viewer) -> None:
    sheila = make_viewer("patient_partner", name="Sheila Park")
    cast = Cast({"ruth": lead, "lionel": certifier, "sheila": sheila})
    plan = make_plan(kind="service", capacity="themselves", fields={})

    made = Agreement.objects.get(id=make_paper(cast, "sheila", plan, NOW, until="active"))
    assert (made.person_id, made.organisation_id, made.state) == (sheila.person_id, None, "active")
