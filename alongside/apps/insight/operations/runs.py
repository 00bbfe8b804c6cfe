"""Ask for themes, and write down what the engine proposed: once, in chunks, never changed afterwards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit, record_batch, start_job
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.queries import get_engagement
from alongside.apps.insight.models import ProposedPlacement, ProposedQuote, ProposedTheme, ThemeRun
from alongside.apps.insight.rules.runs import check_number_of_themes, check_something_new
from alongside.science.values.themes import Placement, Theme, ThemeResult

CHUNK = 2000
Item = TypeVar("Item")


@dataclass(frozen=True)
class RunAsked:
    """What somebody asked of the engine. `themes` is None where the engine chooses the number."""

    engagement_id: UUID
    themes: int | None
    only_new: bool


@transaction.atomic
def ask_for_themes(*, by: Viewer, at: datetime, asked: RunAsked, back_url: str) -> UUID:
    """Put a run of the engine in the queue; return the id of the job that shows its progress."""
    check_may(by, "find_themes")
    check(
        get_engagement(by, asked.engagement_id) is not None,
        "There is no such engagement, or it is not yours to see.",
    )
    check_number_of_themes(asked.themes)
    arguments: dict[str, object] = {
        "engagement_id": str(asked.engagement_id),
        "themes": str(asked.themes or ""),
        "only_new": "yes" if asked.only_new else "",
    }
    job = start_job(kind="insight.find_themes", arguments=arguments, by=by, at=at, back_url=back_url)
    return job.id


def refuse_where_nothing_is_new(*, engagement_id: UUID, input_sha256: str) -> None:
    """Raise Refused where the latest run over this engagement answered exactly this question."""
    latest = ThemeRun.objects.filter(engagement_id=engagement_id, finished_at__isnull=False).first()
    check_something_new(latest, input_sha256)


@transaction.atomic
def begin_run(*, by: Viewer, at: datetime, asked: RunAsked, job_id: UUID, input_sha256: str) -> UUID:
    """Open a run nobody sees yet; a run that an earlier, killed attempt of the same job left is thrown away."""
    check_may(by, "find_themes")
    ThemeRun.objects.filter(job_id=job_id, finished_at=None).delete()
    run = ThemeRun.objects.create(
        engagement_id=asked.engagement_id,
        engine="",
        engine_version="",
        seed=0,
        themes_asked=asked.themes,
        only_new=asked.only_new,
        input_sha256=input_sha256,
        job_id=job_id,
        asked_by_id=by.person_id,
        asked_at=at,
    )
    record_audit(by=by, at=at, operation="begin_theme_run", on=run)
    return run.id


def keep_proposals(*, run_id: UUID, found: ThemeResult, on_progress: Callable[[int, int], None]) -> None:
    """Write themes, quotes and one line for every voice; each chunk is its own short transaction."""
    themes = {theme.id: _as_proposed(run_id, index, theme) for index, theme in enumerate(found.themes, 1)}
    with transaction.atomic():
        ProposedTheme.objects.bulk_create(themes.values())
        ProposedQuote.objects.bulk_create(_quotes(themes, found.themes), batch_size=CHUNK)
    done = 0
    for chunk in _chunks(found.placements):
        with transaction.atomic():
            rows = ProposedPlacement.objects.bulk_create([_as_row(run_id, themes, one) for one in chunk])
            record_batch(model=ProposedPlacement, ids=[row.id for row in rows], scope=run_id)
        done += len(chunk)
        on_progress(done, len(found.placements))


def finish_run(*, by: Viewer, at: datetime, run_id: UUID, found: ThemeResult) -> dict[str, int]:
    """Let the run count: from now on it is what the review shows. Call inside the job's own transaction."""
    run = ThemeRun.objects.select_for_update().get(id=run_id)
    run.engine, run.engine_version, run.seed = found.engine, found.engine_version, found.seed
    run.voices_placed = found.count("placed")
    run.voices_unplaced = found.count("unplaced")
    run.voices_blank = found.count("blank")
    run.finished_at = at
    run.save()
    counts = {
        "themes": len(found.themes),
        "placed": run.voices_placed,
        "unplaced": run.voices_unplaced,
        "blank": run.voices_blank,
    }
    record_audit(by=by, at=at, operation="finish_theme_run", on=run, detail=dict(counts))
    return counts


def check_all_have_a_place(found: ThemeResult, voices: int) -> None:
    """Raise Refused where the engine lost a voice: nothing it says is kept then."""
    if len({placement.voice_id for placement in found.placements}) != voices:
        raise Refused("The engine did not account for every voice, so its proposals were not kept. Tell us.")


def _as_proposed(run_id: UUID, position: int, theme: Theme) -> ProposedTheme:
    return ProposedTheme(
        run_id=run_id,
        position=position,
        name=theme.name[:160],
        keywords=list(theme.keywords),
        voices=theme.voices,
        people=theme.people or 0,
    )


def _quotes(themes: dict[UUID, ProposedTheme], found: Sequence[Theme]) -> Iterator[ProposedQuote]:
    for theme in found:
        for position, quote in enumerate(theme.quotes, 1):
            yield ProposedQuote(
                proposed_theme=themes[theme.id],
                voice_id=UUID(quote.voice_id),
                position=position,
                start=quote.start,
                end=quote.end,
                score=quote.score,
            )


def _as_row(run_id: UUID, themes: dict[UUID, ProposedTheme], one: Placement) -> ProposedPlacement:
    return ProposedPlacement(
        run_id=run_id,
        voice_id=UUID(one.voice_id),
        proposed_theme=themes[one.theme_id] if one.status == "placed" and one.theme_id else None,
        status=one.status,
        score=one.score,
    )


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
