"""The start-up check as Django knows it: `manage.py check` prints it, `serve` and the web server stop at it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from alongside.config.egress import make_door, shut_the_door
from alongside.config.safety import Facts, Finding, find_unsafe, refuse_unsafe

SECRETS = ("ALONGSIDE_SECRET_KEY", "ALONGSIDE_VAULT_KEY")


def gather_facts() -> Facts:
    """Return what this installation was started with."""
    database = settings.DATABASES["default"]
    is_file = database["ENGINE"] == "django.db.backends.sqlite3"
    return Facts(
        public_url=settings.PUBLIC_URL,
        debug=settings.DEBUG,
        demo=settings.DEMO,
        allowed_hosts=tuple(settings.ALLOWED_HOSTS),
        trusted_origins=tuple(settings.CSRF_TRUSTED_ORIGINS),
        secret_key=settings.SECRET_KEY,
        vault_keys=settings.VAULT_KEYS,
        secret_files=settings.SECRET_FILES,
        data=Path(settings.DATA),
        served=(Path(settings.STATIC_ROOT), Path(settings.PACKAGE) / "apps"),
        email_backend=settings.EMAIL_BACKEND,
        email_host=settings.EMAIL_HOST,
        email_is_encrypted=settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL,
        database_url=settings.DATABASE_URL,
        database_file=Path(database["NAME"]) if is_file else None,
    )


def find_unsafe_settings() -> list[Finding]:
    """Return every reason why this installation should not start."""
    return find_unsafe(gather_facts())


def refuse_unsafe_settings() -> None:
    """Stop the start where it would not be safe, saying what to do."""
    refuse_unsafe(find_unsafe_settings())


def begin_safely() -> None:
    """Stop where the settings are unsafe; else let nothing leave this process but mail."""
    refuse_unsafe_settings()
    shut_the_door(
        make_door(
            email_backend=settings.EMAIL_BACKEND,
            email_host=settings.EMAIL_HOST,
            email_port=settings.EMAIL_PORT,
        )
    )


@register(Tags.security)
def check_safety(*_: Any, **__: Any) -> list[Error]:
    """Return the findings as Django prints them."""
    return [
        Error(f"{finding.setting}: {finding.wrong}", hint=finding.remedy, id="alongside.E001")
        for finding in find_unsafe_settings()
    ]
