"""A person decides about themes: accept, reject, rename, merge, split, move; each can be followed and undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.insight.models import Placement, ProposedTheme, Theme, ThemeDecision, ThemeRun
from alongside.apps.insight.operations.placing import (
    Note,
    count_voices,
    find_live_decision,
    get_proposal_to_decide,
    get_theme_to_decide,
    list_chosen_voices,
    list_standing_names,
    lock_review,
    move_placed,
    place_proposed,
    place_unplaced,
    write_down,
)
from alongside.apps.insight.rules import (
    check_name_is_free,
    check_open,
    check_reason,
    check_stands,
    clean_name,
)

Kind = ThemeDecision.Kind


@transaction.atomic
def accept_theme(
    *, by: Viewer, at: datetime, proposed_theme_id: UUID, name: str = "", reason: str = ""
) -> UUID:
    """Make a proposed theme a theme, under its own or another name, with its voices; return the theme's id.

    Raise Refused where somebody decided first, a newer run stands, or the name is taken.
    """
    check_may(by, "decide_themes")
    proposal, run = _lock_open_proposal(by, proposed_theme_id)
    return _accept(by=by, at=at, proposal=proposal, run=run, name=name, reason=reason.strip()).id


@transaction.atomic
def reject_theme(*, by: Viewer, at: datetime, proposed_theme_id: UUID, reason: str) -> None:
    """Set a proposed theme aside, with the reason; its voices go to "unplaced: please read"."""
    check_may(by, "decide_themes")
    proposal, run = _lock_open_proposal(by, proposed_theme_id)
    words = check_reason(reason, "reject this proposal")
    write_down(
        by=by,
        at=at,
        note=Note(Kind.REJECT, run.engagement_id, reason=words, run_id=run.id, proposal=proposal),
    )


@transaction.atomic
def rename_theme(*, by: Viewer, at: datetime, theme_id: UUID, name: str, reason: str = "") -> None:
    """Give a theme another name; the old one stays in its history."""
    check_may(by, "decide_themes")
    theme = _lock_theme(by, theme_id)
    new = clean_name(name)
    check(new != theme.name, "That is the name it has already. Type another one.", field="name")
    check_name_is_free(new, list_standing_names(theme.engagement_id, but=theme))
    note = Note(
        Kind.RENAME,
        theme.engagement_id,
        reason=reason.strip(),
        theme=theme,
        before={"name": theme.name, "after": new},
    )
    write_down(by=by, at=at, note=note)
    theme.name = new
    theme.save(update_fields=["name"])


@transaction.atomic
def describe_theme(*, by: Viewer, at: datetime, theme_id: UUID, description: str) -> None:
    """Say in a sentence or two what a theme is about, for those who were not there."""
    check_may(by, "decide_themes")
    theme = _lock_theme(by, theme_id)
    theme.description = description.strip()
    theme.save(update_fields=["description"])
    record_audit(by=by, at=at, operation="describe_theme", on=theme)


@transaction.atomic
def merge_proposal(*, by: Viewer, at: datetime, proposed_theme_id: UUID, into_id: UUID, reason: str) -> UUID:
    """Put a proposal's voices into a theme, or into another open proposal, which is accepted by that.

    Return the id of the theme they went into.
    """
    check_may(by, "decide_themes")
    proposal, run = _lock_open_proposal(by, proposed_theme_id)
    words = check_reason(reason, "merge these two")
    check(proposal.id != into_id, "Choose another theme to merge into: this is the same one.", field="into")
    target = _as_theme(by=by, at=at, item_id=into_id, engagement_id=run.engagement_id)
    note = Note(
        Kind.MERGE, run.engagement_id, reason=words, run_id=run.id, proposal=proposal, other_theme=target
    )
    decision = write_down(by=by, at=at, note=note)
    place_proposed(decision=decision, proposal=proposal, theme=target)
    return target.id


@transaction.atomic
def merge_themes(*, by: Viewer, at: datetime, theme_id: UUID, into_id: UUID, reason: str) -> UUID:
    """Merge one theme into another; its voices and the insights that rest on it follow. Return the target's id."""
    check_may(by, "decide_themes")
    theme = _lock_theme(by, theme_id)
    words = check_reason(reason, "merge these two")
    check(theme.id != into_id, "Choose another theme to merge into: this is the same one.", field="into")
    target = _as_theme(by=by, at=at, item_id=into_id, engagement_id=theme.engagement_id)
    follow = list(theme.insights.exclude(themes=target))
    note = Note(
        Kind.MERGE,
        theme.engagement_id,
        reason=words,
        theme=theme,
        other_theme=target,
        before={"insights": [str(insight.id) for insight in follow]},
    )
    decision = write_down(by=by, at=at, note=note)
    moved = move_placed(
        decision=decision, placements=Placement.objects.filter(theme=theme), to=target, individually=None
    )
    count_voices(decision, moved)
    theme.state, theme.merged_into = Theme.State.MERGED, target
    theme.save(update_fields=["state", "merged_into"])
    target.insights.add(*follow)
    return target.id


@transaction.atomic
def split_theme(
    *, by: Viewer, at: datetime, item_id: UUID, voice_ids: Sequence[UUID], name: str, reason: str
) -> UUID:
    """Make a new theme of chosen voices of a theme (or of an open proposal, accepted by that); return its id."""
    check_may(by, "decide_themes")
    words = check_reason(reason, "split this theme")
    theme = _as_theme(by=by, at=at, item_id=item_id, engagement_id=None)
    chosen = list_chosen_voices(by, theme.engagement_id, voice_ids)
    inside = Placement.objects.filter(theme=theme)
    check(
        inside.filter(voice_id__in=chosen).count() == len(chosen),
        "Some of the chosen voices do not lie in this theme any more. Load the page again.",
        field="voices",
    )
    check(
        inside.count() > len(chosen),
        "These are all its voices, so nothing would be left. Rename the theme instead.",
        field="voices",
    )
    new = _make_theme(by=by, at=at, engagement_id=theme.engagement_id, name=name)
    decision = write_down(
        by=by, at=at, note=Note(Kind.SPLIT, theme.engagement_id, reason=words, theme=theme, other_theme=new)
    )
    moved = move_placed(
        decision=decision, placements=inside.filter(voice_id__in=chosen), to=new, individually=True
    )
    count_voices(decision, moved)
    return new.id


@transaction.atomic
def move_voices(
    *,
    by: Viewer,
    at: datetime,
    engagement_id: UUID,
    voice_ids: Sequence[UUID],
    to_id: UUID | None = None,
    new_name: str = "",
    reason: str = "",
) -> UUID | None:
    """Put chosen voices, wherever they lie, into a theme, into a new one, or (with neither) out of all themes.

    Return the id of the theme they lie in now.
    """
    check_may(by, "decide_themes")
    run = lock_review(engagement_id)
    if not ThemeRun.objects.for_viewer(by).filter(id=run.id).exists():
        raise Refused("There is no such engagement, or it is not yours to decide.")
    chosen = list_chosen_voices(by, engagement_id, voice_ids)
    target = None
    if to_id:
        target = _as_theme(by=by, at=at, item_id=to_id, engagement_id=engagement_id)
    elif new_name.strip():
        target = _make_theme(by=by, at=at, engagement_id=engagement_id, name=new_name)
    placed = Placement.objects.filter(voice_id__in=chosen)
    staying = set(placed.filter(theme=target).values_list("voice_id", flat=True)) if target else set()
    lying = set(placed.values_list("voice_id", flat=True))
    going = lying - staying
    free = set(chosen) - lying if target else set()
    check(bool(going | free), "These voices lie there already, so nothing was changed.", field="voices")
    note = Note(
        Kind.MOVE,
        engagement_id,
        reason=reason.strip(),
        theme=target,
        before={"new": bool(new_name.strip() and not to_id)},
    )
    decision = write_down(by=by, at=at, note=note)
    moved = move_placed(
        decision=decision, placements=placed.filter(voice_id__in=going), to=target, individually=True
    )
    if target:
        moved += place_unplaced(decision=decision, voice_ids=sorted(free), to=target)
    count_voices(decision, moved)
    return target.id if target else None


def _lock_open_proposal(by: Viewer, proposed_theme_id: UUID) -> tuple[ProposedTheme, ThemeRun]:
    proposal = get_proposal_to_decide(by, proposed_theme_id)
    run = lock_review(proposal.run.engagement_id)
    check_open(proposal, run.id, find_live_decision(proposal))
    return proposal, run


def _lock_theme(by: Viewer, theme_id: UUID) -> Theme:
    theme = get_theme_to_decide(by, theme_id)
    lock_review(theme.engagement_id)
    theme.refresh_from_db()
    check_stands(theme)
    return theme


def _accept(
    *, by: Viewer, at: datetime, proposal: ProposedTheme, run: ThemeRun, name: str = "", reason: str = ""
) -> Theme:
    wanted = clean_name(name or proposal.name)
    check_name_is_free(wanted, list_standing_names(run.engagement_id))
    theme = Theme.objects.create(
        engagement_id=run.engagement_id,
        name=wanted,
        keywords=proposal.keywords,
        proposed_theme=proposal,
        created_by_id=by.person_id,
        created_at=at,
    )
    note = Note(Kind.ACCEPT, run.engagement_id, reason=reason, run_id=run.id, proposal=proposal, theme=theme)
    decision = write_down(by=by, at=at, note=note)
    place_proposed(decision=decision, proposal=proposal, theme=theme)
    return theme


def _as_theme(*, by: Viewer, at: datetime, item_id: UUID, engagement_id: UUID | None) -> Theme:
    """Return the standing theme with this id, or accept the open proposal with this id; lock either way."""
    if ProposedTheme.objects.filter(id=item_id).exists():
        proposal, run = _lock_open_proposal(by, item_id)
        theme = _accept(by=by, at=at, proposal=proposal, run=run)
    else:
        theme = _lock_theme(by, item_id)
    check(
        engagement_id in (None, theme.engagement_id),
        "That theme belongs to another engagement. Choose one of this engagement's themes.",
        field="into",
    )
    return theme


def _make_theme(*, by: Viewer, at: datetime, engagement_id: UUID, name: str) -> Theme:
    wanted = clean_name(name)
    check_name_is_free(wanted, list_standing_names(engagement_id))
    return Theme.objects.create(
        engagement_id=engagement_id, name=wanted, created_by_id=by.person_id, created_at=at
    )
