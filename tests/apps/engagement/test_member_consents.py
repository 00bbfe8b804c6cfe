"""Members of the programme: what they agree to when they join, and how they end it themselves."""

from uuid import UUID, uuid4

import pytest

from alongside.apps.base.rules import PUBLIC, Refused, Viewer
from alongside.apps.engagement.models import Member
from alongside.apps.engagement.operations import (
    MemberConsent,
    MemberTerms,
    add_member,
    end_member_uses,
    record_member_consent,
)
from alongside.apps.engagement.queries.consents import get_member_agreement, list_own_agreements, name_lines
from alongside.apps.people.models import ConsentLine
from alongside.apps.people.queries import list_lines_of
from alongside.apps.people.rules.consents import EVERYTHING
from tests.factories.consents import LATER
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def events(*subject_ids: UUID) -> list[tuple[str, str]]:
    found = ConsentLine.objects.filter(subject_id__in=subject_ids).order_by("id")
    return list(found.values_list("event", "how"))


def agree(answer: str = "given", *uses: str) -> MemberConsent:
    return MemberConsent(answer, how="paper", given_at=NOW, uses=frozenset(uses))


def test_a_member_joins_with_consent_and_ends_it_alone(lead: Viewer) -> None:
    account = make_person("patient_partner", name="Rhys")
    rhys = Viewer(account.id, "Rhys", frozenset(), frozenset({"patient_partner"}))
    terms = MemberTerms("Rhys", NOW.date(), conditions="asthma", wants="Shorter waits")
    member = add_member(
        terms=terms,
        consent=agree("given", "contact_again", "share_partners"),
        person_id=account.id,
        by=lead,
        at=NOW,
    )
    (own,) = list_own_agreements(rhys)
    assert own.allowed == {"analyse", "contact_again", "share_partners"}
    assert own.version == 1
    end = {"member_id": member.id, "how": "account", "given_at": LATER, "by": rhys, "at": LATER}
    end_member_uses(uses=frozenset({"share_partners"}), **end)  # type: ignore[arg-type]
    assert list_own_agreements(rhys)[0].allowed == {"analyse", "contact_again"}
    with pytest.raises(Refused, match="already stopped"):
        end_member_uses(uses=frozenset({"share_partners"}), **end)  # type: ignore[arg-type]
    end_member_uses(uses=EVERYTHING, **end)  # type: ignore[arg-type]
    member.refresh_from_db()
    assert (member.left_on, member.conditions, member.wants) == (LATER.date(), "", "")
    assert events(member.id) == [("given", "paper"), ("changed", "account"), ("withdrawn", "account")]
    (line, *_rest) = name_lines(lead, list_lines_of([member.id]))
    assert line[1:] == ("Rhys", "Rhys")


def test_only_the_member_and_who_looks_after_them_end_it(lead: Viewer) -> None:
    member = add_member(terms=MemberTerms("Ann", NOW.date()), by=lead, at=NOW)
    assert get_member_agreement(lead, member.id) is None
    assert get_member_agreement(make_viewer("owner"), member.id) is None
    assert get_member_agreement(lead, uuid4()) is None
    with pytest.raises(Refused, match="already stopped"):
        end_member_uses(member_id=member.id, uses=EVERYTHING, how="phone", given_at=NOW, by=lead, at=LATER)
    record_member_consent(member_id=member.id, consent=agree(), by=lead, at=NOW)
    for by in (make_viewer("owner"), PUBLIC):
        with pytest.raises(Refused):
            end_member_uses(
                member_id=member.id, uses=EVERYTHING, how="account", given_at=NOW, by=by, at=LATER
            )
    end_member_uses(member_id=member.id, uses=EVERYTHING, how="phone", given_at=NOW, by=lead, at=LATER)
    assert Member.objects.get().left_on == LATER.date()
    assert list_own_agreements(PUBLIC) == []


def test_a_member_may_refuse_and_stays_a_member_without_uses(lead: Viewer) -> None:
    member = add_member(
        terms=MemberTerms("Ann", NOW.date()), consent=agree("refused", "contact_again"), by=lead, at=NOW
    )
    found = get_member_agreement(lead, member.id)
    assert found is not None
    assert (found.allowed, events(member.id)) == (frozenset(), [("refused", "paper")])
    with pytest.raises(Refused, match="what they said"):
        record_member_consent(member_id=member.id, consent=agree("maybe"), by=lead, at=NOW)
