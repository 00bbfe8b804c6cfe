"""Rule sets to read, and another edition to bring in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.agreements.forms.deciding import EditionForm
from alongside.apps.agreements.operations import add_edition
from alongside.apps.agreements.operations.rule_sets import BadRuleText
from alongside.apps.agreements.queries.books import get_rule_set, list_rule_sets
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may

MOST_BYTES = 1_000_000


def rule_sets(request: ViewerRequest) -> HttpResponse:
    """List every edition of every rule set."""
    context = {
        "lines": list_rule_sets(request.viewer),
        "today": timezone.localdate(),
        "may_change": request.viewer.may("change_rule_sets"),
    }
    return render(request, "agreements/rule_sets.html", context)


def rule_set(request: ViewerRequest, name: str, edition: int) -> HttpResponse:
    """Read every rule of one edition in plain words."""
    line = get_rule_set(request.viewer, name, edition)
    if line is None:
        raise Http404
    context = {
        "line": line,
        "book": line.book,
        "holds": line.holds(timezone.localdate()),
        "may_change": request.viewer.may("change_rule_sets"),
    }
    return render(request, "agreements/rule_set.html", context)


def rule_set_file(request: ViewerRequest, name: str, edition: int) -> HttpResponse:
    """Give one edition as the file it came from."""
    line = get_rule_set(request.viewer, name, edition)
    if line is None:
        raise Http404
    file_name = f"{line.name}-edition-{line.edition}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(line.text, content_type="application/yaml; charset=utf-8", headers=headers)


def new_edition(request: ViewerRequest) -> HttpResponse:
    """Bring in a changed rule set as its next edition, or show every problem by line."""
    check_may(request.viewer, "change_rule_sets")
    form = EditionForm(request.POST, request.FILES) if request.method == "POST" else EditionForm()
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            made = add_edition(text=_read(form), by=request.viewer, at=timezone.now())
        except BadRuleText as bad:
            problems = list(bad.problems)
            add_refusal(form, "file", _("Nothing was brought in. The problems are listed below by line."))
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("This edition holds for everything that is checked from now on."))
            return redirect("agreements:rule_set", made.name, made.edition)
    return render(request, "agreements/new_edition.html", {"form": form, "problems": problems})


def _read(form: EditionForm) -> str:
    """Return the text of an uploaded file; Refused where it is no text or far too large."""
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused(_("This file is larger than any rule set. Choose a YAML file."), field="file")
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as bad:
        raise Refused(
            _("This file is no text in UTF-8. Save it as UTF-8 and try again."), field="file"
        ) from bad
