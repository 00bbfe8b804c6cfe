"""What the pages about funding share: finding the request, saying no beside the field, asking for nothing twice."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.queries.funding.requests import FundingRequest, get_request


def find_or_404(viewer: Viewer, request_id: UUID) -> FundingRequest:
    """Return a request this viewer may see; another's is answered exactly as nobody's."""
    found = get_request(viewer, request_id)
    if found is None:
        raise Http404
    return found


def did(form: forms.BaseForm, do: Callable[[], object]) -> bool:
    """Return whether an operation went through; a refusal stands beside the field it is about."""
    try:
        do()
    except Refused as refusal:
        add_refusal(form, refusal.field, refusal.reason)
        return False
    return True
