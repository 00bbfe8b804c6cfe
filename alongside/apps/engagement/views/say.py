"""*Have your say*: one thing on each page, nothing typed is lost, nothing is kept before it is sent."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from alongside.apps.base.rules import Refused, ViewerRequest
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.forms import (
    AgreeForm,
    AnswerForm,
    ContactForm,
    FactsForm,
    SendForm,
    TakeBackForm,
)
from alongside.apps.engagement.operations import (
    make_receipt_code,
    open_receipt,
    receive_answers,
    take_back_words,
)
from alongside.apps.engagement.presenters import FACT_LABELS, draw_plain_markdown
from alongside.apps.engagement.presenters.say import Draft, Step, find_step, list_steps
from alongside.apps.engagement.queries import FormView, get_public_form
from alongside.apps.engagement.rules.asking import LASTS, remember_asker


def _language() -> str:
    return (get_language() or "en")[:2]


def _get_form(slug: str) -> FormView:
    form = get_public_form(slug, _language(), timezone.localdate())
    if form is None:
        raise Http404
    return form


def _draft(request: ViewerRequest, slug: str) -> Draft:
    return Draft.from_session(request.session.get(f"say-{slug}", {}))


def _keep(request: ViewerRequest, slug: str, draft: Draft) -> None:
    draft.code = draft.code or make_receipt_code()
    request.session[f"say-{slug}"] = draft.as_session()


def _is_shut(request: ViewerRequest, form: FormView) -> bool:
    """Return whether this reader may not even look: staff may look at a page before it opens."""
    return not form.is_open and not request.viewer.may("run_engagements")


def _render(
    request: ViewerRequest, template: str, say: FormView, step: Step | None = None, /, **context: Any
) -> HttpResponse:
    context |= {"say": say, "step": step, "is_preview": not say.is_open}
    return render(request, f"engagement/say/{template}.html", context)


@login_not_required
def welcome(request: ViewerRequest, slug: str) -> HttpResponse:
    """Say why we ask, how long it takes, and that it is a free choice."""
    form = _get_form(slug)
    if _is_shut(request, form):
        return _render(request, "shut", form)
    return _render(request, "welcome", form)


@login_not_required
@never_cache
def agree(request: ViewerRequest, slug: str) -> HttpResponse:
    """Show what happens to the words, and ask about each use by itself."""
    form, draft = _get_form(slug), _draft(request, slug)
    if _is_shut(request, form):
        return redirect("say:welcome", slug)
    asked = AgreeForm(request.POST or None, initial={"uses": draft.uses})
    if request.method == "POST" and (asked := AgreeForm(request.POST)).is_valid():
        draft.uses = asked.cleaned_data["uses"]
        draft.consent_text_id = str(form.consent_text_id)
        if not draft.wants_contact:
            draft.contact = {}
        return _go_on(request, form, draft, "agree")
    agreed_before = bool(draft.consent_text_id) and _needs_agreement(form, draft)
    before, step, _after = find_step(list_steps(form, draft), "agree")
    return _render(
        request,
        "agree",
        form,
        step,
        form=asked,
        back=before,
        consent=draw_plain_markdown(form.consent_body),
        agreed_before=agreed_before,
    )


def _go_on(request: ViewerRequest, form: FormView, draft: Draft, name: str) -> HttpResponse:
    """Keep the draft and go to the next page, or back to the check page where somebody came from there."""
    _keep(request, form.slug, draft)
    if request.GET.get("from") == "check":
        return redirect("say:check", form.slug)
    _before, _step, after = find_step(list_steps(form, draft), name)
    return redirect(after)


def _needs_agreement(form: FormView, draft: Draft) -> bool:
    return draft.consent_text_id != str(form.consent_text_id)


@login_not_required
@never_cache
def question(request: ViewerRequest, slug: str, position: int) -> HttpResponse:
    """Ask one question; it may be skipped."""
    form, draft = _get_form(slug), _draft(request, slug)
    asked = next((one for one in form.questions if one.position == position), None)
    if asked is None:
        raise Http404
    if _is_shut(request, form) or _needs_agreement(form, draft):
        return redirect("say:agree", slug)
    answer = AnswerForm(initial={"text": draft.answers.get(str(position), "")})
    if request.method == "POST":
        answer = AnswerForm(request.POST)
        if answer.is_valid():
            draft.answers[str(position)] = answer.cleaned_data["text"].replace("\r\n", "\n")
            return _go_on(request, form, draft, f"question-{position}")
    before, step, _after = find_step(list_steps(form, draft), f"question-{position}")
    answer.fields["text"].label = asked.words
    answer.fields["text"].help_text = asked.help_words
    return _render(request, "question", form, step, form=answer, asked=asked, back=before)


@login_not_required
@never_cache
def facts(request: ViewerRequest, slug: str) -> HttpResponse:
    """Ask what somebody wants to say about themselves; all of it may be left."""
    form, draft = _get_form(slug), _draft(request, slug)
    if _is_shut(request, form) or _needs_agreement(form, draft) or not form.asks_facts:
        return redirect("say:agree", slug)
    asked = FactsForm(initial=draft.facts)
    if request.method == "POST" and (asked := FactsForm(request.POST)).is_valid():
        draft.facts = dict(asked.facts)
        return _go_on(request, form, draft, "facts")
    before, step, _after = find_step(list_steps(form, draft), "facts")
    return _render(request, "facts", form, step, form=asked, back=before)


@login_not_required
@never_cache
def contact(request: ViewerRequest, slug: str) -> HttpResponse:
    """Ask how somebody wants to hear back."""
    form, draft = _get_form(slug), _draft(request, slug)
    if _is_shut(request, form) or _needs_agreement(form, draft) or not draft.wants_contact:
        return redirect("say:agree", slug)
    asked = ContactForm(initial=draft.contact)
    if request.method == "POST" and (asked := ContactForm(request.POST)).is_valid():
        kept = asked.contact
        draft.contact = {name: getattr(kept, name) for name in kept.__dataclass_fields__} if kept else {}
        return _go_on(request, form, draft, "contact")
    before, step, _after = find_step(list_steps(form, draft), "contact")
    return _render(request, "contact", form, step, form=asked, back=before)


@login_not_required
@never_cache
def check(request: ViewerRequest, slug: str) -> HttpResponse:
    """Show everything once more, then send it."""
    form, draft = _get_form(slug), _draft(request, slug)
    if _is_shut(request, form) or _needs_agreement(form, draft):
        return redirect("say:agree", slug)
    sending = SendForm(request.POST if request.method == "POST" else None)
    if sending.is_valid():
        code = try_to(
            sending,
            lambda: receive_answers(
                slug=slug,
                sent=draft.as_sent(_language()),
                by=request.viewer,
                at=timezone.now(),
                on=timezone.localdate(),
            ),
        )
        if code is not None:
            request.session.pop(f"say-{slug}", None)
            request.session[f"said-{slug}"] = code
            return redirect("say:sent", slug)
    before, step, _after = find_step(list_steps(form, draft), "check")
    chosen = dict(AgreeForm.base_fields["uses"].choices)  # type: ignore[attr-defined]
    return _render(
        request,
        "check",
        form,
        step,
        form=sending,
        back=before,
        answers=[(one, draft.answers.get(str(one.position), "")) for one in form.questions],
        facts=[(FACT_LABELS[name], value) for name, value in draft.facts.items()],
        uses=[chosen[use] for use in draft.uses if use in chosen],
        contact=draft.contact,
        wants_contact=draft.wants_contact,
    )


@login_not_required
@never_cache
def sent(request: ViewerRequest, slug: str) -> HttpResponse:
    """Say thank you, show the receipt code, and what happens next."""
    form = _get_form(slug)
    code = request.session.get(f"said-{slug}", "")
    if not code:
        return redirect("say:welcome", slug)
    return _render(request, "sent", form, code=code)


@login_not_required
@never_cache
def take_back(request: ViewerRequest, slug: str) -> HttpResponse:
    """Let somebody take their words back with their receipt code, or look first at what they agreed to."""
    form = _get_form(slug)
    asked = TakeBackForm(request.POST or None)
    if asked.is_valid():
        code, at = asked.cleaned_data["code"], timezone.now()
        only_look = "look" in request.POST
        try:
            speaker_id = open_receipt(slug=slug, code=code)
            if not only_look:
                take_back_words(slug=slug, code=code, by=request.viewer, at=at)
        except Refused as refusal:
            asked.add_error("code", refusal.reason)
        else:
            request.session.pop(f"said-{slug}", None)
            ended = None if only_look else speaker_id
            remember_asker(request.session, [speaker_id], how="receipt", until=at + LASTS, ended=ended)
            return redirect("own:consents" if only_look else "own:ended")
    return _render(request, "take_back", form, form=asked)
