"""The audit line inside each write, refusals, and saved views."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.apps.base.middleware import RefusalMiddleware
from alongside.apps.base.models import AuditLine, SavedView, new_id
from alongside.apps.base.operations import forget_view, record_audit, save_view
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused, check, check_may
from tests.factories.people import NOW, make_person, make_viewer


@pytest.mark.django_db(transaction=True)
def test_an_audit_line_outside_the_write_it_records_is_refused() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_audit(by=SYSTEM, at=NOW, operation="lie")


@pytest.mark.django_db
def test_an_audit_line_says_who_did_what_and_why() -> None:
    viewer = make_viewer("analyst")
    thing = uuid4()
    record_audit(by=viewer, at=NOW, operation="look", object_type="voice", object_id=thing, reason="asked to")
    line = AuditLine.objects.get(object_id=thing)
    assert (line.by_person_id, line.operation, line.reason) == (viewer.person_id, "look", "asked to")


def test_identifiers_sort_by_time_and_say_version_seven() -> None:
    ids = [new_id() for _ in range(50)]
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == 50


def test_a_refusal_keeps_its_reason_and_field() -> None:
    with pytest.raises(Refused) as caught:
        check(False, "Enter a title.", field="title")
    assert (caught.value.reason, caught.value.field) == ("Enter a title.", "title")
    check(True, "never said")


def test_the_public_may_nothing_and_the_system_everything() -> None:
    check_may(SYSTEM, "anything_at_all")
    with pytest.raises(Refused, match="does not let you see audit"):
        check_may(PUBLIC, "see_audit")


@pytest.mark.django_db
def test_a_saved_view_is_kept_replaced_and_forgotten_by_its_owner_only() -> None:
    owner, other = make_viewer("analyst"), make_viewer("analyst")
    save_view(page="home:search", name=" Mine ", query="q=a", by=owner, at=NOW)
    save_view(page="home:search", name="Mine", query="q=b", by=owner, at=NOW)
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Mine", "q=b")
    assert list_saved_views(other, "home:search") == []
    with pytest.raises(Refused, match="no such saved view"):
        forget_view(view_id=view.id, by=other, at=NOW)
    forget_view(view_id=view.id, by=owner, at=NOW)
    assert list_saved_views(owner, "home:search") == []


@pytest.mark.django_db
def test_a_saved_view_needs_a_name_and_a_bearable_length() -> None:
    with pytest.raises(Refused, match="Give this view a name"):
        save_view(page="home:search", name=" ", query="", by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused, match="at most 80"):
        save_view(page="home:search", name="x" * 81, query="", by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused, match="too many filters"):
        save_view(page="home:search", name="long", query="x" * 1001, by=make_viewer("analyst"), at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["nowhere:list", "https://elsewhere.example/", "base:job", ""])
def test_a_view_of_a_page_that_is_not_a_list_is_refused_and_not_kept(client: Client, page: str) -> None:
    client.force_login(make_person("analyst"))
    answer = client.post(reverse("base:keep_view"), {"page": page, "name": "Mine", "query": "q=1"})
    assert answer.status_code == 403
    assert "no such list" in answer.content.decode()
    assert not SavedView.objects.exists()
    view = save_view(page="home:search", name="Mine", query="", by=make_viewer("analyst"), at=NOW)
    assert client.post(reverse("base:drop_view", args=[view.id]), {"page": page}).status_code == 403


def test_a_nul_that_a_database_refuses_is_a_bad_request_and_other_faults_stay_faults() -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    asked = RequestFactory().get("/search/", {"q": "a\x00b"})
    answer = middleware.process_exception(asked, ValueError("cannot contain NUL"))
    assert answer is not None
    assert answer.status_code == 400
    assert middleware.process_exception(RequestFactory().get("/search/"), ValueError()) is None
    assert middleware.process_exception(asked, KeyError()) is None
