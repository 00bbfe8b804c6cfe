"""Races about agreements: two certifiers, a stale certificate, one signature a side, an edit of signed words."""

from uuid import uuid4

from alongside.apps.agreements.models import Agreement, AgreementVersion, Certification, RuleSet, Signature
from alongside.apps.agreements.operations import (
    Signing,
    add_edition,
    certify_agreement,
    draft_agreement,
    revise_agreement,
    sign_agreement,
)
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.agreements.rules import digest_document
from tests.factories.papers import draft, make_plan
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_viewer
from tests.faults.racing.race import RACERS, Given, Race, as_id, differs, viewer_of

BOOK = (
    "name: race-{word}\ntitle: A race\nvalid_from: 2027-01-01\nsource: us\nverified: {{by: us, day: 2026-01-01}}\n"
    "note: '{place}'\nrules: []\n"
)


def _at(state: str) -> Given:
    lead, certifier = make_viewer("engagement_lead"), make_viewer("certifier")
    plan = make_plan(make_organisation(f"Group {uuid4().hex[:12]}").id)
    agreement_id = draft(plan, lead, until=state, certifier=certifier)
    shown = get_shown_version(lead, agreement_id)
    people = ",".join(str(make_viewer("certifier").own_id) for _ in range(RACERS))
    return {
        "agreement": str(agreement_id), "by": str(lead.own_id), "certifiers": people, "sha256": shown.sha256,
        "number": str(shown.number), "group": str(plan.organisation_id),
    }  # fmt: skip


def _certify(given: Given, place: int) -> None:
    by = viewer_of({"by": given["certifiers"].split(",")[place]})
    certify_agreement(
        agreement_id=as_id(given, "agreement"), version_number=int(given["number"]), document_sha256=given["sha256"],
        statement="It keeps the rules.", by=by, at=NOW,
    )  # fmt: skip


def _certify_or_edit(given: Given, place: int) -> None:
    """Let half certify the words they read, and half write others."""
    if place % 2:
        _certify(given, place)
        return
    plan = make_plan(as_id(given, "group"), title=f"Other words {place}")
    revise_agreement(
        agreement_id=as_id(given, "agreement"), plan=plan, why="Other words.", from_version=int(given["number"]),
        by=viewer_of(given), at=NOW,
    )  # fmt: skip


def _is_certified_once(given: Given) -> str:
    agreement = Agreement.objects.get(id=given["agreement"])
    certificates = Certification.objects.filter(version__agreement=agreement)
    return differs("state", agreement.state, "certified") or differs("certificates", certificates.count(), 1)


def _is_certified_as_read(given: Given) -> str:
    """Return words where a certificate stands for anything but what the agreement says now."""
    agreement = Agreement.objects.get(id=given["agreement"])
    version = AgreementVersion.objects.get(agreement=agreement, number=agreement.version_number)
    found = list(Certification.objects.filter(version__agreement=agreement))
    if agreement.state != "certified":
        return differs("certificates of what changed first", len(found), 0) or differs(
            "state", agreement.state, "partner_review"
        )
    return differs("certified", [one.version_id for one in found], [version.id]) or differs(
        "versions", agreement.version_number, 1
    )


def _sign(given: Given, place: int) -> None:
    sign_agreement(
        agreement_id=as_id(given, "agreement"), version_number=int(given["number"]), document_sha256=given["sha256"],
        signing=Signing("ours" if place % 2 else "theirs", "paper", "Bron Maddox", "Chair", NOW.date()),
        by=viewer_of(given), at=NOW,
    )  # fmt: skip


def _is_signed_once(given: Given) -> str:
    agreement = Agreement.objects.get(id=given["agreement"])
    sides = Signature.objects.filter(version__agreement=agreement).values_list("side", flat=True)
    return differs("state", agreement.state, "signed") or differs("sides", sorted(sides), ["ours", "theirs"])


def _edit_signed(given: Given, _place: int) -> None:
    revise_agreement(
        agreement_id=as_id(given, "agreement"), plan=make_plan(as_id(given, "group"), title="Another sum"),
        why="Afterwards.", from_version=int(given["number"]), by=viewer_of(given), at=NOW,
    )  # fmt: skip


def _words_stand(given: Given) -> str:
    version = AgreementVersion.objects.get(agreement_id=given["agreement"])
    return differs("words", digest_document(version.document), given["sha256"])


def _to_draft() -> Given:
    lead = make_viewer("engagement_lead")
    return {"by": str(lead.own_id), "group": str(make_organisation(f"Group {uuid4().hex[:12]}").id)}


def _draft(given: Given, _place: int) -> None:
    draft_agreement(plan=make_plan(as_id(given, "group")), by=viewer_of(given), at=NOW)


def _numbers_differ(given: Given) -> str:
    found = Agreement.objects.filter(organisation_id=given["group"]).values_list("reference", flat=True)
    return differs("numbers", len(set(found)), RACERS)


def _rules() -> Given:
    return {"by": str(make_viewer("certifier").own_id), "word": uuid4().hex[:8]}


def _bring(given: Given, place: int) -> None:
    add_edition(text=BOOK.format(word=given["word"], place=place), by=viewer_of(given), at=NOW)


def _editions_count_up(given: Given) -> str:
    found = RuleSet.objects.filter(name=f"race-{given['word']}").order_by("edition")
    numbers = list(found.values_list("edition", flat=True))
    return differs("editions", numbers, list(range(1, len(numbers) + 1))) or ("" if numbers else "no edition")


RACES = (
    Race("one certificate a version", lambda: _at("partner_review"), _certify, _is_certified_once, 1),
    Race(
        "certified is what was read",
        lambda: _at("partner_review"),
        _certify_or_edit,
        _is_certified_as_read,
        1,
    ),
    Race("one signature a side", lambda: _at("certified"), _sign, _is_signed_once, 2),
    Race("signed words stand", lambda: _at("signed"), _edit_signed, _words_stand, 0),
    Race("agreements drafted at once have numbers of their own", _to_draft, _draft, _numbers_differ, RACERS),
    Race("editions count up", _rules, _bring, _editions_count_up, None),
)
