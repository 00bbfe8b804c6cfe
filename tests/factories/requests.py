"""People who ask about their data, and everything that is held about them, built through the operations."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.engagement.models import Engagement, Receipt, Speaker, Voice
from alongside.apps.engagement.operations import (
    FormTerms,
    MemberTerms,
    SentAnswers,
    SentContact,
    add_member,
    open_public_form,
    receive_answers,
)
from alongside.apps.people.models import DataRequest
from alongside.apps.people.operations.matching import choose_matches, look_for_person
from alongside.apps.people.operations.requests import AskTerms, accept_identity, receive_request
from alongside.apps.people.rules.requests import hash_code
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_viewer

TODAY = NOW.date()
NAME, EMAIL, PHONE = "Quenilda Zorrander", "quenilda.zorrander@zq.example", "07700 900417"
WORDS = "My NHS number is 999 123 4560 and nobody rang Quenilda Zorrander about the zylopharm."


@dataclass(frozen=True)
class Spoke:
    """Somebody who had their say: where, as whom, and with which receipt."""

    engagement: Engagement
    speaker: Speaker
    code: str


def have_say(
    words: str = WORDS, *, name: str = NAME, email: str = EMAIL, engagement: Engagement | None = None
) -> Spoke:
    """Return somebody who answered the public page and left an address."""
    heard = engagement or make_engagement()
    terms = FormTerms("Tell us.", (("How was it?", ""),), date(2026, 1, 1))
    form = getattr(heard, "public_form", None) or open_public_form(
        engagement_id=heard.id, terms=terms, by=SYSTEM, at=NOW
    )
    uses = frozenset({"quote_inside", "quote_public", "contact_again"})
    sent = SentAnswers(
        ((1, words),), form.consent_text_id, "en", uses, (("age_band", "75 and over"),),
        SentContact("email", name, email, PHONE),
    )  # fmt: skip
    code = receive_answers(slug=form.slug, sent=sent, by=PUBLIC, at=NOW, on=TODAY)
    heard.refresh_from_db()
    speaker = Receipt.objects.order_by("-created_at", "-id")[0].speaker
    Voice.with_staged.filter(speaker=speaker).update(held_for_review=False)  # as if somebody had looked at it
    return Spoke(heard, speaker, code)


def join(name: str = NAME, email: str = EMAIL) -> UUID:
    """Return the id of a member of the programme."""
    terms = MemberTerms(name, date(2025, 5, 1), email=email, wants=f"{name} wants shorter waits")
    return add_member(terms=terms, by=SYSTEM, at=NOW).id


def make_governance() -> Viewer:
    """Return the viewer of a governance lead."""
    return make_viewer("governance_lead", name="Gwen Idris")


def ask(
    kind: str = "access", *, at: datetime = NOW, by: Viewer = PUBLIC, **terms: object
) -> tuple[DataRequest, str]:
    """Return a request that was sent, with its code."""
    given = {"words": "Please.", "name": NAME, "email": EMAIL, **terms}
    code = receive_request(terms=AskTerms(kind, **given), by=by, at=at, on=at.date())  # type: ignore[arg-type]
    return DataRequest.objects.get(code_sha256=hash_code(code)), code


def ask_and_know(
    by: Viewer, kind: str = "access", *, email: str = EMAIL, name: str = "", code: str = ""
) -> DataRequest:
    """Return a request whose person is known and chosen: everybody found."""
    request, _code = ask(kind)
    accept_identity(request_id=request.id, how="Rang the number we hold.", by=by, at=NOW)
    look_for_person(request_id=request.id, email=email, name=name, code=code, by=by, at=NOW)
    choose_matches(
        request_id=request.id, chosen=set(request.matches.values_list("id", flat=True)), by=by, at=NOW
    )
    request.refresh_from_db()
    return request
