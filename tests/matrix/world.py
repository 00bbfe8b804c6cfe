"""One of everything twice: what a reader may reach, and its like that belongs to somebody or something else.

Words that only some may read are marked, so that a page which shows them to others gives itself away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone

from alongside.apps.actions.models import Digest, PrivateLink, Telling
from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.actions.rules import token_digest
from alongside.apps.base.models import Job, SavedView
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.engagement.models import (
    Contact,
    Engagement,
    EngagementAccess,
    EngagementDeletion,
    Speaker,
    StaffName,
)
from alongside.apps.engagement.operations import (
    FormTerms,
    MemberTerms,
    add_member,
    add_staff_names,
    open_public_form,
)
from alongside.apps.insight.models import Dissent
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.people.models import AccessNeed, NeedOccasion, Person
from alongside.apps.people.operations import invite
from alongside.apps.people.operations.answers import gather_records
from alongside.apps.people.queries import get_viewer
from alongside.apps.people.rules import ROLES
from tests.factories import actions, engagement, insight
from tests.factories.concerns import make_raised
from tests.factories.events import make_place, make_things
from tests.factories.paid_work import PAID_WORK, make_paid_work
from tests.factories.people import NOW, make_person
from tests.factories.requests import ask_and_know
from tests.matrix.language import PUBLIC
from tests.matrix.papers import make_papers
from tests.matrix.partnership import make_partnership

NOBODY_ID = UUID("00000000-0000-4000-8000-000000000000")
NUMBER = "07700 900123"  # stands in an original, covered for everybody else
NOBODYS, NOBODYS_NUMBER = {"slug": "nobodys", "token": "nobodys"}, 999_999_999
# What nobody may read without the right: the marked words, and the permission that opens them.
MARKED: Mapping[str, str] = {
    "markedneed": "see_access_needs",
    "markedfact": "see_facts_of_persons",
    "01632 960111": "see_contacts",
    NUMBER: "see_originals",
    "marked-contact": "see_contacts",
    "Markedcontactname": "see_contacts",
    "Markedmember": "see_members",
    "marked-member": "see_members",
    "marked-account": "manage_people",
    "marked-invited-markedothers": "manage_people",
    "markedanalysed": "see_voices",
    "markedprivate": "see_relations",
}
FOR_LETTERS = {"marked-contact", "Markedcontactname"}  # letters use these; no page needs to show them
OPENED_ONLY = {NUMBER, "markedneed"}  # shown after it was opened, or on what is another's
OTHERS_WORDS = "markedothers"  # stands in everything that is another's and only colleagues see
Holes = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Who reads, and for each reader the holes of addresses filled with what is own and with what is another's."""

    people: Mapping[str, Person]
    own: Mapping[str, Holes]
    others: Holes
    link_id: UUID

    @property
    def speaker_id(self) -> UUID:
        """Return who spoke, and holds the private link."""
        return UUID(str(self.own[PUBLIC]["speaker_id"]))

    def fill(self, reader: str, side: str) -> Holes:
        """Return what fills an address's holes."""
        if side == "own":
            return self.own[reader]
        if side == "another's":
            return self.others
        return {name: NOBODYS.get(name.rpartition("_")[2], NOBODY_ID) for name in self.others} | {
            "passkey_id": NOBODYS_NUMBER
        }


def make_world() -> World:
    """Make both sides, and a person of each role with something of their own."""
    lead = insight.make_lead()
    owner = make_person("owner", email="marked-account-other@example.org")
    people = {role: make_person(role, email=f"{role}@example.org") for role in ROLES}
    invited = people["patient_partner"]
    mine, link_id = _make_side("own", lead, owner, invited)
    others, _ = _make_side(OTHERS_WORDS, lead, owner, owner)
    Person.objects.filter(id=people["partner_user"].id).update(organisation_id=mine["organisation_id"])
    own = {role: {**mine, **_make_belongings(person, mine)} for role, person in people.items()}
    theirs = (
        "raised_concern_id", "job_id", "view_id", "dissent_id", "need_id", "occasion_id", "place_registration_id",
        *PAID_WORK,
    )  # fmt: skip
    nobodys = {name: NOBODY_ID for name in theirs}
    own[PUBLIC] = {**mine, **nobodys, "passkey_id": NOBODYS_NUMBER}
    return World(people, own, {**others, **_make_belongings(owner, others, "markedneed")}, link_id)


def _make_side(mark: str, lead: Viewer, owner: Person, partner: Person) -> tuple[dict[str, Any], UUID]:
    heard = insight.make_engagement(f"Coming here {mark}")
    EngagementAccess.objects.create(engagement=heard, person_id=partner.id, given_at=NOW)
    speaker = Speaker.objects.create(
        engagement=heard, pseudonym=f"P1{mark[:9]}", external_key=mark, created_at=NOW, gender="markedfact"
    )
    contact = Contact.objects.create(
        speaker=speaker,
        channel="phone",
        phone="01632 960111",
        email="marked-contact@example.org",
        name="Markedcontactname",
        created_at=NOW,
    )
    basis = actions.make_basis()
    said = [insight.make_voice(heard, f"Spoken: two buses {mark}", speaker=speaker, basis=basis)]
    analysed = insight.make_basis(inside=False)
    said.append(insight.make_voice(heard, f"Spoken: markedanalysed {mark}", basis=analysed, row=2))
    theme = insight.make_theme(heard, said, f"Getting there {mark}", lead)
    found = insight.make_insight(theme, lead, statement=f"The journey is hard {mark}")
    evidence = add_quoted_words(
        by=lead, at=NOW, insight_id=found, voice_id=said[0].id, words="Spoken: two buses"
    )
    action = actions.make_action([found], owner=owner, state="planned")  # type: ignore[list-item]
    told, unsent = actions.make_round(action, "heard", sent=True), actions.make_round(action, "decided")
    digest = Digest.objects.create(contact=contact, state="accepted", claimed_at=NOW, settled_at=NOW)
    telling = Telling.objects.create(
        round=told,
        speaker=speaker,
        engagement=heard,
        digest=digest,
        channel="email",
        state="accepted",
        at=NOW,
    )
    expires = timezone.now() + timedelta(days=90)
    link = PrivateLink.objects.create(
        digest=digest, token_sha256=token_digest(f"token-{mark}"), created_at=NOW, expires_at=expires
    )
    words = StoryWords("en", f"A shuttle {mark[:3]}", "Getting there is hard.", "We run a shuttle.")
    write_story(action_id=action.id, words=words, by=SYSTEM, at=NOW)
    publish_action(action_id=action.id, by=SYSTEM, at=NOW)
    terms = FormTerms("Tell us.", (("What?", ""),), date(2020, 1, 1))
    form = open_public_form(engagement_id=heard.id, terms=terms, by=SYSTEM, at=NOW)
    upload = engagement.upload(heard, engagement.make_csv([(1, "p", "Fine.")]))
    member = add_member(
        terms=MemberTerms(f"Markedmember {mark}", NOW.date(), email="marked-member@example.org"),
        by=SYSTEM,
        at=NOW,
    )
    return {
        "engagement_id": heard.id, "voice_id": said[0].id, "theme_id": theme, "insight_id": found,
        "evidence_id": evidence, "action_id": action.id, "round_id": unsent.id, "speaker_id": speaker.id,
        "telling_id": telling.id, "slug": form.slug, "import_id": upload.id, "member_id": member.id,
        "person_id": partner.id, "token": f"token-{mark}", **_make_reset(mark),
        "row_row_id": heard.id, **_make_covered(heard, mark),
        **_make_request(mark, heard), "concern_id": make_raised(lead, words=f"She is shouted at {mark}").id,
        **_make_invitations(mark, "analyst" if mark == OTHERS_WORDS else "patient_partner"),
        **(groups := make_partnership(mark)), **make_things(mark, lead, groups["organisation_id"]),
        **make_papers(mark, groups["organisation_id"], heard.id, partner),
    }, link.id  # fmt: skip


def _make_covered(heard: Engagement, mark: str) -> dict[str, Any]:
    """Return a voice with a telephone number in it, which is covered, and a name of staff that is looked for."""
    words = f"Ring me on {NUMBER} about the journey {mark}."
    (voice_id,) = engagement.make_voices(heard, words)
    add_staff_names(names=f"Sister Boateng {mark[:3]}", by=SYSTEM, at=NOW)
    name_id = StaffName.objects.order_by("-added_at", "-id").values_list("id", flat=True)[0]
    return {"redaction_voice_id": voice_id, "name_id": name_id}


def _make_request(mark: str, heard: Engagement) -> dict[str, Any]:
    """Return a request about somebody's data with what was gathered for it, and a deletion that waits for a yes."""
    member = f"marked-member-{mark}@example.org"
    add_member(terms=MemberTerms(f"Markedmember {mark} too", NOW.date(), email=member), by=SYSTEM, at=NOW)
    request = ask_and_know(SYSTEM, email=member)
    gather_records(request_id=request.id, by=SYSTEM, at=NOW)
    record = request.records.order_by("id").first()
    deletion = EngagementDeletion.objects.create(engagement=heard, due_on=NOW.date(), previewed_at=NOW)
    return {
        "request_id": request.id, "record_id": record.id if record else NOBODY_ID, "deletion_id": deletion.id,
    }  # fmt: skip


def _make_reset(mark: str) -> dict[str, Any]:
    """Return somebody who forgot their password, and the secret of their link."""
    person = make_person("owner", email=f"marked-account-{mark}@example.org")
    return {"reset_person_id": person.id, "reset_token": default_token_generator.make_token(person)}


def _make_invitations(mark: str, role: str) -> dict[str, Any]:
    """Return an invitation that was sent, and the secret of its link."""
    invited = invite(
        email=f"marked-invited-{mark}@example.org",
        name="Somebody new",
        roles=[role],
        by=SYSTEM,
        at=timezone.now(),
    )
    return {"invitation_id": invited.id, "invitation_token": invited.link.rstrip("/").rpartition("/")[2]}


def _make_belongings(person: Person, side: Holes, words: str = "Step-free") -> dict[str, Any]:
    """Return what belongs to one person alone."""
    job = Job.objects.create(kind="made.up", created_at=NOW, created_by_id=person.id, run_after=NOW)
    view = SavedView.objects.create(
        person_id=person.id, page="home:start", name="Mine", query="q=x", created_at=NOW
    )
    dissent = Dissent.objects.create(
        theme_id=side["theme_id"], reason="I see it otherwise", by_id=person.id, at=NOW
    )
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    passkey = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "A telephone", "credential": {}}
    )
    need = AccessNeed.objects.create(
        subject_kind="person", subject_id=person.id, kind="step_free", words=words, strength="must", visible_to="team",
        since_on=NOW.date(), review_on=NOW.date(), created_at=NOW,
    )  # fmt: skip
    missed = NeedOccasion.objects.create(
        need=need,
        subject_id=person.id,
        happened_on=NOW.date(),
        is_met=False,
        why="Stairs",
        next_step="Ask",
        at=NOW,
    )
    raised = make_raised(get_viewer(person), words="Somebody is shouted at.")
    own_place = make_place(side["event_id"], get_viewer(person))
    return {
        "place_registration_id": own_place.id,
        "raised_concern_id": raised.id,
        "job_id": job.id, "view_id": view.id, "dissent_id": dissent.id, "passkey_id": passkey.id, "need_id": need.id,
        "occasion_id": missed.id, **make_paid_work(person),
    }  # fmt: skip
