"""Private links: a GET changes nothing; a button opens a short visit at an address without the token.

A visit is kept in the session: which link, until when, and whether a one-time code was typed. Answers are never
stored by browsers or proxies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alongside.apps.actions.forms import CodeForm, HelpForm, ReplyForm
from alongside.apps.actions.operations.answers import (
    answer_help,
    reply,
    stop_contact,
    stop_contact_by_token,
)
from alongside.apps.actions.operations.links import CodeFate, mail_code, open_link, try_code
from alongside.apps.actions.queries.visits import (
    Story,
    Visit,
    get_visit,
    list_own_words,
    list_speakers_of_link,
)
from alongside.apps.actions.rules import VISIT_LASTS
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest
from alongside.apps.engagement.rules.asking import KEPT_AS, remember_asker

LINK, UNTIL, UNLOCKED = "visit_link", "visit_until", "visit_unlocked"
P = ParamSpec("P")


def kept_private(
    view: Callable[Concatenate[ViewerRequest, P], HttpResponse],
) -> Callable[Concatenate[ViewerRequest, P], HttpResponse]:
    """Let nobody store or index the answer.

    `same-origin` keeps every address from other hosts; with `no-referrer` a browser would also hide the origin
    of our own forms, and the check against forged ones could not pass.
    """

    @wraps(view)
    def wrapped(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer.setdefault("Referrer-Policy", "same-origin")
        return answer

    return wrapped


def _from_elsewhere(request: ViewerRequest) -> bool:
    """Return whether a browser says that another site sent this form."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _gone(request: ViewerRequest) -> HttpResponse:
    """Answer the same for a link that is unknown, expired or used from another site."""
    return render(request, "actions/public/link_gone.html", status=404)


def _no_referrer(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@kept_private
def link(request: ViewerRequest, token: str) -> HttpResponse:
    """Show a button; the button exchanges the token for a short visit.

    The token is a secret that no other site can know, so it stands in for the check against forged forms.
    """
    if request.method != "POST":
        return _no_referrer(render(request, "actions/public/link.html"))
    at = timezone.now()
    opened = None if _from_elsewhere(request) else open_link(token=token, at=at)
    if opened is None:
        return _no_referrer(_gone(request))
    request.session.cycle_key()
    request.session[LINK] = str(opened.id)
    request.session[UNTIL] = min(at + VISIT_LASTS, opened.expires_at).isoformat()
    request.session[UNLOCKED] = False
    return _no_referrer(redirect("told:words"))


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@kept_private
def stop_by_link(request: ViewerRequest, token: str) -> HttpResponse:
    """Stop writing to this person, by a button or by their mail program's own "unsubscribe"."""
    if request.method != "POST":
        return _no_referrer(render(request, "actions/public/stop.html"))
    stop_contact_by_token(token=token, at=timezone.now())
    # The same words whether the link was known or not: nobody learns from it.
    return _no_referrer(render(request, "actions/public/stopped.html"))


def _visit(request: ViewerRequest, at: datetime) -> Visit | None:
    """Return the visit of this session, while it lasts."""
    link_id, until = request.session.get(LINK), request.session.get(UNTIL)
    if not link_id or not until or datetime.fromisoformat(until) <= at:
        return None
    return get_visit(UUID(link_id), at)


@login_not_required
@kept_private
def words(request: ViewerRequest) -> HttpResponse:
    """Show what became of somebody's words."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    return _show(request, visit)


def _show(
    request: ViewerRequest,
    visit: Visit,
    *,
    telling_id: UUID | None = None,
    form: ReplyForm | HelpForm | None = None,
) -> HttpResponse:
    cards = [_card(story, form if story.telling_id == telling_id else None) for story in visit.stories]
    context = {"visit": visit, "cards": cards, "bad_form": form, "unlocked": request.session.get(UNLOCKED)}
    return render(request, "actions/public/words.html", context)


@dataclass(frozen=True)
class Card:
    """One story with the forms under it; each form's ids are its own, because a page may hold several."""

    story: Story
    reply: ReplyForm
    help: HelpForm


def _card(story: Story, form: ReplyForm | HelpForm | None) -> Card:
    ids = f"id_{story.telling_id}_%s"
    reply_form = form if isinstance(form, ReplyForm) else ReplyForm(auto_id=f"reply_{ids}")
    answer = {"answer": story.answer or None}
    help_form = form if isinstance(form, HelpForm) else HelpForm(auto_id=f"help_{ids}", initial=answer)
    return Card(story, reply_form, help_form)


@login_not_required
@require_POST
@kept_private
def ask_code(request: ViewerRequest) -> HttpResponse:
    """Mail a one-time code."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    try:
        mail_code(link_id=visit.link_id, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("told:words")
    return redirect("told:own_words")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@kept_private
def own_words(request: ViewerRequest) -> HttpResponse:
    """Ask for the code, then show the person's own words."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    if request.session.get(UNLOCKED):
        found = list_own_words(visit.link_id)
        return render(request, "actions/public/own_words.html", {"own_words": found})
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fate = try_code(link_id=visit.link_id, code=form.cleaned_data["code"], at=timezone.now())
        if fate is CodeFate.RIGHT:
            request.session[UNLOCKED] = True
            return redirect("told:own_words")
        add_refusal(form, "code", _code_words(fate))
    return render(request, "actions/public/code.html", {"form": form})


def _code_words(fate: CodeFate) -> str:
    if fate is CodeFate.WRONG:
        return _("This is not the code. Look at the newest mail and try again.")
    return _("This code cannot be used any more. Ask for a new one below.")


@login_not_required
@require_POST
@kept_private
def reply_to(request: ViewerRequest, telling_id: UUID) -> HttpResponse:
    """Keep a reply as a new voice."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    form = ReplyForm(request.POST, auto_id=f"reply_id_{telling_id}_%s")
    if form.is_valid():
        try:
            reply(
                link_id=visit.link_id,
                telling_id=telling_id,
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Thank you. Your reply has arrived, and somebody will read it."))
            return redirect("told:words")
    return _show(request, visit, telling_id=telling_id, form=form)


@login_not_required
@require_POST
@kept_private
def help_answer(request: ViewerRequest, telling_id: UUID) -> HttpResponse:
    """Keep whether it helped."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    form = HelpForm(request.POST, auto_id=f"help_id_{telling_id}_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            answer_help(
                link_id=visit.link_id,
                telling_id=telling_id,
                answer=data["answer"],
                words=data["words"],
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Thank you. Your answer has arrived."))
            return redirect("told:words")
    return _show(request, visit, telling_id=telling_id, form=form)


@login_not_required
@require_POST
@kept_private
def stop(request: ViewerRequest) -> HttpResponse:
    """Stop writing to this person."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    stop_contact(link_id=visit.link_id, at=timezone.now())
    return render(request, "actions/public/stopped.html")


@login_not_required
@require_POST
@kept_private
def consents(request: ViewerRequest) -> HttpResponse:
    """Lead to what this person agreed to, for as long as the visit lasts."""
    visit = _visit(request, timezone.now())
    if visit is None:
        return _gone(request)
    until = datetime.fromisoformat(request.session[UNTIL])
    speakers = list_speakers_of_link(visit.link_id)
    remember_asker(request.session, speakers, how="private_link", until=until)
    return redirect("own:consents")


@login_not_required
@require_POST
@kept_private
def leave(request: ViewerRequest) -> HttpResponse:
    """End the visit on this device."""
    for name in (LINK, UNTIL, UNLOCKED, KEPT_AS):
        request.session.pop(name, None)
    return render(request, "actions/public/left.html")
