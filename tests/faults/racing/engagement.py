"""Races about Have your say, imports, replies and invitations."""

from uuid import uuid4

from alongside.apps.base.rules import PUBLIC, SYSTEM
from alongside.apps.engagement.models import (
    EngagementAccess,
    Import,
    PublicForm,
    Receipt,
    Source,
    Speaker,
    Voice,
)
from alongside.apps.engagement.operations import (
    FormTerms,
    SentAnswers,
    TypedVoice,
    add_reply,
    choose_columns,
    close_engagement,
    confirm_import,
    invite_partner,
    leave_import,
    open_public_form,
    receive_answers,
    set_basis,
    take_back_words,
    type_voices,
)
from alongside.apps.engagement.queries import get_public_form
from alongside.apps.engagement.rules import ColumnChoice
from alongside.apps.people.operations import get_or_create_basis
from tests.factories.engagement import make_basis, make_csv, make_engagement, read_table_file, upload
from tests.factories.insight import as_person, make_viewer
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs

TERMS = FormTerms(welcome="Why we ask.", questions=(("What?", ""),), opens_on=AT.date())
CHOICE = ColumnChoice(texts=("comment",), id="id", person="person")


def _engagement() -> Given:
    return {"engagement": str(make_engagement().id)}


def _form() -> Given:
    engagement = make_engagement()
    form = open_public_form(engagement_id=engagement.id, terms=TERMS, by=SYSTEM, at=AT)
    return {"engagement": str(engagement.id), "slug": form.slug, "code": uuid4().hex[:12]}


def _send(given: Given, text: str, code: str) -> str:
    form = get_public_form(given["slug"], "en", AT.date())
    assert form is not None
    sent = SentAnswers(((1, text),), form.consent_text_id, "en", code=code)
    return receive_answers(slug=given["slug"], sent=sent, by=PUBLIC, at=AT, on=AT.date())


def _count_sent(given: Given, number: int) -> str:
    receipts = Receipt.objects.filter(form__slug=given["slug"]).count()
    voices = Voice.objects.filter(engagement_id=given["engagement"]).count()
    names = set(Speaker.objects.filter(engagement_id=given["engagement"]).values_list("pseudonym", flat=True))
    return differs("receipts, voices, names", (receipts, voices, len(names)), (number, number, number))


def _spoken() -> Given:
    given = dict(_form())
    _send(given, "It was cold.", given["code"])
    speaker = Speaker.objects.get(engagement_id=given["engagement"])
    other = get_or_create_basis(kind="public_task", by=SYSTEM, at=AT, quote_inside=True)
    return {**given, "speaker": str(speaker.id), "other": str(other.id), "round": str(uuid4())}


def _take_back(given: Given) -> None:
    take_back_words(slug=given["slug"], code=given["code"], by=PUBLIC, at=AT)


def _take_back_or_set_basis(given: Given, place: int) -> None:
    if place == 0:
        _take_back(given)
    else:
        ids = list(Voice.objects.filter(engagement_id=given["engagement"]).values_list("id", flat=True))
        set_basis(voice_ids=ids, basis_id=as_id(given, "other"), reason="Found the letter", by=SYSTEM, at=AT)


def _take_back_or_reply(given: Given, place: int) -> None:
    if place == 0:
        _take_back(given)
    else:
        add_reply(
            speaker_id=as_id(given, "speaker"), round_id=uuid4(), text=f"Reply {place}", by=PUBLIC, at=AT
        )


def _still_used(given: Given) -> str:
    used = Voice.objects.filter(engagement_id=given["engagement"], basis__may_analyse=True).count()
    return differs("words used after they were taken back", used, 0)


def _ready_import() -> Given:
    engagement = make_engagement()
    content = make_csv([(row, f"p{row}", f"Words {row}") for row in range(5)])
    found = read_table_file(engagement, content, by=SYSTEM)
    return {"import": str(found.id), "engagement": str(engagement.id)}


def _confirm_or_leave(given: Given, place: int) -> None:
    if place % 2:
        leave_import(import_id=as_id(given, "import"), by=SYSTEM, at=AT)
    else:
        confirm_import(import_id=as_id(given, "import"), by=SYSTEM, at=AT)


def _in_or_out(given: Given) -> str:
    found = Import.objects.get(id=given["import"])
    counting = Source.objects.filter(engagement_id=given["engagement"], brought_in_at__isnull=False).count()
    wanted = 1 if found.state == Import.State.CONFIRMED else 0
    return differs("sources that count", counting, wanted)


def _uploads() -> Given:
    engagement = make_engagement()
    ids = {str(place): str(upload(engagement, make_csv([(place, "p", "w")])).id) for place in range(RACERS)}
    return {**ids, "engagement": str(engagement.id), "basis": str(make_basis())}


def _choose(given: Given, place: int) -> None:
    choose_columns(
        import_id=as_id(given, str(place)),
        choice=CHOICE,
        basis_id=as_id(given, "basis"),
        language="en",
        by=SYSTEM,
        at=AT,
    )


def _one_reading(given: Given) -> str:
    reading = Import.objects.filter(engagement_id=given["engagement"], state=Import.State.READING)
    return differs("files being read", reading.count(), 1)


def _partner() -> Given:
    return {**_engagement(), "person": str(as_person(make_viewer("Rhys", "patient_partner")).id)}


def _type(given: Given, place: int) -> None:
    voices = [TypedVoice(f"Words {place}", speaker="Margaret")]
    type_voices(
        engagement_id=as_id(given, "engagement"), voices=voices, basis_id=make_basis(), by=SYSTEM, at=AT
    )


RACES = (
    Race(
        "one code, the same words",
        _form,
        lambda given, _: _send(given, "It was cold.", given["code"]),
        lambda given: _count_sent(given, 1),
        RACERS,
    ),
    Race(
        "one code, other words",
        _form,
        lambda given, place: _send(given, f"Words {place}", given["code"]),
        lambda given: _count_sent(given, 1),
        1,
    ),
    Race(
        "sixteen people on one page",
        _form,
        lambda given, place: _send(given, f"Words {place}", ""),
        lambda given: _count_sent(given, RACERS),
        RACERS,
    ),
    Race("words taken back once", _spoken, lambda given, _: _take_back(given), _still_used, 1),
    Race("words taken back beside a change of basis", _spoken, _take_back_or_set_basis, _still_used, None),
    Race("words taken back beside a reply", _spoken, _take_back_or_reply, _still_used, None),
    Race(
        "an import confirmed once",
        _ready_import,
        lambda given, _: confirm_import(import_id=as_id(given, "import"), by=SYSTEM, at=AT),
        _in_or_out,
        1,
    ),
    Race("an import confirmed or left out", _ready_import, _confirm_or_leave, _in_or_out, 1),
    Race("one file at a time", _uploads, _choose, _one_reading, 1),
    Race(
        "an engagement closed once",
        _engagement,
        lambda given, _: close_engagement(engagement_id=as_id(given, "engagement"), by=SYSTEM, at=AT),
        lambda _given: "",
        1,
    ),
    Race(
        "one public page",
        _engagement,
        lambda given, _: open_public_form(
            engagement_id=as_id(given, "engagement"), terms=TERMS, by=SYSTEM, at=AT
        ),
        lambda given: differs(
            "pages", PublicForm.objects.filter(engagement_id=given["engagement"]).count(), 1
        ),
        1,
    ),
    Race(
        "one invitation",
        _partner,
        lambda given, _: invite_partner(
            engagement_id=as_id(given, "engagement"), person_id=as_id(given, "person"), by=SYSTEM, at=AT
        ),
        lambda given: differs(
            "invitations", EngagementAccess.objects.filter(engagement_id=given["engagement"]).count(), 1
        ),
        RACERS,
    ),
    Race(
        "one person under one name",
        _engagement,
        _type,
        lambda given: differs("people", Speaker.objects.filter(engagement_id=given["engagement"]).count(), 1),
        RACERS,
    ),
)
