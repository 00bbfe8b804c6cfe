"""Inviting people, and taking an invitation."""

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check
from alongside.apps.people.forms import ChoosePasswordForm, InvitationForm, PasskeyForm
from alongside.apps.people.operations import (
    Invited,
    digest_token,
    invite,
    resend_invitation,
    take_invitation,
    withdraw_invitation,
)
from alongside.apps.people.queries import (
    OpenInvitation,
    get_open_invitation,
    list_invitations,
    make_unsaved_person,
)
from alongside.apps.people.rules import PARTNER_ROLES, ROLES, ask_again, ask_again_to_change, may_invite_to
from alongside.apps.people.views.factors import name_passkey, read_new_passkey
from alongside.apps.people.views.parts import can_use_passkeys, options_to_make, wants_options


def invitations(request: ViewerRequest) -> HttpResponse:
    """List the invitations nobody has taken yet."""
    _check_may_invite(request)
    return render(
        request, "people/invitations.html", {"lines": list_invitations(request.viewer, at=timezone.now())}
    )


@ask_again
def new_invitation(request: ViewerRequest) -> HttpResponse:
    """Invite somebody."""
    _check_may_invite(request)
    may_give = ROLES if request.viewer.may("manage_people") else PARTNER_ROLES
    form = InvitationForm(request.POST or None, may_give=may_give)
    if form.is_valid():
        try:
            invited = invite(by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return _go_on_after_sending(
                request, invited, _("Invited. The letter with the link is on its way.")
            )
    return render(request, "people/invite.html", {"form": form})


@ask_again_to_change
@require_POST
def invitation_action(request: ViewerRequest, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again, or take it back."""
    now = timezone.now()
    if "withdraw" in request.POST:
        withdraw_invitation(invitation_id=invitation_id, by=request.viewer, at=now)
        messages.success(request, _("Withdrawn. The link no longer works."))
        return redirect("people:invitations")
    invited = resend_invitation(invitation_id=invitation_id, by=request.viewer, at=now)
    return _go_on_after_sending(
        request, invited, _("Sent again, with a new link. The old one no longer works.")
    )


@login_not_required
@sensitive_variables()
@sensitive_post_parameters()
def invitation(request: ViewerRequest, token: str) -> HttpResponse:
    """Take an invitation: choose a password or a passkey. Opening the page changes nothing."""
    found = get_open_invitation(digest_token(token), at=timezone.now())
    if found is None:
        return render(request, "people/link_gone.html", {"what": "invitation"}, status=410)
    person = make_unsaved_person(found)
    if wants_options(request):
        return options_to_make(person)
    wants_passkey = "credential" in request.POST
    form = ChoosePasswordForm(None if wants_passkey else request.POST or None, person=person)
    if wants_passkey:
        return _take_with_passkey(request, token, found)
    if form.is_valid():
        return _take_with_password(request, token, form.cleaned_data["new_password1"])
    return _show(request, found, form)


def _take_with_password(request: ViewerRequest, token: str, password: str) -> HttpResponse:
    person = take_invitation(token=token, at=timezone.now(), password=password)
    record_authentication(request, person, "password")
    start_session(request, person)
    return redirect("people:set_up")


def _take_with_passkey(request: ViewerRequest, token: str, found: OpenInvitation) -> HttpResponse:
    name_form = PasskeyForm(request.POST)
    credential = read_new_passkey(request, make_unsaved_person(found))
    if credential is None or not name_form.is_valid():
        return _show(request, found, ChoosePasswordForm(), failed=True)
    name = name_passkey(request, name_form)

    def add_passkey(person: object) -> None:
        WebAuthn.add(person, name, credential)
        RecoveryCodes.activate(person)

    person = take_invitation(token=token, at=timezone.now(), password=None, add_passkey=add_passkey)
    record_authentication(request, person, "mfa", type=str(Authenticator.Type.WEBAUTHN), passwordless=True)
    start_session(request, person)
    return redirect("people:codes")


def _show(
    request: ViewerRequest, found: OpenInvitation, form: ChoosePasswordForm, *, failed: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "passkey_form": PasskeyForm(),
        "invited": found,
        "failed": failed,
        "can_use_passkeys": can_use_passkeys(request),
    }
    return render(request, "people/invitation.html", context)


def _go_on_after_sending(request: ViewerRequest, invited: Invited, words: str) -> HttpResponse:
    """Go back to the list; where no mail leaves, show the link this once, to be handed over."""
    if not invited.is_mailed:
        return render(request, "people/invited.html", {"invited": invited})
    messages.success(request, words)
    return redirect("people:invitations")


def _check_may_invite(request: ViewerRequest) -> None:
    check(
        may_invite_to(request.viewer),
        _("Your role does not let you invite people. Ask an administrator if it should."),
    )
