"""Script in every text anybody can write, in every table: a real browser opens each page and runs none of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from playwright.sync_api import Page

from alongside.apps.people.rules import ROLES
from tests.matrix.asking import HOLES, find_address
from tests.matrix.language import OPEN
from tests.matrix.rooms import ROWS
from tests.matrix.world import World, make_world
from tests.setup.walking import go_to

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HOSTILE = (
    '"><img src=x onerror="window.ran=1">',
    "<script>window.ran=1</script>",
    "</title></textarea></script><svg onload=window.ran=1>",
    '" autofocus onfocus=window.ran=1 x="',
    "javascript:window.ran=1//",
    "'-(window.ran=1)-'{{7*7}}${7*7}{% now 'Y' %}",
)
# Texts that no person writes: ids, digests, states, words of our own that code looks up.
NOT_WRITTEN = {
    "password", "slug", "stored_name", "sha256", "token_sha256", "code_hash", "header_sha256", "input_sha256",
    "import_key", "key", "kind", "state", "page", "operation", "object_type", "language", "role", "stage", "channel",
    "back_url", "session_key", "engine", "engine_version", "nation", "pathway_stage", "codename", "app_label", "model",
    "was", "became", "rule", "template", "text_sha256", "document_sha256", "scheme", "level", "domain",
    "time_zone", "session_data", "table", "provider", "uid", "ip", "path", "by_role", "method", "type", "scope",
}  # fmt: skip
# What is read as a whole before it is kept: script in the middle of it is no rule set any more.
READ_WHOLE = {"agreements.RuleSet.text", "agreements.RuleSet.name"}
RAN = "() => window.ran === undefined"
MARKUP = """() => [...document.querySelectorAll("*")].filter(one =>
  [...one.attributes].some(a => /^on/i.test(a.name)) ||
  ["href", "src", "action", "formaction"].some(n => /^\\s*javascript:/i.test(one.getAttribute(n) || "")) ||
  (one.tagName === "SCRIPT" && !/^.static./.test(one.getAttribute("src") || "") && one.type !== "application/json")
).map(one => one.outerHTML.slice(0, 150))"""
NO_PAGE = (".csv", ".xlsx", ".pdf", ".svg", "export", "/csv/", "/xlsx/", "brand.css")
LEAVES = {"people:logout"}


def poison() -> int:
    """Put script into every text of every table that takes it; return how many columns hold some."""
    poisoned = 0
    for model in apps.get_models():
        for place, field in enumerate(model._meta.concrete_fields):
            if is_written(field):
                poisoned += put_in(model, field, HOSTILE[place % len(HOSTILE)])
    return poisoned


def is_written(field: Any) -> bool:
    is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
    whole = f"{field.model._meta.label}.{field.name}" in READ_WHOLE
    return is_text and not whole and field.name not in NOT_WRITTEN and not (field.primary_key or field.unique)


def put_in(model: type[models.Model], field: Any, words: str) -> bool:
    if field.max_length and field.max_length < len(words):
        words = words[: field.max_length]
    try:
        with transaction.atomic():
            return bool(model._base_manager.update(**{field.name: words}))
    except DatabaseError:  # a trail that nobody may change, a column the database holds to a form
        return False


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Yield each page once, with a role that may open it."""
    for row in ROWS:
        reader = next((role for role in ROLES if row.expect(role, "own", "GET") == OPEN), None)
        if row.name in HOLES and row.name not in LEAVES and reader is not None:
            address = find_address(world, reader, row, "own")
            if not any(part in address for part in NO_PAGE):
                yield reader, address


def test_no_page_runs_what_people_wrote(
    open_context: Callable[..., Any],
    sign_in: Callable[..., None],
    watch: Any,
    settings: Any,
    tmp_path: Any,
) -> None:
    # Given script in every text of every table
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    assert poison() > 40
    watch.allowed_statuses |= {404, 403, 409}
    browsers: dict[str, Page] = {}
    ran, opened = [], 0

    # When each page is opened in a browser by somebody who may
    for reader, address in pages(world):
        if reader not in browsers:
            browsers[reader] = open_context().new_page()
            browsers[reader].on("dialog", lambda dialog: ran.append(dialog.message))
            sign_in(browsers[reader], world.people[reader])
        page = browsers[reader]
        if go_to(page, address) is None:  # a file to keep
            continue
        opened += 1
        if not page.evaluate(RAN) or (found := page.evaluate(MARKUP)):
            ran.append(f"{address}: {found if page.evaluate(RAN) else 'ran'}")

    # Then none of it ran, and none of it is markup; a policy that had to step in would stand in the console
    assert ran == []
    assert opened > 60
