"""People who spoke, the insight they are behind, and an action on it, as rows, for tests of actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Contact, Engagement, Source, Speaker, Voice
from alongside.apps.insight.models import Evidence, Insight, Placement, Theme, ThemeDecision
from alongside.apps.people.models import Basis, ConsentText, Person, RoleGrant
from alongside.apps.people.queries import get_viewer

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_person(role: str, name: str = "") -> Person:
    """Return a person who holds one role."""
    number = next(_numbers)
    person = Person.objects.create(
        email=f"person{number}@example.org", name=name or f"{role} {number}", created_at=AT
    )
    RoleGrant.objects.create(person=person, role=role, granted_at=AT)
    return person


def make_viewer(role: str) -> Viewer:
    """Return a viewer who holds one role."""
    return get_viewer(make_person(role))


def make_basis(*, contact: bool = True, public: bool = False) -> Basis:
    """Return a consent to be contacted again or not, quoted in public or not."""
    text = ConsentText.objects.create(key="t", version=next(_numbers), body="words", created_at=AT)
    return Basis.objects.create(
        kind=Basis.Kind.CONSENT,
        consent_text=text,
        may_quote_inside=True,
        may_quote_public=public,
        may_contact_again=contact,
        set_at=AT,
    )


def make_engagement(title: str = "Heart failure clinic listening") -> Engagement:
    """Return an engagement."""
    return Engagement.objects.create(
        kind=Engagement.Kind.SURVEY,
        title=title,
        purpose="Learn about waits",
        condition="Heart failure",
        pathway_stage=Engagement.Stage.FOLLOW_UP,
        starts_on=date(2026, 4, 1),
        run_by="The team",
        told_participants="What happens to your words",
        created_at=AT,
    )


def make_voice(
    engagement: Engagement,
    *,
    speaker: Speaker | None = None,
    text: str = "Nobody told us how long the wait would be.",
    basis: Basis | None = None,
) -> Voice:
    """Return one thing somebody said; without a speaker it is anonymous."""
    source, _ = Source.objects.get_or_create(
        engagement=engagement, kind=Source.Kind.TYPED, defaults={"created_at": AT, "brought_in_at": AT}
    )
    return Voice.objects.create(
        engagement=engagement,
        source=source,
        speaker=speaker,
        basis=basis or make_basis(),
        text=text,
        import_key=f"key{next(_numbers)}",
        created_at=AT,
    )


def make_speaker(
    engagement: Engagement, *, email: str = "", phone: str = "", basis: Basis | None = None
) -> Speaker:
    """Return somebody who said one thing, with a contact where one is given."""
    number = next(_numbers)
    speaker = Speaker.objects.create(engagement=engagement, pseudonym=f"Person {number}", created_at=AT)
    if email or phone:
        Contact.objects.create(
            speaker=speaker,
            channel=Contact.Channel.EMAIL if email else Contact.Channel.PHONE,
            email=email,
            phone=phone,
            created_at=AT,
        )
    make_voice(engagement, speaker=speaker, basis=basis)
    return speaker


def make_insight(
    engagement: Engagement, statement: str = "People want to know how long they wait"
) -> Insight:
    """Return an insight that rests on one theme holding every voice of the engagement, and on one quote."""
    theme = Theme.objects.create(engagement=engagement, name="Waiting", created_at=AT)
    decision = ThemeDecision.objects.create(
        engagement=engagement, kind=ThemeDecision.Kind.ACCEPT, theme=theme, at=AT
    )
    for voice in Voice.objects.filter(engagement=engagement):
        Placement.objects.create(voice=voice, theme=theme, decision=decision)
    insight = Insight.objects.create(
        statement=statement,
        kind=Insight.Kind.NEED,
        state=Insight.State.STANDS,
        created_at=AT,
        changed_at=AT,
    )
    insight.themes.add(theme)
    return insight


def make_quote(insight: Insight, voice: Voice) -> Evidence:
    """Return a voice's first twelve characters as evidence."""
    return Evidence.objects.create(
        insight=insight, kind=Evidence.Kind.QUOTE, voice=voice, start=0, end=12, added_at=AT
    )


def make_action(
    insights: Sequence[Insight], *, state: str = "planned", owner: Person | None = None, due_in_days: int = 30
) -> Action:
    """Return an action on these insights, in any state."""
    ended = state in ("done", "not_doing", "closed")
    action = Action.objects.create(
        title="Text people when the clinic runs late",
        origin=Action.Origin.INSIGHT if insights else Action.Origin.RULE,
        owner=owner or make_person("owner"),
        due_on=(AT + timedelta(days=due_in_days)).date(),
        state=state,
        what_came_of_it="Texts go out when a clinic is 20 minutes late." if ended else "",
        done_at=AT if ended else None,
        created_at=AT,
    )
    action.insights.set(insights)
    return action


def make_round(
    action: Action, stage: str = "heard", *, at: datetime = AT, sent: bool = False
) -> FeedbackRound:
    """Return a message to those who spoke."""
    return FeedbackRound.objects.create(
        action=action,
        stage=stage,
        message="You told us the waits are hard to plan around.",
        thanks="Thank you for telling us.",
        written_at=at,
        sent_at=at if sent else None,
    )


def make_action_with_people(
    *, mails: Sequence[str] = (), phones: int = 0, silent: int = 0, anonymous: int = 0, state: str = "planned"
) -> tuple[Action, Engagement]:
    """Return an action behind which people spoke: with e-mail, with a phone, without contact, without a name."""
    engagement = make_engagement()
    for mail in mails:
        make_speaker(engagement, email=mail)
    for number in range(phones):
        make_speaker(engagement, phone=f"0117 496 00{number:02d}")
    for _ in range(silent):
        make_speaker(engagement)
    for _ in range(anonymous):
        make_voice(engagement)
    return make_action([make_insight(engagement)], state=state), engagement


def speaker_ids(engagement: Engagement) -> list[UUID]:
    """Return everybody who spoke in an engagement, in order."""
    return list(Speaker.objects.filter(engagement=engagement).order_by("id").values_list("id", flat=True))
