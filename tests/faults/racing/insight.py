"""Races about themes, insights and what they stand on."""

from decimal import Decimal

from alongside.apps.insight.models import (
    Dissent,
    Evidence,
    Insight,
    InsightVoucher,
    PatientConfirmation,
    Placement,
    Theme,
    ThemeDecision,
)
from alongside.apps.insight.operations import (
    Figure,
    InsightText,
    accept_theme,
    add_figure,
    add_quote,
    confirm_insight,
    merge_themes,
    move_voices,
    record_dissent,
    reject_theme,
    remove_evidence,
    rename_theme,
    retire_insight,
    split_theme,
    stand_behind,
    step_back,
    undo_decision,
    withdraw_dissent,
    write_insight,
)
from tests.factories.insight import (
    Found,
    as_person,
    last_decision,
    make_basis,
    make_engagement,
    make_insight,
    make_lead,
    make_run,
    make_viewer,
    make_voices,
)
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of

FIGURE = Figure(Decimal(40), None, None, "%", 20, "Waited over four hours", "Survey")


def _lead() -> str:
    return str(as_person(make_lead()).id)


def _proposal() -> Given:
    engagement = make_engagement()
    voices = make_voices(engagement, ["One", "Two", "Three", "Four"])
    (proposal,) = make_run(engagement, Found({"Waiting": voices}))
    return {
        "engagement": str(engagement.id),
        "proposal": str(proposal.id),
        "voice": str(voices[0].id),
        "by": _lead(),
    }


def _two_themes() -> Given:
    given = dict(_proposal())
    engagement = make_engagement()
    voices = make_voices(engagement, ["One", "Two", "Three", "Four"])
    one, two = make_run(engagement, Found({"Waiting": voices[:3], "Staff": voices[3:]}))
    by = viewer_of(given)
    given["engagement"], given["voice"] = str(engagement.id), str(voices[0].id)
    given["first"] = str(accept_theme(by=by, at=AT, proposed_theme_id=one.id))
    given["second"] = str(accept_theme(by=by, at=AT, proposed_theme_id=two.id))
    given["decision"] = str(last_decision(engagement).id)
    return given


def _accept(given: Given, _place: int) -> None:
    accept_theme(by=viewer_of(given), at=AT, proposed_theme_id=as_id(given, "proposal"))


def _accept_or_reject(given: Given, place: int) -> None:
    if place % 2:
        _accept(given, place)
    else:
        reject_theme(by=viewer_of(given), at=AT, proposed_theme_id=as_id(given, "proposal"), reason="No")


def _one_theme(given: Given) -> str:
    decisions = ThemeDecision.objects.filter(engagement_id=given["engagement"])
    accepted = decisions.filter(kind="accept").count()
    themes = Theme.objects.filter(engagement_id=given["engagement"]).count()
    placed = Placement.objects.filter(theme__engagement_id=given["engagement"]).count()
    return differs("decisions", decisions.count(), 1) or differs(
        "themes and placements", (themes, placed), (accepted, accepted * 4)
    )


def _merge(given: Given, place: int) -> None:
    names = ("first", "second") if place % 2 else ("second", "first")
    merge_themes(
        by=viewer_of(given),
        at=AT,
        theme_id=as_id(given, names[0]),
        into_id=as_id(given, names[1]),
        reason="The same",
    )


def _all_voices_stand(given: Given) -> str:
    standing = Placement.objects.filter(theme__engagement_id=given["engagement"], theme__state="stands")
    return differs("voices in a standing theme", standing.count(), 4)


def _split(given: Given, place: int) -> None:
    split_theme(
        by=viewer_of(given),
        at=AT,
        item_id=as_id(given, "first"),
        voice_ids=[as_id(given, "voice")],
        name=f"Split {place}",
        reason="Another thing",
    )


def _move(given: Given, place: int) -> None:
    move_voices(
        by=viewer_of(given),
        at=AT,
        engagement_id=as_id(given, "engagement"),
        voice_ids=[as_id(given, "voice")],
        new_name=f"Moved {place}",
    )


def _rename(given: Given, place: int) -> None:
    name = "first" if place % 2 else "second"
    rename_theme(by=viewer_of(given), at=AT, theme_id=as_id(given, name), name="One name")


def _names_once(given: Given) -> str:
    named = Theme.objects.filter(engagement_id=given["engagement"], state="stands", name="One name")
    return differs("themes of one name", named.count(), 1)


def _write_or_merge(given: Given, place: int) -> None:
    if place == 0:
        _merge(given, 1)
    else:
        text = InsightText(f"People wait {place}", "experience", "One survey.", (as_id(given, "first"),))
        write_insight(by=viewer_of(given), at=AT, text=text)


def _rests_on_standing(given: Given) -> str:
    lying = Insight.objects.filter(themes__engagement_id=given["engagement"]).exclude(themes__state="stands")
    return differs("insights that rest on a merged theme alone", lying.count(), 0)


def _insight(evidence: int = 2) -> Given:
    engagement = make_engagement()
    voices = make_voices(engagement, ["Nobody told us", "Two"], make_basis(inside=True))
    (proposal,) = make_run(engagement, Found({"Waiting": voices}))
    lead = as_person(make_lead())
    given = {"by": str(lead.id)}
    by = viewer_of(given)
    theme = accept_theme(by=by, at=AT, proposed_theme_id=proposal.id)
    insight = make_insight(theme, by)
    for number in range(evidence):
        given[str(number)] = str(add_figure(by=by, at=AT, insight_id=insight, kind="number", figure=FIGURE))
    return {**given, "insight": str(insight), "voice": str(voices[0].id), "theme": str(theme)}


def _standing() -> Given:
    given = _insight(RACERS)
    stand_behind(by=viewer_of(given), at=AT, insight_id=as_id(given, "insight"))
    return given


def _count_vouchers(given: Given, number: int) -> str:
    standing = InsightVoucher.objects.filter(insight_id=given["insight"], ended_at=None).count()
    state = Insight.objects.get(id=given["insight"]).state
    return differs("names and state", (standing, state), (number, "stands" if number else "draft"))


def _positions_once(given: Given) -> str:
    positions = list(Evidence.objects.filter(insight_id=given["insight"]).values_list("position", flat=True))
    return differs("positions", sorted(positions), list(range(1, RACERS + 3)))


def _confirmed_once(given: Given) -> str:
    return differs("answers", PatientConfirmation.objects.filter(insight_id=given["insight"]).count(), 1)


def _dissent() -> Given:
    given = dict(_insight())
    given["dissent"] = str(
        record_dissent(by=viewer_of(given), at=AT, reason="Not mine", insight_id=as_id(given, "insight"))
    )
    return given


def _patient() -> Given:
    given = dict(_insight())
    engagement = Theme.objects.get(id=given["theme"]).engagement
    partner = make_viewer("Rhys", "patient_partner")
    engagement.access.create(person_id=partner.own_id, given_at=AT)
    return {**given, "patient": str(as_person(partner).id)}


def _nothing(_given: Given) -> str:
    return ""


RACES = (
    Race("a proposal accepted once", _proposal, _accept, _one_theme, 1),
    Race("a proposal accepted or rejected", _proposal, _accept_or_reject, _one_theme, 1),
    Race("two themes merged once", _two_themes, _merge, _all_voices_stand, 1),
    Race("a voice split off once", _two_themes, _split, _all_voices_stand, 1),
    Race("a voice moved sixteen times lies once", _two_themes, _move, _all_voices_stand, RACERS),
    Race("one name for one theme", _two_themes, _rename, _names_once, 1),
    Race(
        "a decision undone once",
        _two_themes,
        lambda given, _: undo_decision(by=viewer_of(given), at=AT, decision_id=as_id(given, "decision")),
        lambda given: differs(
            "undone", ThemeDecision.objects.filter(undoes_id=as_id(given, "decision")).count(), 1
        ),
        1,
    ),
    Race(
        "an insight written while its theme is merged", _two_themes, _write_or_merge, _rests_on_standing, None
    ),
    Race(
        "one name behind an insight",
        _insight,
        lambda given, _: stand_behind(by=viewer_of(given), at=AT, insight_id=as_id(given, "insight")),
        lambda given: _count_vouchers(given, 1),
        1,
    ),
    Race(
        "stepped back once",
        _standing,
        lambda given, _: step_back(by=viewer_of(given), at=AT, insight_id=as_id(given, "insight")),
        lambda given: _count_vouchers(given, 0),
        1,
    ),
    Race(
        "retired once",
        _standing,
        lambda given, _: retire_insight(
            by=viewer_of(given), at=AT, insight_id=as_id(given, "insight"), reason="Old"
        ),
        _nothing,
        1,
    ),
    Race(
        "the last evidence stays",
        _standing,
        lambda given, place: remove_evidence(
            by=viewer_of(given), at=AT, evidence_id=as_id(given, str(place))
        ),
        lambda given: differs(
            "evidence left", Evidence.objects.filter(insight_id=given["insight"]).count(), 1
        ),
        RACERS - 1,
    ),
    Race(
        "evidence taken away once",
        _standing,
        lambda given, _: remove_evidence(by=viewer_of(given), at=AT, evidence_id=as_id(given, "0")),
        lambda given: differs(
            "evidence left", Evidence.objects.filter(insight_id=given["insight"]).count(), RACERS - 1
        ),
        1,
    ),
    Race(
        "the same words quoted once",
        _insight,
        lambda given, _: add_quote(
            by=viewer_of(given),
            at=AT,
            insight_id=as_id(given, "insight"),
            voice_id=as_id(given, "voice"),
            start=0,
            end=6,
        ),
        lambda given: differs(
            "quotes", Evidence.objects.filter(insight_id=given["insight"], kind="quote").count(), 1
        ),
        1,
    ),
    Race(
        "figures in their order",
        _insight,
        lambda given, _: add_figure(
            by=viewer_of(given), at=AT, insight_id=as_id(given, "insight"), kind="number", figure=FIGURE
        ),
        _positions_once,
        RACERS,
    ),
    Race(
        "one answer a patient",
        _patient,
        lambda given, _: confirm_insight(
            by=viewer_of(given, "patient"), at=AT, insight_id=as_id(given, "insight"), answer="yes"
        ),
        _confirmed_once,
        RACERS,
    ),
    Race(
        "a disagreement withdrawn once",
        _dissent,
        lambda given, _: withdraw_dissent(by=viewer_of(given), at=AT, dissent_id=as_id(given, "dissent")),
        lambda given: differs(
            "open", Dissent.objects.filter(id=given["dissent"], withdrawn_at=None).count(), 0
        ),
        1,
    ),
)
