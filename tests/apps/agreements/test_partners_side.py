"""A group and a person read, comment on, agree to and sign their own agreements; nobody reads another's."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.agreements.models import Agreement, AgreementComment
from alongside.apps.agreements.queries.day import find_agreements, list_day
from alongside.apps.agreements.queries.pages import list_shared_agreements
from alongside.apps.agreements.queries.partnering import collect_shared, judge_health, list_timeline
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.views import ours_agreements
from alongside.apps.people.models import Organisation
from tests.apps.agreements.test_pages import read, sign_in
from tests.factories.agreements import make_agreement
from tests.factories.papers import STARTS, TODAY, draft, fill, make_plan, sign
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer


@pytest.fixture
def speaker(group: Organisation) -> Viewer:
    return make_partner_user(group.id)


def test_a_group_comments_agrees_and_signs(
    client: Client, lead: Viewer, certifier: Viewer, group: Organisation, speaker: Viewer
) -> None:
    one = draft(make_plan(group.id), lead, until="partner_review")
    mine = sign_in(client, speaker)
    assert "Read it, please" in read(mine.get(reverse("ours:agreements")))
    page = mine.get(reverse("ours:agreement", args=[one]))
    assert "If something is not right, write a comment" in read(page)
    comment = reverse("ours:agreement_comment", args=[one])
    assert "Write your comment first" in read(mine.post(comment, {"about": "roles", "words": ""}))
    asked = {"about": "roles", "words": "Who is the chair?"}
    assert "Who is the chair?" in read(mine.post(comment, asked, follow=True))
    assert AgreementComment.objects.get().is_from_partner
    agree = reverse("ours:agreement_agree", args=[one])
    mine.post(agree, {})
    assert Agreement.objects.get(id=one).partner_agreed_version is None
    assert "You said it is right" in read(mine.post(agree, page.context["read_form"].initial, follow=True))
    draft_certified = draft(make_plan(group.id), lead, until="certified", certifier=certifier)
    address = reverse("ours:agreement_sign", args=[draft_certified])
    form = mine.get(address).context["form"]
    assert "Tick the box" in read(mine.post(address, {**form.initial, "role": "Chair"}))
    signed = {**form.initial, "role": "Chair", "agrees": "on"}
    assert "You have signed." in read(mine.post(address, signed, follow=True))
    assert "signed already" in read(mine.post(address, signed))
    sign(draft_certified, lead)
    assert Agreement.objects.get(id=draft_certified).state == "signed"


def test_a_person_reads_their_own_by_their_paid_work(
    client: Client, lead: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheila = make_viewer("patient_partner")
    plan = make_plan(
        person_id=sheila.person_id,
        kind="service",
        capacity="themselves",
        fields=fill("service", "themselves"),
    )
    one = draft(plan, lead, until="partner_review")
    mine = sign_in(client, sheila)
    monkeypatch.setattr(ours_agreements, "press_pdf", str.encode)

    assert "Phone friends" in read(mine.get(reverse("work:agreements")))
    assert "speaking for themselves" in read(mine.get(reverse("work:agreement", args=[one])))
    assert "binds nobody" in read(mine.get(reverse("work:agreement_pdf", args=[one])))
    assert [item.url for item in list_day(sheila, TODAY)] == [reverse("work:agreement", args=[one])]


def test_another_groups_agreement_is_answered_as_nobodys(
    client: Client, lead: Viewer, group: Organisation, speaker: Viewer
) -> None:
    other = make_organisation()
    hidden = draft(make_plan(other.id, title="Theirs"), lead, until="partner_review")
    unshown = draft(make_plan(group.id, title="Unshown"), lead)
    mine = sign_in(client, speaker)

    for one in (hidden, unshown):
        assert mine.get(reverse("ours:agreement", args=[one])).status_code == 404
    assert "No agreements yet" in read(mine.get(reverse("ours:agreements")))
    assert find_agreements(speaker, "theirs", 5) == []
    assert collect_shared(speaker, other.id).rows == ()
    assert list_timeline(speaker, [other.id], TODAY) == []
    assert judge_health(speaker, [other.id], TODAY) == []
    assert list_shared_agreements(lead) == []


def test_a_groups_records_timeline_and_search_hold_what_was_shown(
    lead: Viewer, certifier: Viewer, group: Organisation, speaker: Viewer
) -> None:
    one = draft(make_plan(group.id), lead, until="signed", certifier=certifier)
    table = collect_shared(speaker, group.id)
    (row,) = table.rows

    assert row[table.columns.index("Amount in pounds")] == "5000.00"
    assert "## Parties" in row[table.columns.index("Words of the present version")]
    titles = [entry.title for entry in list_timeline(speaker, [group.id], TODAY)]
    assert titles == [
        "Phone friends for another year: with the partner",
        "Phone friends for another year: signed",
    ]
    assert find_agreements(speaker, "phone", 5)[0].url == reverse("ours:agreement", args=[one])
    assert find_agreements(lead, "AG-", 5)[0].url == reverse("agreements:agreement", args=[one])
    assert list_day(make_viewer("analyst"), TODAY) == []


def test_health_names_what_is_late_over_soon_and_unanswered(lead: Viewer, group: Organisation) -> None:
    make_agreement(organisation_id=group.id, state="draft", starts_on=TODAY.replace(day=1))
    make_agreement(organisation_id=group.id, ends_on=TODAY.replace(day=1))
    make_agreement(organisation_id=group.id, ends_on=TODAY.replace(day=28))
    shown = draft(make_plan(group.id), lead, until="partner_review")
    AgreementComment.objects.create(
        agreement_id=shown, version_number=1, words="Hm", is_from_partner=True, at=NOW
    )
    found = {one.words: one.weight for one in judge_health(lead, [group.id], TODAY)}

    assert found == {
        "1 agreement unsigned after its start": 2,
        "1 agreement over, not completed": 1,
        "1 agreement ends soon": 1,
        "1 comment on an agreement waits": 1,
    }


def test_a_day_says_what_waits_for_the_team(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    silent = draft(make_plan(group.id), lead, until="partner_review")
    Agreement.objects.filter(id=silent).update(shown_at=NOW.replace(month=10))
    asked = draft(
        make_plan(group.id, starts_on=STARTS.replace(year=STARTS.year + 1)), lead, until="partner_review"
    )
    AgreementComment.objects.create(
        agreement_id=asked, version_number=1, words="Hm", is_from_partner=True, at=NOW
    )
    make_agreement(organisation_id=group.id, state="draft", starts_on=TODAY.replace(day=1))
    make_agreement(organisation_id=group.id, state="draft", starts_on=TODAY.replace(day=30))
    make_agreement(organisation_id=group.id, ends_on=TODAY.replace(day=1))
    review = make_agreement(organisation_id=group.id, ends_on=TODAY.replace(year=2028))
    Agreement.objects.filter(id=review.id).update(review_on=TODAY)
    details = {item.detail for item in list_day(lead, TODAY)}

    assert details == {
        "The partner has not said anything about this agreement for two weeks",
        "A comment of the partner waits for an answer",
        "An agreement is not signed, and its start has passed",
        "An agreement is not signed; it starts",
        "An agreement ended; say whether it is done",
        "It is time to look at this agreement again",
    }
    assert {item.detail for item in list_day(certifier, TODAY)} == {
        "An agreement waits to be certified; it starts"
    }
