"""What this room tells a person about themselves, and what an erasure empties and keeps."""

from alongside.apps.agreements.models import AgreementComment, AgreementVersion
from alongside.apps.agreements.operations import answer_comment, comment_on_agreement
from alongside.apps.agreements.operations.personal import erase
from alongside.apps.agreements.queries.personal import collect
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.base.operations.covering import cover_mentions
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.base.rules.subjects import Subject
from tests.factories.papers import draft, make_plan, sign
from tests.factories.people import NOW, make_viewer


def test_a_person_is_told_their_agreements_and_an_erasure_keeps_what_the_law_keeps(
    lead: Viewer, certifier: Viewer
) -> None:
    sheila = make_viewer("patient_partner", name="Sheila Marwood-Tate")
    plan = make_plan(kind="service", capacity="themselves", person_id=sheila.person_id)
    one = draft(plan, lead, until="certified", certifier=certifier)
    said = comment_on_agreement(agreement_id=one, field_key="", words="Is this me?", by=sheila, at=NOW)
    answer_comment(comment_id=said, words="Yes.", by=lead, at=NOW)
    sign(one, sheila, side="theirs", way="screen")
    subject = Subject(person_ids=frozenset({sheila.own_id}))
    told = {record.table for record in collect(subject)}
    assert {
        "agreements_agreement",
        "agreements_version",
        "agreements_signature",
        "agreements_comment",
    } <= told
    team = {record.table for record in collect(Subject(person_ids=frozenset({lead.own_id})))}
    assert {"agreements_version", "agreements_event", "agreements_comment"} <= team

    rows = {row.table: row for row in erase(subject, by=SYSTEM, at=NOW)}
    cover_mentions(names=["Sheila Marwood-Tate"])

    assert rows["agreements_comment"].erased == 1
    assert (rows["agreements_agreement"].kept, "the law asks" in rows["agreements_agreement"].because) == (
        1,
        True,
    )
    assert AgreementComment.objects.get().words == ""
    assert get_shown_version(lead, one).is_intact
    assert "Sheila Marwood-Tate" in AgreementVersion.objects.get().document
    again = {row.table: row.erased for row in erase(subject, by=SYSTEM, at=NOW)}
    assert set(again.values()) == {0}
