"""Announce the people room."""

from datetime import timedelta

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import AfterRestore, JobKind, PersonalSource, StartSection, registry

ROOM = "alongside.apps.people"
MIDDLEWARE = f"{ROOM}.middleware"
LAST_LOGIN = "django.contrib.auth.models.update_last_login"


class PeopleConfig(AppConfig):
    name = "alongside.apps.people"
    label = "people"

    def ready(self) -> None:
        registry.add_personal_source(
            PersonalSource(
                name="consents",
                label="What people agreed to",
                position=20,
                tables=("people_consent_line",),
                collect=f"{ROOM}.queries.consents.collect_consents",
                erase=f"{ROOM}.operations.consents.erase_consents",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="people",
                label=gettext_noop("Your account and what you asked us"),
                position=50,
                tables=(
                    "people_person",
                    "people_role_grant",
                    "people_invitation",
                    "people_basis",
                    "people_data_request",
                    "people_request_event",
                    "people_request_match",
                    "people_request_record",
                    "people_data_answer",
                    "people_erasure",
                ),
                find=f"{ROOM}.queries.personal.find",
                names=f"{ROOM}.queries.personal.names",
                list_fields=f"{ROOM}.queries.personal.list_fields",
                correct=f"{ROOM}.operations.corrections.correct",
                collect=f"{ROOM}.queries.personal.collect",
                erase=f"{ROOM}.operations.personal.erase",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="needs",
                label="Access and information needs",
                position=25,
                tables=("people_access_need", "people_need_occasion", "people_need_reader"),
                collect=f"{ROOM}.queries.needs.collect_needs",
                erase=f"{ROOM}.operations.needs.erase_needs",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="sign_in",
                label=gettext_noop("How you sign in"),
                position=60,
                tables=(
                    "django_session",
                    "account_emailaddress",
                    "account_emailconfirmation",
                    "mfa_authenticator",
                    "people_sign_in",
                ),
                collect=f"{ROOM}.queries.personal.collect_sign_in",
                erase=f"{ROOM}.operations.personal.erase_sign_in",
            )
        )
        registry.add_start_section(StartSection("requests", 5, f"{ROOM}.queries.day.list_day"))
        registry.add_job_kind(
            JobKind(
                "people.clear_sessions",
                "Throwing ended sessions away",
                f"{ROOM}.jobs.clear_sessions",
                every=timedelta(hours=6),
            )
        )
        registry.add_job_kind(
            JobKind(
                "people.forget_answers",
                gettext_noop("Throwing answers away whose time is over"),
                f"{ROOM}.jobs.forget_answers",
                every=timedelta(days=1),
            )
        )
        registry.add_after_restore(AfterRestore("erasures", 10, f"{ROOM}.operations.erasing.erase_again"))
        # The day of the last sign-in is written after it is known who acts: the trail names them.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(import_string(f"{MIDDLEWARE}.begin_session"), dispatch_uid="people.begin")
        user_logged_in.connect(import_string(LAST_LOGIN), dispatch_uid="update_last_login")
        user_logged_out.connect(import_string(f"{MIDDLEWARE}.forget_session"), dispatch_uid="people.forget")
