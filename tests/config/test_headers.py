"""What browsers are told with every answer: pages, faults, downloads, static files; and what cookies look like."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.apps.home.views import pages as views
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
MUST = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def check_headers(answer: Any, what: str) -> str:
    """Check what every answer carries; return its content security policy."""
    for name, value in MUST.items():
        assert answer.headers.get(name) == value, f"{what}: {name}"
    assert "camera=()" in answer.headers["Permissions-Policy"], what
    policy = str(answer.headers["Content-Security-Policy"])
    assert "default-src 'none'" in policy, what
    assert "frame-ancestors 'none'" in policy, what
    assert "base-uri 'none'" in policy, what
    for loose in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", " *", "http:", "https:"):
        assert loose not in policy, f"{what}: {loose}"
    return policy


def break_down(*_: object, **__: object) -> HttpResponse:
    raise RuntimeError("what a patient wrote")


def test_every_kind_of_answer_tells_browsers_what_it_may_do(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    check_headers(client.get(reverse("people:login")), "a page")
    check_headers(client.get("/"), "a redirect to signing in")
    check_headers(client.get("/nowhere/"), "not found")
    check_headers(client.post(reverse("people:logout")), "a forged form")
    check_headers(client.get("/", headers={"Host": "evil.example"}), "another host's name")
    check_headers(client.get(reverse("people:logout")), "a wrong method")
    client.force_login(make_person("engagement_lead"))
    check_headers(client.get(reverse("people:people")), "refused")
    monkeypatch.setattr(views, "get_day", break_down)
    broken = client.get("/")
    assert broken.status_code == 500
    check_headers(broken, "a fault")
    assert "what a patient wrote" not in broken.content.decode()


def test_a_download_is_kept_and_never_shown_or_run() -> None:
    heard = make_engagement()
    make_voices(heard, "Spoken.")
    client = Client()
    client.force_login(make_person("engagement_lead"))
    for ending in ("csv", "xlsx"):
        answer = client.get(reverse("engagement:voices_export", args=[heard.id, ending]))
        policy = check_headers(answer, ending)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in policy
        assert "no-store" in answer.headers["Cache-Control"]


def test_static_files_carry_the_same_rules(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/drawing.svg")

    assert answer.status_code == 200
    assert "sandbox" in check_headers(answer, "a static file")


def test_nothing_a_signed_in_person_saw_is_stored() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("engagement_lead"))
    pages = [client.get("/"), client.get("/nowhere/"), client.get(reverse("people:people"))]
    pages.append(client.post(reverse("people:logout")))  # refused before anybody is known

    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
    assert "no-store" not in Client().get("/about/privacy/").headers.get("Cache-Control", "")


ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "voices.example.org", "x-forwarded-proto": "https"})
page = client.get("/about/privacy/", secure=True)
said = client.post("/language/", {"language": "cy"}, secure=True)
plain = Client(headers={"host": "voices.example.org"}).get("/about/privacy/")
cookies = [morsel.OutputString() for morsel in client.cookies.values()]
print(json.dumps({"hsts": page.headers.get("Strict-Transport-Security"), "cookies": cookies, "plain": plain.status_code,
    "to": plain.headers.get("Location", ""), "session": settings.SESSION_COOKIE_NAME,
    "secure": settings.SESSION_COOKIE_SECURE}))
"""


def test_over_https_cookies_belong_to_this_host_alone(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_URL": "https://voices.example.org",
        "ALONGSIDE_HOSTS": "voices.example.org",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK.replace("django.setup()", f"django.setup(); {PLAIN}")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout.splitlines()[-1])

    assert "max-age=31536000" in told["hsts"]
    assert "includeSubDomains" in told["hsts"]
    assert told["session"].startswith("__Host-")
    assert told["secure"] is True
    assert len(told["cookies"]) >= 2
    for cookie in told["cookies"]:
        assert cookie.startswith("__Host-"), cookie
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie
    assert told["plain"] == 301
    assert told["to"].startswith("https://voices.example.org/")


PLAIN = (
    "from django.conf import settings as s; "
    "s.STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}"
)


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_a_strange_host(to: str) -> None:
    said = Client().post(reverse("base:language"), {"language": "cy", "next": to}, headers={"referer": to})
    assert said.headers["Location"] == "/"
    client = Client()
    client.force_login(make_person("engagement_lead"))
    kept = client.post(reverse("base:keep_view"), {"page": "home:start", "name": "x", "query": to})
    assert kept.headers["Location"].startswith("/?")
