"""Pages of paid work: what they say, what they keep, and that what was typed is never lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.paid_work import get_notice
from alongside.apps.partnership.models import (
    ExpenseLine,
    NoticeReading,
    Payment,
    RateCard,
    ServiceClaim,
    ServiceNeed,
    ServiceOffer,
)
from alongside.apps.partnership.operations.services.answers import accept_offer
from alongside.apps.partnership.rules.services import Choice
from alongside.apps.people.queries import get_person_by_id
from tests.factories.agreements import make_agreement
from tests.factories.paid_work import (
    TODAY,
    give_agreement,
    make_claim,
    make_done,
    make_lead,
    make_need,
    make_offer,
    make_patient,
    say_yes,
)
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def visit(viewer: Viewer) -> Client:
    client = Client()
    person = get_person_by_id(viewer.own_id)
    assert person is not None
    client.force_login(person)
    return client


def read(client: Client, name: str, *values: object) -> str:
    answer = client.get(reverse(name, args=values))
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def date_parts(name: str, on: object = TODAY) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}  # type: ignore[attr-defined]


def test_a_need_is_written_approved_and_offered_through_the_pages() -> None:
    lead, gareth, farah = make_lead(), make_lead("Gareth"), make_patient()
    desk = visit(lead)
    assert "Nobody was offered paid work yet" in read(desk, "services:list")
    assert "No needs yet" in read(desk, "services:needs")
    words = {
        "title": "Read a leaflet",
        "what": "Two people",
        "why": "Clear",
        "criteria": "Lives with it",
        "selector": "Ruth",
    }
    kept = desk.post(reverse("services:new_need"), {**words, "most_people": "many"})
    assert "Two people" in kept.content.decode()
    made = desk.post(reverse("services:new_need"), {**words, "most_people": "2"})
    need = ServiceNeed.objects.get()
    assert made.status_code == 302
    changed = desk.post(
        reverse("services:change_need", args=[need.id]), {**words, "what": "Three", "most_people": "3"}
    )
    assert changed.status_code == 302
    assert "Approve this need" not in read(desk, "services:need", need.id)
    assert "Approve this need" in read(visit(gareth), "services:need", need.id)
    visit(gareth).post(reverse("services:approve_need", args=[need.id]))
    today = timezone.localdate()
    offer = {
        "person": farah.own_id, "standing": "patient", "capacity": "themselves", "title": "Read with us",
        "ask": "Please read four pages.", "time_words": "two hours", **date_parts("starts_on", today),
        **date_parts("ends_on", today), **date_parts("answer_by", today), "fee": "55.00", "fee_reason": "",
    }  # fmt: skip
    assert "no rate" in read(desk, "services:new_offer", need.id)
    refused = desk.post(reverse("services:new_offer", args=[need.id]), offer).content.decode()
    assert "how the fee was found" in refused
    assert "Please read four pages." in refused
    bad = desk.post(
        reverse("services:new_offer", args=[need.id]), {**offer, "fee": "1.234,50"}
    ).content.decode()
    assert "is not an amount in GBP" in bad
    for name in ("Moor Heart Group", "Moor Heart Group North"):
        make_organisation(name)
    for_a_group = {**offer, "capacity": "representing", "fee_reason": "Two hours"}
    several = desk.post(
        reverse("services:new_offer", args=[need.id]), {**for_a_group, "organisation": "moor heart"}
    )
    assert "whole: Moor Heart Group, Moor Heart Group North" in several.content.decode()
    none = desk.post(reverse("services:new_offer", args=[need.id]), {**for_a_group, "organisation": "Skye"})
    assert "No partner has these words in its name" in none.content.decode()
    desk.post(
        reverse("services:new_offer", args=[need.id]), {**for_a_group, "organisation": "moor heart group"}
    )
    for_the_group = ServiceOffer.objects.get()
    assert for_the_group.organisation is not None
    assert for_the_group.organisation.name == "Moor Heart Group"
    for_the_group.events.all().delete()
    for_the_group.delete()
    desk.post(reverse("services:new_offer", args=[need.id]), {**offer, "fee_reason": "Two hours"})
    made_offer = ServiceOffer.objects.get()
    assert made_offer.fee_pence == 5500
    assert "Read with us" in read(desk, "services:list")
    assert "Read with us" in read(desk, "services:offer", made_offer.id)
    assert "Read with us" in read(desk, "services:need", need.id)
    desk.post(reverse("services:withdraw", args=[made_offer.id]), {"words": "Dropped"})
    desk.post(reverse("services:close_need", args=[need.id]), {"words": "Nothing came of it"})
    assert "Nothing came of it" in read(desk, "services:need", need.id)


def test_the_notice_can_be_read_in_welsh_and_what_is_kept_is_what_was_read() -> None:
    lead, farah = make_lead(), make_patient()
    offer_id = make_offer(lead, farah, ends_on=TODAY, answer_by=TODAY)
    phone = visit(farah)
    phone.cookies["django_language"] = "cy"
    assert "darllenwch am fudd-daliadau" in read(phone, "work:notice", offer_id)
    welsh = NoticeReading.objects.get()
    assert (welsh.notice, welsh.text_sha256) == ("benefits/1", get_notice(TODAY, "cy").sha256)
    assert "gennyf beidio â chael fy nhalu" in read(phone, "work:choose", offer_id)


def test_the_form_to_say_yes_opens_only_after_the_notice_was_shown() -> None:
    lead, farah = make_lead(), make_patient()
    offer_id = make_offer(lead, farah, ends_on=TODAY, answer_by=TODAY)
    phone = visit(farah)
    assert "Waiting for your answer" in read(phone, "work:list")
    assert "Read about benefits" in read(phone, "work:offer", offer_id)
    away = phone.get(reverse("work:choose", args=[offer_id]))
    assert (away.status_code, away["Location"]) == (302, reverse("work:notice", args=[offer_id]))
    forced = phone.post(reverse("work:choose", args=[offer_id]), {"choice": "all"})
    assert "First read what a payment can mean" in forced.content.decode()
    assert ServiceOffer.objects.get().state == "offered"
    page = read(phone, "work:notice", offer_id)
    assert "This is not advice" in page
    assert "Citizens Advice" in page
    read(phone, "work:notice", offer_id)
    assert NoticeReading.objects.get().notice == "benefits/1"
    assert "I would rather not be paid" in read(phone, "work:choose", offer_id)
    kept = phone.post(
        reverse("work:choose", args=[offer_id]), {"choice": "part", "own": "60", "words": "Thank you"}
    )
    assert "more than nothing and less than £55" in kept.content.decode()
    assert "Thank you" in kept.content.decode()
    answer = {"choice": "part_charity", "own": "20", "charity_name": "Halfpenny"}
    phone.post(reverse("work:choose", args=[offer_id]), answer)
    offer = ServiceOffer.objects.get()
    assert (offer.state, offer.taken_pence, offer.given_pence) == ("accepted", 2000, 3500)
    assert "A part, and the rest to a charity" in read(phone, "work:offer", offer_id)


def test_no_thank_you_is_one_press_and_asks_for_nothing() -> None:
    lead, farah = make_lead(), make_patient()
    offer_id = make_offer(lead, farah)
    phone = visit(farah)
    assert "It changes nothing between us" in read(phone, "work:decline", offer_id)
    assert phone.post(reverse("work:decline", args=[offer_id]), {}).status_code == 302
    assert "No, thank you" in read(phone, "work:list")
    again = phone.post(reverse("work:decline", args=[offer_id]), {"words": "Sorry"})
    assert "was declined" in again.content.decode()


def test_a_claim_is_filled_in_line_by_line_and_checked_by_another() -> None:
    lead, farah = make_lead(), make_patient()
    offer_id = make_done(lead, farah)
    phone, desk = visit(farah), visit(lead)
    claim = reverse("work:claim", args=[offer_id])
    assert "Your fee" in read(phone, "work:claim", offer_id)
    train = {"kind": "travel", "words": "Train and back", "amount": "12.40", "has_receipt": "on"}
    train |= date_parts("happened_on")
    wrong = phone.post(claim, {**train, "words": "My fee"}).content.decode()
    assert "sounds like pay for your time" in wrong
    assert phone.post(claim, train).status_code == 302
    carer = {**train, "kind": "carer", "words": "A sitter", "amount": "30"}
    assert "which need this was for" in phone.post(claim, carer).content.decode()
    phone.post(claim, {**carer, "is_need_withheld": "on"})
    extra = phone.post(claim, {**train, "words": "Tea", "kind": "food", "amount": "3"})
    assert extra.status_code == 302
    tea = ExpenseLine.objects.get(words="Tea")
    phone.post(reverse("work:drop_expense", args=[tea.id]))
    assert "Together £97.40" in read(phone, "work:claim", offer_id)
    phone.post(reverse("work:send_claim", args=[offer_id]))
    assert "being checked" in read(phone, "work:claim", offer_id)
    assert "We check it" in read(phone, "work:payments")
    claim_id = ServiceClaim.objects.get().id
    check = reverse("services:check_claim", args=[claim_id])
    page = read(desk, "services:check_claim", claim_id)
    assert "rather not say which need" in page
    assert "Write what is not clear" in desk.post(check, {"outcome": "question"}).content.decode()
    desk.post(check, {"outcome": "question", "question": "Which day?"})
    assert "Which day?" in read(phone, "work:claim", offer_id)
    phone.post(reverse("work:send_claim", args=[offer_id]))
    desk.post(check, {"outcome": "right", "seen": [str(ExpenseLine.objects.get(kind="travel").id)]})
    assert Payment.objects.count() == 2
    assert "being paid" in read(desk, "services:list").lower()
    assert "We owe you £97.40" in read(phone, "work:list")
    assert "Approved by finance" in read(phone, "work:payments")


def test_the_team_walks_an_offer_to_its_end() -> None:
    lead, farah = make_lead(), make_patient()
    charity = make_organisation("Halfpenny Steps", kind="charity")
    offer_id = make_offer(lead, farah)
    say_yes(farah, offer_id, Choice("charity", charity_name="Halfpenny"))
    desk = visit(lead)
    assert "Draft the agreement" in read(desk, "services:offer", offer_id)
    use = reverse("services:use_agreement", args=[offer_id])
    assert "Choose an agreement" in read(desk, "services:use_agreement", offer_id)
    assert "one of the answers in the list" in desk.post(use, {"agreement": uuid4()}).content.decode()
    desk.post(reverse("services:draft_agreement", args=[offer_id]))
    assert ServiceOffer.objects.get().agreement_id is not None
    assert "certified by somebody else" in read(desk, "services:offer", offer_id)
    give_agreement(offer_id)
    assert "Begin the work" in read(desk, "services:offer", offer_id)
    desk.post(reverse("services:start", args=[offer_id]))
    assert "The work is done" in read(desk, "services:finish", offer_id)
    desk.post(reverse("services:finish", args=[offer_id]), date_parts("done_on"))
    assert "Make this gift" in read(desk, "services:offer", offer_id)
    give = reverse("services:give", args=[offer_id])
    assert "Choose an answer" in desk.post(give, {"charity": ""}).content.decode()
    desk.post(give, {"charity": charity.id})
    assert "no donation agreement in force" in read(desk, "services:give", offer_id)
    donation = make_agreement(kind="donation", organisation_id=charity.id)
    desk.post(give, {"agreement": donation.id})
    assert Payment.objects.get().organisation_id == charity.id
    assert "Asked for as our donation" in read(desk, "services:offer", offer_id)
    assert "What you asked us to give" in read(visit(farah), "work:payments")
    assert desk.get(reverse("services:give", args=[make_offer(lead, farah)])).status_code == 404


def test_somebody_who_represents_a_group_says_yes_without_money_in_the_form() -> None:
    lead, group = make_lead(), make_organisation("Side Door")
    bron = make_partner_user(group.id)
    offer_id = make_offer(lead, bron, capacity="representing", organisation_id=group.id)
    phone = visit(bron)
    page = read(phone, "work:choose", offer_id)
    assert "paid to it, not to you" in page
    assert "rather not be paid" not in page
    assert phone.post(reverse("work:choose", args=[offer_id]), {}).status_code == 302
    assert ServiceOffer.objects.get().taken_pence == 5500


def test_rate_cards_are_added_typed_or_from_a_file_and_ended() -> None:
    desk = visit(make_viewer("finance"))
    assert "No rate cards yet" in read(desk, "services:rate_cards")
    desk.post(reverse("services:add_shipped"))
    assert "worked out, to be checked" in read(desk, "services:rate_cards").lower()
    card = {"scheme": "Ours", "title": "Our rates", "source": "us.example", **date_parts("valid_from")}
    new = reverse("services:new_rate_card")
    assert "at least one line" in desk.post(new, card).content.decode()
    assert "Row 1" in desk.post(new, {**card, "lines": "hour, An hour, much"}).content.decode()
    large = SimpleUploadedFile("a.csv", b"x" * 200_001)
    assert "too large" in desk.post(new, {**card, "file": large}).content.decode()
    assert desk.post(new, {**card, "lines": "hour, An hour, 27.50"}).status_code == 302
    file = SimpleUploadedFile("a.csv", b"band,task,amount\nday,A day,165\n")
    again = desk.post(new, {**card, "file": file}).content.decode()
    assert "already holds" in again
    ours = RateCard.objects.get(title="Our rates")
    assert "last day" in read(desk, "services:end_rate_card", ours.id)
    wrong = {"last_day_day": "1", "last_day_month": "1", "last_day_year": "2020"}
    assert (
        "before the first"
        in desk.post(reverse("services:end_rate_card", args=[ours.id]), wrong).content.decode()
    )
    desk.post(reverse("services:end_rate_card", args=[ours.id]), date_parts("last_day"))
    ours.refresh_from_db()
    assert ours.valid_to == TODAY


def test_the_list_leaves_as_a_file_with_its_line_in_the_audit() -> None:
    lead, farah = make_lead(), make_patient()
    make_claim(lead, farah)
    desk = visit(lead)
    answer = desk.get(reverse("services:export", args=["csv"]), {"stage": "to_check"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Farah Lodhi" in text
    assert ",55.00," in text
    assert desk.get(reverse("services:export", args=["xlsx"])).status_code == 200
    assert desk.get(reverse("services:export", args=["pdf"])).status_code == 404
    assert AuditLine.objects.filter(operation="export_paid_work").count() == 2
    assert "No offer fits" in desk.get(reverse("services:list"), {"stage": "paid"}).content.decode()
    assert "No need fits" in desk.get(reverse("services:needs"), {"state": "draft"}).content.decode()


def test_work_without_a_fee_is_accepted_without_a_choice_of_money() -> None:
    lead, farah = make_lead(), make_patient()
    offer_id = make_offer(lead, farah, fee_pence=None, need_id=make_need(lead))
    phone = visit(farah)
    read(phone, "work:notice", offer_id)
    assert "How would you like to be paid" not in read(phone, "work:choose", offer_id)
    phone.post(reverse("work:choose", args=[offer_id]), {})
    assert ServiceOffer.objects.get().taken_pence is None
    with pytest.raises(Exception, match="was accepted"):
        accept_offer(offer_id=offer_id, choice=Choice("all"), by=farah, at=NOW)
