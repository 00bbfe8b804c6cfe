"""The digest: for whom news waits, what did not arrive, and sending it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.apps.actions.bridge import delivers_mail
from alongside.apps.actions.queries.digests import count_waiting_mail, list_lost_mail
from alongside.apps.base.operations.jobs import start_job
from alongside.apps.base.rules import ViewerRequest, check_may


def digest(request: ViewerRequest) -> HttpResponse:
    """Show how many people news waits for, and which mail did not arrive."""
    check_may(request.viewer, "tell_people")
    context = {
        "waiting": count_waiting_mail(request.viewer),
        "lost": list_lost_mail(request.viewer),
        "delivers_mail": delivers_mail(),
    }
    return render(request, "actions/digest.html", context)


@require_POST
def send(request: ViewerRequest) -> HttpResponse:
    """Write to everybody for whom news waits, in the background."""
    check_may(request.viewer, "tell_people")
    job = start_job(
        kind="actions.send_digest",
        arguments={},
        by=request.viewer,
        at=timezone.now(),
        back_url=reverse("actions:digest"),
    )
    return redirect("base:job", job.id)
