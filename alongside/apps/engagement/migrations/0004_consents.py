"""Lines of the consent ledger for everybody who was here before it, as far as what was here says."""

import hashlib

from django.db import migrations
from django.utils import timezone

from alongside.apps.base.models import new_id

USES = ("analyse", "quote_inside", "quote_public", "share_partners", "contact_again")
CHUNK = 500


def make_line(now, *, kind, subject_id, engagement_id, event, basis, text, at, people=None, allowed=None):
    """Return the values of one line."""
    if allowed is None:
        allowed = {use for use in USES if basis is not None and getattr(basis, f"may_{use}")}
    return {
        "id": new_id(),
        "subject_kind": kind,
        "subject_id": subject_id,
        "engagement_id": engagement_id,
        "event": event,
        "how": "carried_over",
        "consent_text": text,
        "text_sha256": hashlib.sha256(text.body.encode()).hexdigest() if text else "",
        "basis": basis,
        "people": people,
        "published": [],
        "given_at": at,
        "recorded_at": now,
        **{use: use in allowed for use in USES},
    }


def line_of_speaker(speaker, basis, texts, now):
    """Return what somebody who sent or said words of their own agreed to."""
    text = texts.get(basis.consent_text_id)
    return make_line(
        now,
        kind="speaker",
        subject_id=speaker.id,
        engagement_id=speaker.engagement_id,
        event="given" if basis.kind == "consent" and text else "other_basis",
        basis=basis,
        text=text,
        at=speaker.created_at,
    )


def record_what_was_here(apps, schema_editor):
    """Write one line for each file, each person who sent or said words one by one, and each withdrawal."""
    Line = apps.get_model("people", "ConsentLine")
    bases = {one.id: one for one in apps.get_model("people", "Basis").objects.all()}
    texts = {one.id: one for one in apps.get_model("people", "ConsentText").objects.all()}
    now, lines = timezone.now(), []
    lines += list_files(apps, bases, texts, now)
    lines += list_people(apps, bases, texts, now)
    lines += list_withdrawals(apps, texts, now)
    lines += list_stopped(apps, bases, texts, now)
    for start in range(0, len(lines), CHUNK):
        Line.objects.bulk_create([Line(**values) for values in lines[start : start + CHUNK]])


def list_files(apps, bases, texts, now):
    """Return a line for each file that was brought in, with its people."""
    Voice = apps.get_model("engagement", "Voice")
    found = apps.get_model("engagement", "Import").objects.filter(
        state="confirmed", basis__isnull=False, source__isnull=False
    )
    lines = []
    for one in found.order_by("confirmed_at", "id"):
        basis = bases[one.basis_id]
        text = texts.get(basis.consent_text_id)
        spoke = Voice.objects.filter(source_id=one.source_id, is_moderator=False, speaker__isnull=False)
        lines.append(
            make_line(
                now,
                kind="source",
                subject_id=one.source_id,
                engagement_id=one.engagement_id,
                event="given" if basis.kind == "consent" and text else "other_basis",
                basis=basis,
                text=text,
                at=one.confirmed_at or one.created_at,
                people=spoke.order_by().values("speaker_id").distinct().count(),
            )
        )
    return lines


def list_people(apps, bases, texts, now):
    """Return a line for each person and basis where words came one by one."""
    Voice = apps.get_model("engagement", "Voice")
    Speaker = apps.get_model("engagement", "Speaker")
    rows = Voice.objects.filter(
        source__kind__in=["typed", "public_form", "reply"], is_moderator=False, speaker__isnull=False
    )
    pairs = sorted(set(rows.order_by().values_list("speaker_id", "basis_id")))
    speakers = Speaker.objects.in_bulk({speaker_id for speaker_id, _basis in pairs})
    return [
        line_of_speaker(speakers[speaker_id], bases[basis_id], texts, now)
        for speaker_id, basis_id in pairs
        if bases[basis_id].may_analyse
    ]


def list_withdrawals(apps, texts, now):
    """Return a line for each receipt with which words were taken back."""
    found = apps.get_model("engagement", "Receipt").objects.exclude(withdrawn_at=None)
    return [
        make_line(
            now,
            kind="speaker",
            subject_id=one.speaker_id,
            engagement_id=one.form.engagement_id,
            event="withdrawn",
            basis=None,
            text=texts[one.form.consent_text_id],
            at=one.withdrawn_at,
            allowed=set(),
        )
        for one in found.select_related("form").order_by("withdrawn_at", "id")
    ]


def list_stopped(apps, bases, texts, now):
    """Return a line for each person who asked not to be contacted and took nothing else back."""
    Voice = apps.get_model("engagement", "Voice")
    found = apps.get_model("engagement", "Contact").objects.exclude(stopped_at=None)
    lines = []
    for contact in found.select_related("speaker").order_by("stopped_at", "id"):
        latest = Voice.objects.filter(speaker_id=contact.speaker_id).order_by("-created_at", "-id").first()
        if latest is None or not bases[latest.basis_id].may_analyse:
            continue
        basis = bases[latest.basis_id]
        allowed = {use for use in USES if getattr(basis, f"may_{use}")} - {"contact_again"}
        lines.append(
            make_line(
                now,
                kind="speaker",
                subject_id=contact.speaker_id,
                engagement_id=contact.speaker.engagement_id,
                event="changed",
                basis=basis,
                text=texts.get(basis.consent_text_id),
                at=contact.stopped_at,
                allowed=allowed,
            )
        )
    return lines


class Migration(migrations.Migration):

    dependencies = [
        ("engagement", "0003_concerns"),
        ("people", "0003_consents"),
    ]

    operations = [migrations.RunPython(record_what_was_here, migrations.RunPython.noop)]
