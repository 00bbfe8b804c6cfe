"""Finding themes: in the background, the same answer twice, every voice accounted for."""

import pytest
from django.utils import timezone

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Engagement
from alongside.apps.insight.models import ProposedPlacement, ProposedTheme, ThemeRun
from alongside.apps.insight.operations import RunAsked, accept_theme, ask_for_themes
from alongside.apps.insight.queries import get_latest_run
from tests.factories.insight import (
    AT,
    as_person,
    make_engagement,
    make_lead,
    make_partner,
    make_voice,
    make_voices,
)

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = [
    f"{start} {end}"
    for start in ("The waiting list is long and", "I waited months on the list,", "Waiting weeks for a date")
    for end in ("nobody told me", "with pain", "again", "and no letter came")
] + [
    f"{start} {end}"
    for start in ("The nurse was kind and", "A caring nurse,", "Nurses listened to me,")
    for end in ("gentle", "thank you", "so helpful", "every day")
]


def look(by: Viewer, engagement: Engagement, themes: int | None = None, only_new: bool = False) -> Job:
    job_id = ask_for_themes(
        by=by, at=timezone.now(), asked=RunAsked(engagement.id, themes, only_new), back_url="/insight/"
    )
    assert run_next_job()
    return Job.objects.get(id=job_id)


@pytest.fixture
def ada() -> Viewer:
    viewer = make_lead()
    as_person(viewer)
    return viewer


def test_a_run_gives_every_voice_exactly_one_place(ada: Viewer) -> None:
    engagement = make_engagement()
    voices = make_voices(engagement, [*WORDS, "", "Did not answer"])
    job = look(ada, engagement)

    assert job.state == "done"
    run = get_latest_run(ada, engagement.id)
    assert run is not None
    assert (run.job_id, run.engine_version != "") == (job.id, True)
    rows = ProposedPlacement.objects.filter(run=run)
    assert rows.count() == len(voices) == rows.values("voice").distinct().count()
    assert run.voices_placed + run.voices_unplaced + run.voices_blank == len(voices)
    assert run.voices_blank == 2
    assert job.result["themes"] == ProposedTheme.objects.filter(run=run).count() > 0


def test_every_proposed_quote_stands_verbatim_in_its_voice(ada: Viewer) -> None:
    engagement = make_engagement()
    make_voices(engagement, WORDS)
    look(ada, engagement)
    for theme in ProposedTheme.objects.all():
        for quote in theme.quotes.select_related("voice"):
            assert 0 <= quote.start < quote.end <= len(quote.voice.text)


def test_the_same_voices_give_the_same_proposals_and_a_second_look_says_so(ada: Viewer) -> None:
    engagement = make_engagement()
    make_voices(engagement, WORDS)
    look(ada, engagement, themes=3)
    again = look(ada, engagement, themes=3)
    assert again.state == "failed"
    assert "Nothing has changed since the last run" in again.error
    assert look(ada, engagement, themes=2).state == "done"
    look(ada, engagement, themes=3)
    first, _second, third = ThemeRun.objects.filter(finished_at__isnull=False).order_by("asked_at")

    def answer(run: ThemeRun) -> list[tuple[object, ...]]:
        return list(
            ProposedPlacement.objects.filter(run=run)
            .order_by("voice_id")
            .values_list("voice_id", "status", "proposed_theme__name", "score")
        )

    assert answer(first) == answer(third)


def test_a_look_at_new_voices_leaves_out_what_people_placed(ada: Viewer) -> None:
    engagement = make_engagement()
    make_voices(engagement, WORDS)
    look(ada, engagement, themes=2)
    proposal = ProposedTheme.objects.order_by("position")[0]
    accept_theme(by=ada, at=AT, proposed_theme_id=proposal.id)
    new = make_voice(engagement, "Parking was far from the door")
    assert look(ada, engagement, only_new=True).state == "done"
    run = get_latest_run(ada, engagement.id)
    assert run is not None
    seen = ProposedPlacement.objects.filter(run=run)
    assert seen.filter(voice=new).exists()
    assert seen.count() == len(WORDS) + 1 - proposal.voices


def test_an_unfinished_run_is_never_shown_and_is_thrown_away_by_the_next_attempt(ada: Viewer) -> None:
    engagement = make_engagement()
    make_voices(engagement, WORDS)
    job = look(ada, engagement)
    run = ThemeRun.objects.get()
    run.finished_at = None
    run.save()
    assert get_latest_run(ada, engagement.id) is None
    Job.objects.filter(id=job.id).update(state="waiting")
    assert run_next_job()
    assert ThemeRun.objects.get().id != run.id


def test_an_engagement_without_voices_and_a_silly_number_are_refused(ada: Viewer) -> None:
    engagement = make_engagement()
    empty = look(ada, engagement)
    assert (empty.state, "no voices to look at" in empty.error) == ("failed", True)
    with pytest.raises(Refused, match="from 2 to 60"):
        look(ada, engagement, themes=1)
    with pytest.raises(Refused, match="role does not let you"):
        look(make_partner(engagement), engagement)
