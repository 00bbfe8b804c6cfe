"""Which pages of a large partnership are asked, by whom, and in which ways: every filter, words, the last pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from alongside.apps.agreements.models import Agreement
from alongside.apps.partnership.models import ContactPerson, Disclosure, Payment
from alongside.apps.people.models import Organisation

LEAD, FINANCE, GROUP, NOBODY = "engagement_lead", "finance", "partner_user", ""


@dataclass(frozen=True)
class Page:
    """One page: who asks for it, and the addresses they ask for in turn."""

    label: str
    role: str
    addresses: Sequence[str]


def list_pages() -> Iterator[Page]:
    """Yield every list of the room, its register and the pages that sum lists up, in the ways people ask for them."""
    yield from _list_start_pages()
    yield from _list_lists()
    yield from _list_single_things()
    yield from _list_register()


def _list_start_pages() -> Iterator[Page]:
    for label, role in (
        ("start of a lead", LEAD),
        ("start of finance", FINANCE),
        ("start of a certifier", "certifier"),
        ("start of a group", GROUP),
    ):
        yield Page(label, role, [reverse("home:start")])
    yield Page("a group’s own side", GROUP, [reverse("ours:start")])
    yield Page("a group’s records", GROUP, [reverse("ours:records")])
    words = ("Heart", "Ashbridge", "PAY-2025", "AG-2025", "buses", "person77", "not anywhere")
    yield Page("search", LEAD, [f"{reverse('home:search')}?q={one}" for one in words])


def _list_lists() -> Iterator[Page]:
    one = Organisation.objects.exclude(kind="own").values_list("id", flat=True)[5]
    reference = Agreement.objects.values_list("reference", flat=True)[0]
    yield _list(
        "relationships", LEAD, "relations:list",
        "q=Heart", "q=not+anywhere", "kind=patient_group", "nation=Wales", "health=strained", "health=attention",
        "health=good",
    )  # fmt: skip
    yield _list(
        "agreements", LEAD, "agreements:list",
        "words=Heart", "words=AG-2025", "words=not+anywhere", "kind=grant", "state=active", "scope=soon",
        "scope=waiting", "scope=unsigned", "scope=comments", f"organisation={one}",
    )  # fmt: skip
    yield _list(
        "funding", LEAD, "funding:list",
        "words=Heart", "words=FR-2025", "words=not+anywhere", "state=review", "kind=grant", "scope=me", "scope=late",
        "scope=open", "scope=in_kind",
        f"partner={one}",
    )  # fmt: skip
    yield Page(
        "independence", LEAD, _ways("funding:independence", "year=2025", "year=2024", "page=40", "page=90")
    )
    yield _list(
        "paid work",
        LEAD,
        "services:list",
        "words=letter",
        "stage=unanswered",
        "stage=paying",
        "stage=paid",
        "capacity=themselves",
    )
    yield Page(
        "needs for paid work", LEAD, _ways("services:needs", "words=letter", "state=approved", "page=2")
    )
    yield _list(
        "payments", FINANCE, "payments:list",
        "words=PAY-2025", "words=Heart", "words=F4711", "words=not+anywhere", "state=asked", "state=paid",
        "scope=mine", "scope=late", "year=2025", "category=grant", "payee=Heart", f"payee={one}",
        f"agreement={reference}",
    )  # fmt: skip
    yield _list(
        "events",
        LEAD,
        "events:list",
        "words=heart",
        "state=reported",
        "kind=own",
        "when=past",
        f"partner={one}",
    )
    yield _list("joint projects", LEAD, "projects:list", "words=journeys", "state=running", f"partner={one}")
    yield _list(
        "contacts", LEAD, "contacts:list",
        "words=Ash", "words=person77", "words=not+anywhere", "mandated=now", "mandated=none",
        "ended=ended", "ended=all", f"organisation={one}",
    )  # fmt: skip
    yield Page("duplicates", LEAD, _ways("contacts:duplicates"))
    yield _list(
        "published grants",
        LEAD,
        "giving:list",
        "words=Heart",
        "year=2024",
        "scope=ours",
        f"partner={one}",
    )
    yield Page("disclosures", LEAD, _ways("disclosures:list"))
    for disclosure in Disclosure.objects.values_list("id", flat=True):
        for label, name in (
            ("a disclosure", "disclosure"),
            ("rows disclosed", "rows"),
            ("answers", "checks"),
        ):
            address = reverse(f"disclosures:{name}", args=[disclosure])
            yield Page(
                label,
                LEAD,
                [f"{address}{query}" for query in ("", "?words=Heart", "?page=30", "?answer=none")],
            )


def _list_single_things() -> Iterator[Page]:
    partners = list(Organisation.objects.exclude(kind="own").values_list("id", flat=True)[:400:10])
    yield Page("one relationship", LEAD, _each("relations:organisation", partners))
    yield Page("one group’s income", LEAD, _each("funding:group", partners))
    paid = list(Payment.objects.values_list("id", flat=True)[:400:10])
    yield Page("one payment", FINANCE, _each("payments:payment", paid))
    papers = list(Agreement.objects.values_list("id", flat=True)[:400:10])
    yield Page("one agreement", LEAD, _each("agreements:agreement", papers))
    contacts = list(ContactPerson.objects.values_list("id", flat=True)[:400:10])
    yield Page("one contact", LEAD, _each("contacts:contact", contacts))


def _list_register() -> Iterator[Page]:
    yield Page("register, all years", NOBODY, [reverse("register:years")])
    for disclosure in Disclosure.objects.filter(published_at__isnull=False):
        address = reverse("register:year", kwargs={"year": disclosure.year})
        queries = ("", "?words=Heart", "?words=not+anywhere", "?category=grant", "?page=30", "?page=100")
        yield Page(f"register, {disclosure.year}", NOBODY, [f"{address}{query}" for query in queries])
        named = disclosure.rows.filter(organisation__isnull=False).values_list("organisation_id", flat=True)
        yield Page(
            "register, one group", NOBODY, _each("register:organisation", list(dict.fromkeys(named[:40])))
        )


def _list(label: str, role: str, name: str, *queries: str) -> Page:
    return Page(label, role, _ways(name, "page=2", "page=20", "page=9999", *queries))


def _ways(name: str, *queries: str) -> list[str]:
    return [reverse(name), *(f"{reverse(name)}?{query}" for query in queries)]


def _each(name: str, ids: Sequence[UUID]) -> list[str]:
    return [reverse(name, args=[one]) for one in ids]
