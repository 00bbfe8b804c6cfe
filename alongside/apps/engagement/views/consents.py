"""Consents as a team sees them: lines, who allows what, withdrawals, and the texts people agree to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.engagement.forms.consents import EndingForm, MemberConsentForm, TextVersionForm
from alongside.apps.engagement.operations import (
    record_ending,
    record_member_consent,
    use_newest_text,
)
from alongside.apps.engagement.presenters import draw_plain_markdown, make_items
from alongside.apps.engagement.presenters.choices import BASES
from alongside.apps.engagement.presenters.consents import (
    EVENTS,
    HOW,
    SHORT_USES,
    TONES,
    compare_texts,
    describe_fate,
    describe_for_team,
    draw_changes,
    label_text,
    label_version,
    list_short_uses,
    list_use_rows,
    protect_people,
)
from alongside.apps.engagement.queries import get_member
from alongside.apps.engagement.queries.consents import (
    count_people_by_use,
    get_consent_engagement,
    get_member_agreement,
    list_consent_overview,
    list_forms_behind,
    list_people_to_record,
    list_withdrawals,
    name_lines,
)
from alongside.apps.people.operations import add_text_version
from alongside.apps.people.queries import (
    LedgerFilter,
    TextView,
    count_agreed,
    list_ledger,
    list_text_versions,
    view_lines,
)


def overview(request: ViewerRequest) -> HttpResponse:
    """List the engagements with how many people spoke and how many changed their minds."""
    check_may(request.viewer, "see_consents")
    context = {"page": get_page(request, list_consent_overview(request.viewer))}
    return render(request, "engagement/consents/overview.html", context)


def engagement(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show one engagement's consents: who allows what, who withdrew, and every line."""
    check_may(request.viewer, "see_consents")
    found = get_consent_engagement(request.viewer, engagement_id)
    if found is None:
        raise Http404
    viewer = request.viewer
    wanted = LedgerFilter(**{name: request.GET.get(name, "") for name in ("event", "how", "basis", "use")})
    page = get_page(request, list_ledger(viewer, wanted, engagement_id=engagement_id))
    lines = name_lines(viewer, view_lines(page.object_list))
    offered: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("event", _("What happened"), EVENTS),
        ("how", _("How"), HOW),
        ("basis", _("Why we may use it"), BASES),
        ("use", _("Allows"), SHORT_USES),
    )
    context = {
        "engagement": found,
        "uses": [(SHORT_USES[one.use], one.people) for one in count_people_by_use(viewer, engagement_id)],
        "withdrawals": [
            (one, list_short_uses(one.line.allowed), HOW[one.line.how], _published(one.line.published))
            for one in list_withdrawals(viewer, engagement_id)
        ],
        "page": page,
        "lines": [
            (
                line,
                who,
                by,
                EVENTS[line.event],
                HOW[line.how],
                TONES[line.event],
                list_short_uses(line.allowed),
                label_text(line.text_key) if line.text_key else "",
            )
            for line, who, by in lines
        ],
        "selects": [
            (name, label, make_items(choices.items(), request.GET.get(name, ""), _("All")))
            for name, label, choices in offered
        ],
        "chips": make_chips(request.GET, {name: (label, choices) for name, label, choices in offered}),
        "may_record": viewer.may("run_engagements"),
        "may_open": viewer.may("see_engagements"),
    }
    return render(request, "engagement/consents/engagement.html", context)


def _published(uses: tuple[PublishedUse, ...]) -> list[tuple[str, str]]:
    return [(describe_for_team(use), describe_fate(use)) for use in uses]


def record(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Record that somebody took words back by phone, on paper or in person."""
    check_may(request.viewer, "run_engagements")
    found = get_consent_engagement(request.viewer, engagement_id)
    if found is None:
        raise Http404
    form = EndingForm(request.POST or None, initial={"given_on": timezone.localdate()})
    people = list_people_to_record(request.viewer, engagement_id)
    form.offer_people([(str(speaker_id), pseudonym) for speaker_id, pseudonym in people])
    if form.is_valid():
        number = try_to(
            form,
            lambda: record_ending(
                engagement_id=engagement_id,
                speaker_id=UUID(form.cleaned_data["speaker"]),
                ending=form.ending,
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if number is not None:
            messages.success(request, _("Recorded. It holds from now on, in every count and quote."))
            return redirect("consents:engagement", engagement_id)
    context = {"form": form, "engagement": found, "has_people": bool(people)}
    return render(request, "engagement/consents/record.html", context)


def texts(request: ViewerRequest) -> HttpResponse:
    """List the texts people agree to, each with its newest version and how many people agreed to it."""
    check_may(request.viewer, "see_consents")
    counted = count_agreed(request.viewer)
    by_key: dict[str, list[TextView]] = {}
    for text in list_text_versions(request.viewer):
        by_key.setdefault(text.key, []).append(text)
    rows = [
        (
            key,
            label_text(key),
            versions[0].version,
            protect_people(sum(counted.get(one.id, 0) for one in versions)),
        )
        for key, versions in by_key.items()
    ]
    page = get_page(request, sorted(rows, key=lambda row: row[1]))
    return render(request, "engagement/consents/texts.html", {"page": page})


def _versions(request: ViewerRequest, key: str) -> list[TextView]:
    check_may(request.viewer, "see_consents")
    versions = list_text_versions(request.viewer, key)
    if not versions:
        raise Http404
    return versions


def text(request: ViewerRequest, key: str) -> HttpResponse:
    """Show a text's versions side by side, what changed, and how many people agreed to each."""
    versions = _versions(request, key)
    counted = count_agreed(request.viewer)
    language = request.GET.get("language", "en")
    chosen = [one for one in versions if one.language == language]
    before = {one.version: one for one in chosen}
    latest = next((one for one in versions if one.language == "en"), versions[0])
    context = {
        "key": key,
        "name": label_text(key),
        "versions": [
            (
                one,
                label_version(one),
                draw_plain_markdown(one.body),
                protect_people(counted.get(one.id, 0)),
                draw_changes(compare_texts(before[one.version - 1].body, one.body))
                if one.version - 1 in before
                else "",
            )
            for one in chosen
        ],
        "written_in": sorted({one.language for one in versions}),
        "shown": language,
        "behind": list_forms_behind(request.viewer, latest) if key == "have_your_say" else [],
        "may_write": request.viewer.may("run_engagements"),
    }
    return render(request, "engagement/consents/text.html", context)


def new_version(request: ViewerRequest, key: str) -> HttpResponse:
    """Write new words for a text; whoever agreed to older words keeps them."""
    check_may(request.viewer, "run_engagements")
    versions = _versions(request, key)
    latest = versions[0].version
    start = {one.language: one.body for one in versions if one.version == latest}
    form = TextVersionForm(request.POST or None, initial=start)
    if form.is_valid():
        made = try_to(
            form,
            lambda: add_text_version(key=key, bodies=form.bodies, by=request.viewer, at=timezone.now()),
        )
        if made is not None:
            messages.success(request, _("Kept as a new version. Whoever agreed before keeps the old words."))
            return redirect("consents:text", key)
    context = {"form": form, "key": key, "name": label_text(key), "next_version": latest + 1}
    return render(request, "engagement/consents/new_version.html", context)


@require_POST
def use_newest(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Ask people to agree to the newest words on one public page from now on."""
    use_newest_text(engagement_id=engagement_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Changed. Whoever answers from now on agrees to the new words."))
    return redirect("consents:text", "have_your_say")


def member(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Show what a member agreed to, and record what they say to the programme's text."""
    check_may(request.viewer, "see_members")
    found = get_member(request.viewer, member_id)
    if found is None:
        raise Http404
    form = MemberConsentForm(request.POST or None, initial={"given_on": timezone.localdate()})
    if form.is_valid():

        def keep() -> bool:
            record_member_consent(
                member_id=member_id, consent=form.consent, by=request.viewer, at=timezone.now()
            )
            return True

        if try_to(form, keep):
            messages.success(request, _("Recorded."))
            return redirect("consents:member", member_id)
    agreement = get_member_agreement(request.viewer, member_id)
    context = {
        "form": form,
        "member": found,
        "agreement": agreement,
        "uses": list_use_rows(agreement) if agreement else [],
        "history": [(line, EVENTS[line.event], HOW[line.how]) for line in agreement.lines]
        if agreement
        else [],
    }
    return render(request, "engagement/consents/member.html", context)
