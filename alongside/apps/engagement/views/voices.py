"""Voices: the list, one voice with its place and its trail, typing, downloads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.operations import record_export
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.queries import get_trail
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.engagement.forms import TypeForm
from alongside.apps.engagement.operations import set_up_basis, type_voices
from alongside.apps.engagement.presenters import (
    FACT_LABELS,
    describe_facts,
    describe_place,
    describe_uses,
    list_covered,
    list_text_choices,
    list_voice_columns,
    make_items,
    make_voice_rows,
)
from alongside.apps.engagement.presenters.choices import BASES, HAS_FACTS, VOICE_KINDS
from alongside.apps.engagement.queries import (
    VoiceFilter,
    get_engagement,
    get_voice,
    list_choices,
    list_sources,
    list_voices,
    view_voices,
)
from alongside.apps.engagement.rules import FACT_COLUMNS, check_rows_may_leave

FILTERS = ("q", "question", "service", "source", "basis", "kind", "has_facts", *FACT_COLUMNS)
# These stand in the open; the others wait under "More filters".
FIRST_FILTERS = ("q", "kind", "source", "question")
# What stays for the next voice when a helper types several in a row.
KEPT = ("speaker", "question", "basis_kind", "text_key", "article9", "language")


def voices(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """List the voices of one engagement with search and filters."""
    engagement = _get_engagement(request, engagement_id)
    wanted = _read_filter(request)
    page = get_page(request, list_voices(request.viewer, engagement_id, wanted))
    sources = [
        (str(one.id), one.file_name or one.label) for one in list_sources(request.viewer, engagement_id)
    ]
    found = view_voices(request.viewer, page.object_list)
    selects = _make_selects(request, engagement_id, sources)
    context = {
        "engagement": engagement,
        "page": page,
        "voices": [(voice, describe_place(voice)) for voice in found],
        "words": wanted.words,
        "chips": make_chips(request.GET, _chip_labels(dict(sources))),
        "selects": [one for one in selects if one[0] in FIRST_FILTERS],
        "more_selects": [one for one in selects if one[0] not in FIRST_FILTERS],
        "more_names": " ".join(name for name in FILTERS if name not in FIRST_FILTERS),
        "query": request.GET.urlencode(),
        "may_export": request.viewer.may("export_rows"),
        "may_bring_in": request.viewer.may("bring_in_voices") and engagement.closed_at is None,
    }
    return render(request, "engagement/voices.html", context)


def _get_engagement(request: ViewerRequest, engagement_id: UUID) -> Any:
    check_may(request.viewer, "see_voices")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    return engagement


def _read_filter(request: ViewerRequest) -> VoiceFilter:
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    try:
        source = UUID(chosen["source"]) if chosen["source"] else None
    except ValueError:
        source = None
    return VoiceFilter(
        words=chosen["q"],
        question=chosen["question"],
        service=chosen["service"],
        source=source,
        basis=chosen["basis"],
        kind=chosen["kind"],
        has_facts=chosen["has_facts"],
        facts=tuple((name, chosen[name]) for name in FACT_COLUMNS if chosen[name]),
    )


def _chip_labels(sources: dict[str, str]) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "q": (_("Words"), {}),
        "question": (_("Question"), {}),
        "service": (_("Service"), {}),
        "source": (_("Source"), sources),
        "basis": (_("Basis"), {key: str(words) for key, words in BASES.items()}),
        "kind": (_("Showing"), {key: str(words) for key, words in VOICE_KINDS.items()}),
        "has_facts": (_("About the person"), {key: str(words) for key, words in HAS_FACTS.items()}),
        **{name: (str(label), {}) for name, label in FACT_LABELS.items()},
    }


def _make_selects(
    request: ViewerRequest, engagement_id: UUID, sources: list[tuple[str, str]]
) -> list[tuple[str, str, object]]:
    """Return the filters that have something to choose from: name, label, items."""
    viewer = request.viewer
    offered: list[tuple[str, object, Any, object]] = [
        ("kind", _("Showing"), VOICE_KINDS.items(), _("Voices that count")),
        ("source", _("Source"), sources, _("All sources")),
        ("basis", _("Basis"), BASES.items(), _("Any basis")),
    ]
    for name, label, everything in (
        ("question", _("Question"), _("All questions")),
        ("service", _("Service"), _("All services")),
    ):
        values = list_choices(viewer, engagement_id, name)
        offered.append((name, label, [(value, value) for value in values], everything))
    if viewer.may("see_facts_of_persons"):
        offered.append(("has_facts", _("About the person"), HAS_FACTS.items(), _("Whatever they said")))
        for name, fact in FACT_LABELS.items():
            values = list_choices(viewer, engagement_id, name)
            offered.append((name, fact, [(value, value) for value in values], _("All")))
    return [
        (name, str(label), make_items(choices, request.GET.get(name, ""), everything))
        for name, label, choices, everything in offered
        if choices
    ]


def export(request: ViewerRequest, engagement_id: UUID, ending: str) -> HttpResponseBase:
    """Download the voices that the filters leave, as CSV or XLSX; without facts of persons for most roles."""
    check_may(request.viewer, "export_rows")
    _get_engagement(request, engagement_id)
    with_facts, wanted = request.viewer.may("export_facts"), _read_filter(request)
    check_rows_may_leave(with_facts=with_facts, picks_by_facts=bool(wanted.facts or wanted.has_facts))
    found = list_voices(request.viewer, engagement_id, wanted)
    record_export(
        what="voices",
        object_type="engagement.engagement",
        object_ids=[engagement_id],
        rows=found.count(),
        ending=ending,
        by=request.viewer,
        at=timezone.now(),
    )
    views = (
        view for voice in found.iterator(chunk_size=2_000) for view in view_voices(request.viewer, [voice])
    )
    columns = list_voice_columns(with_facts=with_facts)
    return download(ending, "voices", columns, make_voice_rows(views, with_facts=with_facts))


def voice(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    """Show one voice: the words, who said them, where they stand, what they may be used for, what came of them."""
    check_may(request.viewer, "see_voices")
    found = get_voice(request.viewer, voice_id)
    if found is None:
        raise Http404
    context = {
        "voice": found,
        "place": describe_place(found),
        "facts": describe_facts(found.facts),
        "uses": describe_uses(found.basis),
        "stops": get_trail(request.viewer, "voice", voice_id),
        "quoted": _get_quoted(request, found.text),
        "covered": list_covered(found.text),
        "may_review": request.viewer.may("review_redactions"),
    }
    return render(request, "engagement/voice.html", context)


def _get_quoted(request: ViewerRequest, text: str) -> str:
    """Return the part of the words that a quote elsewhere came from, where the address names a part of them."""
    start, end = request.GET.get("from", ""), request.GET.get("to", "")
    if not (start.isdecimal() and end.isdecimal()) or len(start) > 9 or len(end) > 9:
        return ""
    part = text[int(start) : int(end)]
    return "" if part == text else part


def type_one(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Type one voice, then the next: who spoke and the basis stay as they were."""
    check_may(request.viewer, "bring_in_voices")
    engagement = _get_engagement(request, engagement_id)
    kept = request.session.get("typing", {}) if request.GET.get("again") else {}
    form = TypeForm(
        request.POST or None, initial={"said_on": timezone.localdate(), "language": "en", **_kept(kept)}
    )
    form.offer_texts(list_text_choices(request.viewer))
    if form.is_valid() and _keep_voice(request, engagement_id, form):
        data = form.cleaned_data
        day = data["said_on"].isoformat() if data["said_on"] else ""
        request.session["typing"] = {name: data[name] for name in KEPT} | {
            "uses": data["uses"],
            "said_on": day,
        }
        typed = request.POST.get("typed", "")
        count = int(typed) + 1 if typed.isascii() and typed.isdigit() else 1
        if "another" in request.POST:
            words = ngettext("Kept. %(number)s voice typed.", "Kept. %(number)s voices typed.", count)
            messages.success(request, words % {"number": count})
            return redirect(f"{request.path}?again={count}")
        messages.success(request, _("Kept."))
        return redirect("engagement:voices", engagement_id)
    context = {"form": form, "engagement": engagement, "typed": request.GET.get("again", "0")}
    return render(request, "engagement/type.html", context)


def _kept(kept: dict[str, object]) -> dict[str, object]:
    return {**kept, "said_on": parse_date(str(kept["said_on"]))} if kept.get("said_on") else kept


def _keep_voice(request: ViewerRequest, engagement_id: UUID, form: TypeForm) -> bool:
    by, at = request.viewer, timezone.now()

    def keep() -> bool:
        basis_id = set_up_basis(terms=form.basis_terms, by=by, at=at)
        type_voices(
            engagement_id=engagement_id,
            voices=[form.voice],
            basis_id=basis_id,
            said_on=form.cleaned_data["said_on"],
            language=form.cleaned_data["language"],
            by=by,
            at=at,
        )
        return True

    return bool(try_to(form, keep))
