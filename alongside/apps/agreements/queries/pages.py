"""One agreement whole: its words, steps, findings, versions, comments, signatures and history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from alongside.apps.agreements.models import (
    Agreement,
    AgreementComment,
    AgreementVersion,
    Certification,
    NeededPaper,
    RuleAnswer,
    Signature,
)
from alongside.apps.agreements.queries.papers import judge_agreement, read_fields
from alongside.apps.agreements.queries.rule_sets import RuleFinding
from alongside.apps.agreements.rules import digest_document
from alongside.apps.agreements.rules.papers import split_text
from alongside.apps.base.rules import Viewer
from alongside.apps.people.queries import get_names


@dataclass(frozen=True)
class CommentLine:
    """One comment with its answer: about which field, of which version, by whom."""

    id: UUID
    about: str
    version_number: int
    words: str
    is_from_partner: bool
    who: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Change:
    """What one heading of the paper said before and after."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionLine:
    """One version: when it was written, by whom, why, and what changed against the one before."""

    number: int
    written_at: datetime
    who: str
    why: str
    sha256: str
    template: str
    rule_set: str
    changes: list[Change]


@dataclass(frozen=True)
class EventLine:
    """One step in the history."""

    became: str
    words: str
    who: str
    at: datetime
    version_number: int
    is_step: bool


@dataclass(frozen=True)
class AnsweredFinding:
    """What a rule says that is not in order, and what somebody answered to it about these words."""

    finding: RuleFinding
    answer: str
    answered_by: str


@dataclass(frozen=True)
class AgreementPage:
    """Everything a reader of one agreement may see; the team's parts are empty for a partner."""

    agreement: Agreement
    number: int
    sha256: str
    template: str
    rule_set: str
    sections: list[tuple[str, str]]
    is_intact: bool
    fields: list[tuple[str, str]]
    comments: list[CommentLine]
    certification: Certification | None
    certified_by: str
    signatures: list[Signature]
    findings: list[AnsweredFinding]
    kept: int
    versions: list[VersionLine]
    events: list[EventLine]
    needs: list[NeededPaper]
    writer_ids: frozenset[UUID | None]

    @property
    def blocking(self) -> list[AnsweredFinding]:
        """Return the findings that stand in the way, and those that ask and have no answer."""
        return [
            one
            for one in self.findings
            if one.finding.is_blocking or (one.finding.outcome == "ask" and not one.answer)
        ]

    @property
    def partner_agrees(self) -> bool:
        """Return whether the partner said that these very words are right."""
        return self.agreement.partner_agreed_version == self.number

    def has_signed(self, side: str) -> bool:
        """Return whether one side has signed these words."""
        return any(one.side == side for one in self.signatures)

    @property
    def ours_signed(self) -> bool:
        """Return whether our side has signed."""
        return self.has_signed("ours")

    @property
    def theirs_signed(self) -> bool:
        """Return whether the partner has signed."""
        return self.has_signed("theirs")


def get_agreement_page(viewer: Viewer, agreement_id: UUID, at: datetime) -> AgreementPage | None:
    """Return one agreement whole, or None where there is none for this viewer.

    A partner reads the words, the comments and who signed; findings, versions and history are the team's.
    """
    agreement = (
        Agreement.objects.for_viewer(viewer)
        .select_related("organisation", "person", "replaces")
        .prefetch_related(
            Prefetch("versions", AgreementVersion.objects.select_related("rule_set", "certification")),
            "comments",
            "events",
        )
        .filter(id=agreement_id)
        .first()
    )
    if agreement is None:
        return None
    versions = list(agreement.versions.all())
    now = next(one for one in versions if one.number == agreement.version_number)
    is_team = viewer.may("see_agreements")
    names = get_names(viewer, _list_people(agreement, versions))
    findings = judge_agreement(agreement, now, at) if is_team else []
    certification = getattr(now, "certification", None)
    return AgreementPage(
        agreement=agreement,
        number=now.number,
        sha256=now.document_sha256,
        template=now.template,
        rule_set=_name_rule_set(now),
        sections=split_text(now.document),
        is_intact=digest_document(now.document) == now.document_sha256,
        fields=[(one.key, one.prints_under) for one in read_fields(agreement, now)],
        comments=_list_comments(agreement, now, names),
        certification=certification,
        certified_by=names.get(certification.certified_by_id, "") if certification else "",
        signatures=list(now.signatures.order_by("at")),
        findings=_answer(now, findings, names),
        kept=sum(one.outcome == "pass" for one in findings),
        versions=_list_versions(versions, names) if is_team else [],
        events=_list_events(agreement, names) if is_team else [],
        needs=list(NeededPaper.objects.filter(agreement=agreement)) if is_team else [],
        writer_ids=frozenset({agreement.author_id, *(one.written_by_id for one in versions)}),
    )


def list_shared_agreements(viewer: Viewer) -> list[Agreement]:
    """Return the agreements a partner sees of its own, those that need its word first, then the newest."""
    if viewer.may("see_agreements"):
        return []
    found = list(Agreement.objects.for_viewer(viewer).select_related("organisation", "person"))
    return sorted(found, key=lambda one: one.state not in ("partner_review", "certified"))


def _name_rule_set(version: AgreementVersion) -> str:
    return f"{version.rule_set.title}, edition {version.rule_set.edition}"


def _list_people(agreement: Agreement, versions: list[AgreementVersion]) -> set[UUID]:
    ids: set[UUID | None] = {agreement.author_id, *(one.written_by_id for one in versions)}
    for event in agreement.events.all():
        ids.add(event.by_id)
    for comment in agreement.comments.all():
        ids |= {comment.by_id, comment.answered_by_id}
    for version in versions:
        certification = getattr(version, "certification", None)
        ids.add(certification.certified_by_id if certification else None)
    return {one for one in ids if one is not None}


def _list_comments(
    agreement: Agreement, version: AgreementVersion, names: dict[UUID, str]
) -> list[CommentLine]:
    about = {one.key: one.prints_under for one in read_fields(agreement, version)}
    return [
        CommentLine(
            id=one.id,
            about=about.get(one.field_key, ""),
            version_number=one.version_number,
            words=one.words,
            is_from_partner=one.is_from_partner,
            who=_name(one.by_id, names),
            at=one.at,
            answer=one.answer,
            answered_by=_name(one.answered_by_id, names),
            answered_at=one.answered_at,
        )
        for one in agreement.comments.all()
    ]


def _name(person_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(person_id, "") if person_id else ""


def _answer(
    version: AgreementVersion, findings: list[RuleFinding], names: dict[UUID, str]
) -> list[AnsweredFinding]:
    broken = [one for one in findings if one.outcome != "pass"]
    if not broken:
        return []
    found = RuleAnswer.objects.filter(
        subject_kind="agreement", subject_id=version.agreement_id, at__gte=version.written_at
    )
    answers = {one.rule: one for one in found.order_by("at")}
    order = {"block": 0, "ask": 1, "warn": 2}
    lines = []
    for one in sorted(broken, key=lambda finding: order[finding.outcome]):
        answer = answers.get(one.rule)
        words = answer.words if answer else ""
        lines.append(AnsweredFinding(one, words, _name(answer.by_id, names) if answer else ""))
    return lines


def _list_versions(versions: list[AgreementVersion], names: dict[UUID, str]) -> list[VersionLine]:
    lines = []
    before: dict[str, str] = {}
    for one in versions:
        sections = dict(split_text(one.document))
        first = next(iter(sections), "")
        changes = [
            Change(heading, before.get(heading, ""), sections.get(heading, ""))
            for heading in dict.fromkeys([*before, *sections])
            if before and heading != first and before.get(heading, "") != sections.get(heading, "")
        ]
        lines.append(
            VersionLine(
                number=one.number,
                written_at=one.written_at,
                who=_name(one.written_by_id, names),
                why=one.why,
                sha256=one.document_sha256,
                template=one.template,
                rule_set=_name_rule_set(one),
                changes=changes,
            )
        )
        before = sections
    return lines[::-1]


def _list_events(agreement: Agreement, names: dict[UUID, str]) -> list[EventLine]:
    return [
        EventLine(
            became=str(Agreement.State(one.became).label),
            words=one.words,
            who=_name(one.by_id, names),
            at=one.at,
            version_number=one.version_number,
            is_step=one.was != one.became,
        )
        for one in reversed(list(agreement.events.all()))
    ]


def get_comment_place(viewer: Viewer, comment_id: UUID) -> UUID | None:
    """Return the agreement a comment belongs to, where this viewer may see it."""
    seen = Agreement.objects.for_viewer(viewer).values("id")
    return (
        AgreementComment.objects.filter(id=comment_id, agreement_id__in=seen)
        .values_list("agreement_id", flat=True)
        .first()
    )
