"""Invitations: the only way to an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.people.models import Invitation, Person
from alongside.apps.people.operations import (
    digest_token,
    end_role,
    invite,
    resend_invitation,
    take_invitation,
    withdraw_invitation,
)
from alongside.apps.people.queries import get_open_invitation, get_viewer, list_invitations
from alongside.apps.people.rules import INVITATION_LASTS
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db(transaction=True)


def make_invitation(by: Viewer = SYSTEM, *roles: str, email: str = "bea@example.org") -> str:
    """Invite somebody; return the secret of the link."""
    invited = invite(email=email, name="Bea", roles=roles or ["analyst"], by=by, at=NOW)
    return invited.link.rstrip("/").rsplit("/", 1)[1]


def test_a_link_makes_one_account_once() -> None:
    token = make_invitation()
    person = take_invitation(token=token, at=NOW, password="four odd words here")
    assert get_viewer(person).roles == {"analyst"}
    assert person.check_password("four odd words here")
    with pytest.raises(Refused, match="no longer works"):
        take_invitation(token=token, at=NOW, password="four odd words here")
    row = Invitation.objects.get()
    assert (row.person_id, row.email, row.name, row.taken_at) == (person.id, "", "", NOW)
    assert token not in str(Invitation.objects.values_list())
    assert {line.operation for line in AuditLine.objects.all()} >= {"invite", "take_invitation", "give_role"}


def test_a_passkey_made_at_once_comes_with_the_account_or_not_at_all() -> None:
    token = make_invitation()
    made: list[Person] = []

    def break_down(person: Person) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        take_invitation(token=token, at=NOW, password=None, add_passkey=break_down)
    assert not Person.objects.exists()
    person = take_invitation(token=token, at=NOW, password=None, add_passkey=made.append)
    assert made == [person]
    assert not person.has_usable_password()


def test_a_link_is_old_after_seven_days_and_a_new_one_takes_its_place() -> None:
    token = make_invitation()
    late = NOW + INVITATION_LASTS
    assert get_open_invitation(digest_token(token), at=late) is None
    with pytest.raises(Refused, match="no longer works"):
        take_invitation(token=token, at=late, password="four odd words here")
    administrator = make_viewer("administrator")
    row = Invitation.objects.get()
    fresh = (
        resend_invitation(invitation_id=row.id, by=administrator, at=late).link.rstrip("/").rsplit("/", 1)[1]
    )
    assert get_open_invitation(digest_token(token), at=late) is None
    assert take_invitation(token=fresh, at=late, password="four odd words here").email == "bea@example.org"
    with pytest.raises(Refused, match="taken or withdrawn"):
        resend_invitation(invitation_id=row.id, by=administrator, at=late)


def test_an_invitation_taken_back_works_no_more_and_keeps_no_name() -> None:
    token = make_invitation()
    administrator = make_viewer("administrator")
    withdraw_invitation(invitation_id=Invitation.objects.get().id, by=administrator, at=NOW)
    with pytest.raises(Refused, match="no longer works"):
        take_invitation(token=token, at=NOW, password="four odd words here")
    row = Invitation.objects.get()
    assert (row.email, row.name) == ("", "")
    make_invitation()  # the address is free again


def test_who_may_no_longer_invite_takes_their_open_invitations_along() -> None:
    lead = make_person("engagement_lead")
    token = make_invitation(get_viewer(lead), "patient_partner")
    end_role(person_id=lead.id, role="engagement_lead", by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="no longer works"):
        take_invitation(token=token, at=NOW, password="four odd words here")
    assert Invitation.objects.get().taken_at is None


@pytest.mark.parametrize(
    ("role", "to", "reason"),
    [
        ("engagement_lead", "analyst", "Ask an administrator to invite a colleague"),
        ("engagement_lead", "administrator", "Ask an administrator to invite a colleague"),
        ("analyst", "patient_partner", "does not let you invite partners"),
        ("administrator", "king", "“king” is not a role"),
    ],
)
def test_nobody_gives_what_is_not_theirs_to_give(role: str, to: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        make_invitation(make_viewer(role), to)
    assert not Invitation.objects.exists()


def test_a_lead_invites_partners_and_sees_and_changes_those_invitations_only() -> None:
    lead, administrator = make_viewer("engagement_lead"), make_viewer("administrator")
    make_invitation(lead, "patient_partner", email="pat@example.org")
    make_invitation(administrator, "analyst")
    assert [line.email for line in list_invitations(lead, at=NOW)] == ["pat@example.org"]
    assert len(list_invitations(administrator, at=NOW)) == 2
    assert list_invitations(make_viewer("analyst"), at=NOW) == []
    colleague = Invitation.objects.get(email="bea@example.org")
    with pytest.raises(Refused, match="no such invitation of yours"):
        withdraw_invitation(invitation_id=colleague.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="does not let you invite"):
        withdraw_invitation(invitation_id=colleague.id, by=make_viewer("analyst"), at=NOW)


def test_an_address_is_invited_once_and_not_when_it_is_here() -> None:
    make_invitation()
    with pytest.raises(Refused, match="has an invitation already"):
        make_invitation(email="BEA@example.org")
    somebody = make_person("analyst")
    with pytest.raises(Refused, match="already here"):
        make_invitation(email=somebody.email)
    with pytest.raises(Refused, match="at least one role"):
        invite(email="c@example.org", name="C", roles=[], by=SYSTEM, at=NOW)


def test_an_address_that_came_here_meanwhile_signs_in_instead() -> None:
    token = make_invitation()
    make_person("analyst", email="Bea@example.org")
    with pytest.raises(Refused, match="Sign in instead"):
        take_invitation(token=token, at=NOW, password="four odd words here")


def test_an_administrator_invites_on_the_page_and_the_letter_leads_in(client: Client) -> None:
    client.force_login(make_person("administrator"))
    assert b"Nobody is waiting" in client.get(reverse("people:invitations")).content
    words = {"name": "Bea", "email": "bea@example.org", "roles": ["analyst", "owner"]}
    assert b"Choose at least one role" in client.post(reverse("people:invite"), {"name": "Bea"}).content
    assert client.post(reverse("people:invite"), words).status_code == 302
    assert b"has an invitation already" in client.post(reverse("people:invite"), words).content
    assert b"bea@example.org" in client.get(reverse("people:invitations")).content
    letter = mail.outbox[-1]
    assert "Bea" not in str(letter.body)
    link = re.search(r"http://\S+", str(letter.body))
    assert link is not None
    address, guest = "/" + link.group(0).split("/", 3)[3], Client()
    before = list(Invitation.objects.values_list())
    assert b"Welcome, Bea" in guest.get(address).content
    assert list(Invitation.objects.values_list()) == before
    assert (
        b"at least 15 characters"
        in guest.post(address, {"new_password1": "short", "new_password2": "short"}).content
    )
    assert guest.post(address, {"options": "yes"}).json()["publicKey"]["user"]["name"] == "bea@example.org"
    assert (
        b"did not arrive whole"
        in guest.post(address, {"credential": "{}"}, headers={"host": "localhost"}).content
    )
    taken = guest.post(address, dict.fromkeys(("new_password1", "new_password2"), "four odd words here"))
    assert taken.headers["Location"] == reverse("people:set_up")
    assert guest.get(reverse("home:start")).headers["Location"] == reverse("people:set_up")
    assert guest.get(address).status_code == 410
    assert get_viewer(Person.objects.get(email="bea@example.org")).roles == {"analyst", "owner"}


def test_invitations_are_sent_again_and_taken_back_on_the_page(client: Client) -> None:
    lead = make_person("engagement_lead")
    make_invitation(get_viewer(lead), "patient_partner")
    client.force_login(lead)
    row = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert b"Expired" in client.get(reverse("people:invitations")).content
    action = reverse("people:invitation_action", args=[row.id])
    client.post(action, {"resend": "yes"})
    assert b"Expired" not in client.get(reverse("people:invitations")).content
    client.post(action, {"withdraw": "yes"})
    assert b"Nobody is waiting" in client.get(reverse("people:invitations")).content
    form = client.get(reverse("people:invite")).content.decode()
    assert "patient_partner" in form
    assert 'value="analyst"' not in form


def test_nobody_else_sees_who_was_invited(client: Client) -> None:
    client.force_login(make_person("analyst"))
    assert client.get(reverse("people:invitations")).status_code == 403
    assert client.get(reverse("people:invite")).status_code == 403


def test_nothing_leaves_the_demonstration(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    make_invitation()
    assert mail.outbox == []


def test_where_no_mail_leaves_the_link_is_shown_once_and_printed_nowhere(
    client: Client, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    client.force_login(make_person("administrator"))
    words = {"name": "Bea", "email": "bea@example.org", "roles": ["analyst"]}
    page = client.post(reverse("people:invite"), words).content.decode()
    link = re.search(r"http://\S+/invitation/[\w-]+/", page)
    assert link is not None
    assert link.group(0) not in client.get(reverse("people:invitations")).content.decode()
    assert "bea@example.org" not in "".join(capsys.readouterr())
