"""What a person meets on the pages of the agreements room."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.agreements.models import Agreement, AgreementComment
from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation, Person
from tests.factories.agreements import make_agreement
from tests.factories.papers import STARTS, draft, fill, make_plan


def sign_in(client: Client, viewer: Viewer) -> Client:
    client.force_login(Person.objects.get(id=viewer.own_id))
    return client


def parts(on: Any, name: str) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def read(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def writer(client: Client, lead: Viewer) -> Client:
    return sign_in(client, lead)


def posted(kind: str = "grant", **more: str) -> dict[str, str]:
    answers = {f"answer_{key}": words for key, words in fill(kind).items()}
    days = {**parts(STARTS, "starts_on"), **parts(STARTS.replace(year=STARTS.year + 1), "ends_on")}
    return {"title": "Phone friends", "amount": "£5,000", **answers, **days, **more}


def test_an_agreement_is_written_from_kind_and_partner_to_a_draft(
    writer: Client, group: Organisation
) -> None:
    chosen = {"kind": "grant", "capacity": "organisation", "partner": "stair"}
    first = read(writer.get(reverse("agreements:new"), chosen))
    assert f"organisation={group.id}" in first
    address = f"{reverse('agreements:new')}?kind=grant&capacity=organisation&organisation={group.id}"
    assert "How will our involvement be declared?" in read(writer.get(address))

    answer = writer.post(address, posted())
    made = Agreement.objects.get()
    assert answer["Location"] == reverse("agreements:agreement", args=[made.id])
    assert (made.amount_pence, made.state, made.title) == (500_000, "draft", "Phone friends")
    page = read(writer.get(answer["Location"]))
    assert "Show it to the partner" in page
    assert "£5,000" in page


def test_what_was_typed_stays_where_an_amount_cannot_be_read(writer: Client, group: Organisation) -> None:
    address = f"{reverse('agreements:new')}?kind=grant&capacity=organisation&organisation={group.id}"
    page = read(writer.post(address, posted(amount="1.234,50", answer_objective="Fewer lonely evenings")))

    assert "is not an amount in GBP" in page
    assert "Fewer lonely evenings" in page
    assert not Agreement.objects.exists()


def test_a_broken_rule_is_named_with_why_and_what_would_unblock_it(
    writer: Client, lead: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id, fields=fill("grant", declaration="", nothing_in_return="")), lead)
    page = read(writer.get(reverse("agreements:agreement", args=[one])))

    assert "2 rules stand in the way" in page
    assert "Missing: declaration." in page
    assert "clause 25.3" in page
    assert "What would unblock it:" in page


def test_it_is_mended_certified_and_signed_on_the_pages(
    writer: Client, lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id, fields=fill("grant", declaration="")), lead)
    refused = writer.post(reverse("agreements:move", args=[one, "partner_review"]))
    assert "Write the words in which our involvement is declared" in read(refused)
    edit = reverse("agreements:edit", args=[one])
    assert "What stands in the way" in read(writer.get(edit))
    writer.post(edit, posted(why="The declaration was missing.", from_version="1"))
    writer.post(reverse("agreements:move", args=[one, "partner_review"]))
    other = sign_in(Client(), certifier)
    form = other.get(reverse("agreements:certify", args=[one])).context["form"]
    sent = {**form.initial, "has_read": "on"}
    other.post(reverse("agreements:certify", args=[one]), sent)
    assert Agreement.objects.get(id=one).state == "certified"
    assert "take it back to draft" in read(writer.get(edit))
    sign = reverse("agreements:sign", args=[one])
    for what in ("ours-screen", "theirs-paper"):
        initial = writer.get(sign).context["form"].initial
        day = parts(initial.pop("signed_on"), "signed_on")
        writer.post(sign, {**initial, **day, "what": what, "name": "Bron", "role": "Chair"})

    assert Agreement.objects.get(id=one).state == "signed"
    assert "Both sides" not in read(writer.get(sign.replace("sign", "print")))
    assert "replaces it" in read(writer.get(edit))


def test_a_certifier_is_told_when_the_words_changed_while_they_read(
    writer: Client, lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    one = draft(make_plan(group.id), lead, until="partner_review")
    other = sign_in(Client(), certifier)
    address = reverse("agreements:certify", args=[one])
    sent = {**other.get(address).context["form"].initial, "has_read": "on"}
    writer.post(
        reverse("agreements:edit", args=[one]), posted(why="Another sum.", from_version="1", amount="1")
    )

    assert "changed while you read" in read(other.post(address, sent))
    assert Agreement.objects.get(id=one).state == "partner_review"


def test_the_list_is_searched_filtered_and_exported(writer: Client, group: Organisation) -> None:
    make_agreement(organisation_id=group.id, title="Phone friends")
    make_agreement(organisation_id=group.id, title="A spring day", kind="sponsorship", state="draft")
    address = reverse("agreements:list")

    assert "Phone friends" in read(writer.get(address, {"words": "second stair"}))
    assert "A spring day" not in read(writer.get(address, {"kind": "grant"}))
    assert "A spring day" in read(writer.get(address, {"scope": "unsigned", "organisation": str(group.id)}))
    assert "No agreement fits" in read(writer.get(address, {"state": "closed"}))
    exported = b"".join(writer.get(reverse("agreements:export", args=["csv"]))).decode()
    assert "5000.00" in exported


@pytest.mark.parametrize("number", [3, 30])
def test_a_long_list_asks_the_database_as_often_as_a_short_one(
    writer: Client, group: Organisation, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        make_agreement(organisation_id=group.id)
    writer.get(reverse("agreements:list"))

    with django_assert_num_queries(6):
        writer.get(reverse("agreements:list"))


def test_a_comment_of_the_partner_is_answered(writer: Client, lead: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead, until="partner_review")
    writer.post(reverse("agreements:comment", args=[one]), {"about": "objective", "words": "Is this right?"})
    comment = AgreementComment.objects.get()
    assert not comment.is_from_partner
    AgreementComment.objects.update(is_from_partner=True)
    assert "Waits for an answer" in read(writer.get(reverse("agreements:agreement", args=[one])))
    writer.post(reverse("agreements:answer", args=[comment.id]), {"words": "Yes, it is."})

    assert "Yes, it is." in read(writer.get(reverse("agreements:agreement", args=[one])))
