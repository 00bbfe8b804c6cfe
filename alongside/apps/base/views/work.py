"""Pages for work that takes a while, and for saved views."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import forget_view, save_view, stop_job
from alongside.apps.base.presenters import find_url
from alongside.apps.base.queries import get_job
from alongside.apps.base.rules import Refused, ViewerRequest


def job(request: ViewerRequest, job_id: UUID) -> HttpResponse:
    """Show how far a piece of work is; htmx asks again for the moving part only."""
    found = get_job(request.viewer, job_id)
    if found is None:
        raise Http404
    if found.state == "done" and found.back_url and found.is_own:
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": found.back_url})
        return redirect(found.back_url)
    template = "base/parts/job.html" if request.htmx else "base/job.html"
    return render(request, template, {"job": found})


@require_POST
def stop_job_view(request: ViewerRequest, job_id: UUID) -> HttpResponse:
    """Stop a piece of work of one's own."""
    stop_job(job_id=job_id, by=request.viewer, at=timezone.now())
    return redirect("base:job", job_id)


@require_POST
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep a list's filters under a name and go back to the list."""
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    url = _get_list_url(page)
    save_view(page=page, name=request.POST.get("name", ""), query=query, by=request.viewer, at=timezone.now())
    messages.success(request, _("Kept. You find it under “Your views” on this page."))
    return redirect(f"{url}?{query}" if query else url)


def _get_list_url(page: str) -> str:
    url = find_url(page)
    if not url:
        raise Refused(_("There is no such list here. Go back to the list, and keep or drop the view there."))
    return url


@require_POST
def drop_view(request: ViewerRequest, view_id: UUID) -> HttpResponse:
    """Forget a saved view."""
    url = _get_list_url(request.POST.get("page", "home:start"))
    forget_view(view_id=view_id, by=request.viewer, at=timezone.now())
    return redirect(url)
