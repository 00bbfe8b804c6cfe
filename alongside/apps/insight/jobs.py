"""Finding themes, in the background, with progress that moves."""

from uuid import UUID

from alongside.apps.base.operations import JobWork
from alongside.apps.insight.bridge import hash_input, propose_themes
from alongside.apps.insight.operations.runs import (
    RunAsked,
    begin_run,
    check_all_have_a_place,
    finish_run,
    keep_proposals,
    refuse_where_nothing_is_new,
)
from alongside.apps.insight.queries.runs import list_voices_to_place
from alongside.apps.insight.rules.runs import check_voices_to_read
from alongside.apps.people.queries import get_viewer_by_id

READING, LOOKING, WRITING = 10, 60, 30  # rough shares of the work, for the progress bar


def find_themes(job: JobWork) -> None:
    """Read the voices, ask the engine, keep its proposals; a killed attempt leaves nothing anybody sees."""
    by = get_viewer_by_id(job.created_by_id)
    asked = RunAsked(
        engagement_id=UUID(job.arguments["engagement_id"]),
        themes=int(job.arguments["themes"]) if job.arguments["themes"] else None,
        only_new=bool(job.arguments["only_new"]),
    )
    job.progress(0, 100, "Reading the voices")
    voices = list_voices_to_place(by, asked.engagement_id, only_new=asked.only_new)
    check_voices_to_read(len(voices))
    digest = hash_input(voices, themes_asked=asked.themes)
    refuse_where_nothing_is_new(engagement_id=asked.engagement_id, input_sha256=digest)
    job.progress(READING, 100, f"Looking for themes in {len(voices):,} voices")
    found = propose_themes(voices, themes_asked=asked.themes)
    check_all_have_a_place(found, len(voices))
    run_id = begin_run(by=by, at=job.clock(), asked=asked, job_id=job.id, input_sha256=digest)
    keep_proposals(
        run_id=run_id,
        found=found,
        on_progress=lambda done, total: job.progress(
            READING + LOOKING + WRITING * done // total, 100, "Writing down what was found"
        ),
    )
    with job.finish() as result:
        result.update(finish_run(by=by, at=job.clock(), run_id=run_id, found=found))
