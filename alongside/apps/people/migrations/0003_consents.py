"""The consent ledger, which the database itself keeps append-only, and what people need."""

import alongside.apps.base.models.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TABLE = "people_consent_line"
SAYS = "The consent ledger is append-only: write a new line."
SQLITE = tuple(
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)


def refuse_changes(apps, schema_editor):
    """Let nothing change or delete a line, whichever way it comes."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow_changes(apps, schema_editor):
    """Take the refusal away, on the way back to a database without the ledger."""
    if schema_editor.connection.vendor == "sqlite":
        names = [f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("update", "delete")]
    else:
        names = [f"DROP FUNCTION {TABLE}_refuse() CASCADE"]
    for statement in names:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessNeed',
            fields=[
                ('id', models.UUIDField(default=alongside.apps.base.models.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(choices=[('person', 'person with an account'), ('speaker', 'person who spoke'), ('member', 'member of the programme')], max_length=10)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('large_print', 'large print'), ('easy_read', 'easy read'), ('audio', 'audio'), ('braille', 'braille'), ('bsl', 'British Sign Language'), ('screen_reader', 'a file that a screen reader can read'), ('language', 'another language'), ('interpreter', 'an interpreter'), ('step_free', 'step-free access'), ('breaks', 'breaks'), ('quiet_room', 'a quiet room'), ('hearing_loop', 'a hearing loop'), ('carer', 'somebody with me'), ('travel', 'help with travel'), ('timing', 'a time of day that suits'), ('contact', 'how to contact me'), ('other', 'something else')], max_length=14)),
                ('words', models.TextField(blank=True)),
                ('strength', models.CharField(choices=[('must', 'I cannot take part without it'), ('would_help', 'it would help')], max_length=10)),
                ('visible_to', models.CharField(choices=[('team', 'people who run engagements'), ('named', 'colleagues I name'), ('arranger', 'only the person who arranges')], max_length=10)),
                ('since_on', models.DateField()),
                ('review_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('recorded_by_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'people_access_need',
                'ordering': ['strength', 'kind', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('since_on'))), name='people_need_is_reviewed_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['language', 'interpreter', 'other']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='people_need_says_which')],
            },
        ),
        migrations.CreateModel(
            name='ConsentLine',
            fields=[
                ('id', models.UUIDField(default=alongside.apps.base.models.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(choices=[('person', 'person with an account'), ('speaker', 'person who spoke'), ('member', 'member of the programme'), ('source', 'everybody in a file')], max_length=10)),
                ('subject_id', models.UUIDField()),
                ('engagement_id', models.UUIDField(null=True)),
                ('event', models.CharField(choices=[('given', 'given'), ('changed', 'changed'), ('withdrawn', 'withdrawn'), ('refused', 'refused'), ('other_basis', 'another basis recorded')], max_length=12)),
                ('how', models.CharField(choices=[('public_form', 'on the public page'), ('receipt', 'with a receipt code'), ('private_link', 'through a private link'), ('account', 'signed in'), ('phone', 'by phone'), ('paper', 'on paper'), ('in_person', 'in person'), ('import', 'with a file'), ('team', 'put right by a colleague'), ('carried_over', 'recorded from what was here')], max_length=14)),
                ('text_sha256', models.CharField(blank=True, max_length=64)),
                ('analyse', models.BooleanField()),
                ('quote_inside', models.BooleanField()),
                ('quote_public', models.BooleanField()),
                ('share_partners', models.BooleanField()),
                ('contact_again', models.BooleanField()),
                ('people', models.PositiveIntegerField(null=True)),
                ('published', models.JSONField(default=list)),
                ('note_locked', models.BinaryField(null=True)),
                ('recorded_by_id', models.UUIDField(null=True)),
                ('given_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('basis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.basis')),
                ('consent_text', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consenttext')),
            ],
            options={
                'db_table': 'people_consent_line',
                'ordering': ['-recorded_at', '-id'],
                'indexes': [models.Index(fields=['subject_id', 'id'], name='people_consent_of_subject'), models.Index(fields=['engagement_id', 'recorded_at'], name='people_consent_of_engagement')],
                'constraints': [models.CheckConstraint(condition=models.Q(('event__in', ['given', 'changed', 'withdrawn', 'refused', 'other_basis'])), name='people_consent_event_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('event', 'given'), _negated=True), ('consent_text__isnull', False), _connector='OR'), name='people_consent_given_names_its_text'), models.CheckConstraint(condition=models.Q(models.Q(('consent_text__isnull', True), ('text_sha256', '')), models.Q(('consent_text__isnull', False), models.Q(('text_sha256', ''), _negated=True)), _connector='OR'), name='people_consent_text_has_its_digest'), models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['withdrawn', 'refused']), _negated=True), models.Q(('analyse', False), ('contact_again', False), ('quote_inside', False), ('quote_public', False), ('share_partners', False)), _connector='OR'), name='people_consent_withdrawn_allows_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('people__isnull', False), ('subject_kind', 'source')), models.Q(models.Q(('subject_kind', 'source'), _negated=True), ('people__isnull', True)), _connector='OR'), name='people_consent_of_a_file_counts_people')],
            },
        ),
        migrations.CreateModel(
            name='NeedOccasion',
            fields=[
                ('id', models.UUIDField(default=alongside.apps.base.models.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('engagement_id', models.UUIDField(db_index=True, null=True)),
                ('happened_on', models.DateField()),
                ('is_met', models.BooleanField()),
                ('why', models.TextField(blank=True)),
                ('next_step', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('by_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occasions', to='people.accessneed')),
            ],
            options={
                'db_table': 'people_need_occasion',
                'ordering': ['-happened_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_met', True), models.Q(models.Q(('why', ''), _negated=True), models.Q(('next_step', ''), _negated=True)), _connector='OR'), name='people_unmet_need_says_why_and_what_next')],
            },
        ),
        migrations.CreateModel(
            name='NeedReader',
            fields=[
                ('id', models.UUIDField(default=alongside.apps.base.models.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='people.accessneed')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'people_need_reader',
                'constraints': [models.UniqueConstraint(fields=('need', 'person'), name='people_need_reader_once')],
            },
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
