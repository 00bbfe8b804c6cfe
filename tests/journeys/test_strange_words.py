"""Words without a space, from right to left, with signs and scripts: no page breaks, on a phone least of all."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.operations import FormTerms, open_public_form
from tests.factories import actions, insight
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.journey
LONG = "Llanfairpwllgwyngyll" * 15
ARABIC = "لم أفهم ما قاله الطبيب 👩‍⚕️ " * 8
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_no_page_scrolls_sideways_on_a_phone_whatever_people_write(
    phone: Page, sign_in: Callable[..., None]
) -> None:
    # Given words nobody would print, in every place where people write
    lead = insight.make_lead()
    heard = insight.make_engagement(LONG[:150])
    said = insight.make_voices(heard, [LONG, ARABIC, "<script>alert(1)</script>"])
    theme = insight.make_theme(heard, said, LONG[:80], lead)
    found = insight.make_insight(theme, lead, statement=LONG)
    action = actions.make_action([found], owner=make_person("owner"))  # type: ignore[list-item]
    story = StoryWords("en", LONG[:150], LONG, ARABIC, LONG)
    write_story(action_id=action.id, words=story, by=SYSTEM, at=NOW)
    publish_action(action_id=action.id, by=SYSTEM, at=NOW)
    terms = FormTerms(LONG, ((LONG[:280], ""),), date(2020, 1, 1))
    form = open_public_form(engagement_id=heard.id, terms=terms, by=SYSTEM, at=NOW)
    sign_in(phone, make_person("engagement_lead"))

    # When somebody has their say in such words, and the team reads them
    phone.goto(f"/say/{form.slug}/agree/")
    phone.locator("main button[type=submit]").click()
    phone.locator("textarea").fill(LONG + ARABIC)
    phone.locator("main button[type=submit]").click()
    engagement_page, insight_page = f"/engagements/{heard.id}/", f"/insight/insights/{found}/"
    review = f"/insight/engagements/{heard.id}/review/"
    wide = []
    for address in (
        f"/say/{form.slug}/", f"/say/{form.slug}/question/1/", f"/say/{form.slug}/check/", "/what-changed/",
        f"/what-changed/{action.id}/", "/", "/search/?q=llanfair", "/engagements/", engagement_page,
        f"{engagement_page}voices/", f"{engagement_page}page/", f"/engagements/voices/{said[0].id}/", "/insight/",
        review, f"{review}voices/?item={theme}", "/insight/themes/", f"/insight/themes/{theme}/",
        "/insight/insights/", insight_page, f"{insight_page}report/", f"{insight_page}evidence/",
        f"/trail/voice/{said[0].id}/", "/actions/", f"/actions/{action.id}/", f"/actions/{action.id}/public/",
    ):  # fmt: skip
        phone.goto(address)
        if phone.evaluate(OVERFLOW) > 0:
            wide.append(address)

    # Then every page stays as wide as the phone
    assert wide == []
