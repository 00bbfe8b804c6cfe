"""The product's own WSGI door with one more address behind it, at which a client brings a receipt code of its own.

The pages make the code for a person before they send; a client on a phone that may lose its connection makes it
itself. Both end in the same operation, `receive_answers`.
"""

import json
import os
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()

from alongside.apps.base.rules import PUBLIC, Refused  # noqa: E402  needs Django first
from alongside.apps.engagement.operations import SentAnswers, receive_answers  # noqa: E402
from alongside.apps.engagement.queries import get_public_form  # noqa: E402
from alongside.config.urls import handler400, handler403, handler404, handler500  # noqa: E402
from alongside.config.urls import urlpatterns as real  # noqa: E402
from tests.faults.mutants import install_mutant  # noqa: E402


@csrf_exempt
@login_not_required
def answers(request: HttpRequest) -> HttpResponse:
    """Keep one answer: 200 with its code, 409 where a code comes again with other words."""
    sent: dict[str, Any] = json.loads(request.body)
    form = get_public_form(sent["slug"], "en", timezone.localdate())
    if form is None:
        return JsonResponse({}, status=404)
    try:
        code = receive_answers(
            slug=form.slug,
            sent=SentAnswers(((1, sent["text"]),), form.consent_text_id, "en", code=sent["code"]),
            by=PUBLIC,
            at=timezone.now(),
            on=timezone.localdate(),
        )
    except Refused as refusal:
        return JsonResponse({"refused": refusal.reason}, status=409)
    return JsonResponse({"code": code})


urlpatterns = [*real, path("faults/answers/", answers, name="faults_answers")]
__all__ = ["application", "handler400", "handler403", "handler404", "handler500", "urlpatterns"]
install_mutant()
