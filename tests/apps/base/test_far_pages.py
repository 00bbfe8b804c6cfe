"""A page far down a list holds what a page by counting would hold."""

import pytest
from django.test import RequestFactory

from alongside.apps.base.views import pages
from alongside.apps.people.models import Organisation
from tests.factories.partners import make_organisation


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["1", "3", "4", "99", "not a number"])
def test_a_page_far_down_holds_the_same_rows_in_the_same_order(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(16):
        make_organisation(f"Group {number:02}")
    request = RequestFactory().get("/", {"page": page})
    found = Organisation.objects.order_by("-name")
    near = list(pages.get_page(request, found, 5))
    monkeypatch.setattr(pages, "FAR", 5)
    far = pages.get_page(request, found, 5)
    assert list(far) == near
    assert list(pages.get_page(request, list(found), 5)) == near
    ids = found.values_list("id", flat=True)
    assert list(pages.get_page(request, ids, 5)) == [one.id for one in near]
