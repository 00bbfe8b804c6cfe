"""What somebody needs: seen by whom they choose, met or not each time."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.people.models import AccessNeed, NeedOccasion, NeedReader
from alongside.apps.people.operations.needs import (
    Outcome,
    add_need,
    change_need,
    confirm_need,
    end_need,
    erase_needs,
    log_occasion,
    settle_occasion,
)
from alongside.apps.people.queries.needs import (
    NeedSubject,
    collect_needs,
    count_needs,
    get_need,
    get_need_subject,
    get_occasion_subject,
    list_needs,
    list_reviews_due,
    list_subject_ids_with_needs,
    list_subjects_shared_with,
    list_unmet,
)
from alongside.apps.people.rules.needs import NeedTerms
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NEXT_YEAR = TODAY + timedelta(days=365)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def make_terms(**parts: object) -> NeedTerms:
    values = {
        "kind": "breaks", "strength": "must", "visible_to": "team", "since_on": TODAY, "review_on": NEXT_YEAR,
        "words": "Each hour",
    }  # fmt: skip
    return NeedTerms(**{**values, **parts})  # type: ignore[arg-type]


def make_own() -> tuple[Viewer, NeedSubject]:
    viewer = make_viewer("patient_partner", name="Rhys")
    return viewer, NeedSubject("person", viewer.own_id, is_own=True)


def say(viewer: Viewer, subject: NeedSubject, **parts: object) -> UUID:
    return add_need(subject=subject, terms=make_terms(**parts), by=viewer, at=NOW)


def sees(viewer: Viewer, subject: NeedSubject, *, arranges: bool = False) -> bool:
    return bool(list_needs(viewer, [NeedSubject(subject.kind, subject.id, is_arranged=arranges)]))


def test_a_need_is_seen_by_whom_its_person_chose(lead: Viewer) -> None:
    analyst, other_lead = make_viewer("analyst"), make_viewer("engagement_lead")
    rhys, subject = make_own()
    need = say(rhys, subject)
    assert (sees(lead, subject), sees(analyst, subject)) == (True, False)
    change_need(
        need_id=need,
        subject=subject,
        terms=make_terms(visible_to="named", readers=(analyst.own_id,)),
        by=rhys,
        at=NOW,
    )
    assert (sees(lead, subject), sees(analyst, subject)) == (False, True)
    assert list_subjects_shared_with(analyst) == [("person", rhys.own_id)]
    change_need(need_id=need, subject=subject, terms=make_terms(visible_to="arranger"), by=rhys, at=NOW)
    assert not NeedReader.objects.exists()
    assert (sees(lead, subject), sees(lead, subject, arranges=True)) == (False, True)
    assert not sees(analyst, subject, arranges=True)
    assert not sees(other_lead, subject)
    assert list_needs(rhys, [subject])[0].words == "Each hour"


def test_what_must_be_there_stands_first_and_small_things_count_people_once(lead: Viewer) -> None:
    rhys, subject = make_own()
    say(rhys, subject, kind="audio", strength="would_help")
    say(rhys, subject, kind="braille")
    say(rhys, subject, kind="braille")
    lines = list_needs(lead, [NeedSubject("person", rhys.own_id)])
    assert [line.kind for line in lines] == ["braille", "braille", "audio"]
    assert count_needs(lines) == [("audio", 1), ("braille", 1)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"strength": "x"}, "strength"),
        ({"visible_to": "x"}, "visible_to"),
        ({"kind": "language", "words": " "}, "words"),
        ({"review_on": TODAY - timedelta(days=1)}, "review_on"),
        ({"visible_to": "named"}, "readers"),
        ({"visible_to": "named", "readers": (uuid4(),)}, "readers"),
    ],
)
def test_a_need_nobody_could_arrange_is_refused(wrong: dict[str, object], field: str) -> None:
    rhys, subject = make_own()
    with pytest.raises(Refused) as refusal:
        say(rhys, subject, **wrong)
    assert refusal.value.field == field


def test_only_the_person_and_who_sees_needs_write_them(lead: Viewer) -> None:
    rhys, subject = make_own()
    need = say(rhys, subject, visible_to="named", readers=(lead.own_id,))
    stranger = NeedSubject("person", rhys.own_id)
    with pytest.raises(Refused, match="see access needs"):
        add_need(subject=stranger, terms=make_terms(), by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused, match="no such need"):
        end_need(need_id=need, subject=stranger, ended_on=TODAY, by=make_viewer("engagement_lead"), at=NOW)
    with pytest.raises(Refused, match="no such need"):
        end_need(need_id=uuid4(), subject=subject, ended_on=TODAY, by=rhys, at=NOW)
    end_need(need_id=need, subject=stranger, ended_on=TODAY, by=lead, at=NOW)
    assert list_needs(lead, [stranger]) == []
    assert get_need(lead, need, [stranger]) is not None


def test_a_need_is_asked_about_again_and_ended() -> None:
    rhys, subject = make_own()
    need = say(rhys, subject, review_on=TODAY)
    assert [one.id for one in list_reviews_due(rhys, [subject], TODAY)] == [need]
    with pytest.raises(Refused, match="not come yet"):
        confirm_need(need_id=need, subject=subject, review_on=TODAY, by=rhys, at=NOW)
    confirm_need(need_id=need, subject=subject, review_on=NEXT_YEAR, by=rhys, at=NOW)
    assert list_reviews_due(rhys, [subject], TODAY) == []
    with pytest.raises(Refused, match="before it began"):
        end_need(need_id=need, subject=subject, ended_on=date(2020, 1, 1), by=rhys, at=NOW)
    for _twice in range(2):
        end_need(need_id=need, subject=subject, ended_on=TODAY, by=rhys, at=NOW)
    with pytest.raises(Refused, match="has ended"):
        change_need(need_id=need, subject=subject, terms=make_terms(), by=rhys, at=NOW)
    assert list_needs(rhys, [subject]) == []


def test_what_was_not_there_waits_for_its_next_step(lead: Viewer) -> None:
    rhys, subject = make_own()
    need, seen = say(rhys, subject), NeedSubject("person", rhys.own_id)
    met = Outcome(TODAY, is_met=True, why="ignored")
    log_occasion(need_id=need, subject=seen, outcome=met, by=lead, at=NOW)
    for wrong in (
        Outcome(TODAY, is_met=False, next_step="Ask"),
        Outcome(TODAY, is_met=False, why="Forgot"),
        Outcome(NEXT_YEAR, is_met=True),
    ):
        with pytest.raises(Refused):
            log_occasion(need_id=need, subject=seen, outcome=wrong, by=lead, at=NOW)
    missed = Outcome(TODAY, is_met=False, why="No breaks were planned", next_step="Put breaks in the plan")
    occasion = log_occasion(need_id=need, subject=seen, outcome=missed, by=lead, at=NOW)
    (waiting,) = list_unmet(lead, [seen])
    assert (waiting.occasion.id, waiting.occasion.by) == (occasion, lead.name)
    assert get_occasion_subject(occasion) == get_need_subject(need) == ("person", rhys.own_id)
    assert list_subject_ids_with_needs() == [("person", rhys.own_id)]
    with pytest.raises(Refused):
        settle_occasion(occasion_id=occasion, subject=subject, by=rhys, at=NOW)
    with pytest.raises(Refused, match="no such record"):
        settle_occasion(occasion_id=uuid4(), subject=seen, by=lead, at=NOW)
    for _twice in range(2):
        settle_occasion(occasion_id=occasion, subject=seen, by=lead, at=NOW)
    assert list_unmet(lead, [seen]) == []
    assert get_need_subject(uuid4()) is None


def test_everything_about_needs_is_told_and_erased(lead: Viewer) -> None:
    rhys, subject = make_own()
    need = say(rhys, subject, visible_to="named", readers=(lead.own_id,))
    seen = NeedSubject("person", rhys.own_id)
    missed = Outcome(TODAY, is_met=False, why="Forgot", next_step="Plan")
    log_occasion(need_id=need, subject=seen, outcome=missed, by=lead, at=NOW)
    end_need(need_id=need, subject=subject, ended_on=TODAY, by=rhys, at=NOW)
    held = collect_needs(Subject(person_ids=frozenset({rhys.own_id})))
    assert [one.table for one in held] == ["people_access_need", "people_need_occasion"]
    assert [one.needs_review for one in held] == [False, True]
    erased = erase_needs(Subject(person_ids=frozenset({rhys.own_id})), by=SYSTEM, at=NOW)
    assert {one.table: one.erased for one in erased} == {
        "people_access_need": 1, "people_need_occasion": 1, "people_need_reader": 1,
    }  # fmt: skip
    assert not AccessNeed.objects.exists()
    assert not NeedOccasion.objects.exists()


def test_a_colleague_who_is_erased_is_no_longer_a_reader(lead: Viewer) -> None:
    rhys, subject = make_own()
    say(rhys, subject, visible_to="named", readers=(lead.own_id,))
    erase_needs(Subject(person_ids=frozenset({lead.own_id})), by=SYSTEM, at=NOW)
    assert AccessNeed.objects.exists()
    assert not NeedReader.objects.exists()
