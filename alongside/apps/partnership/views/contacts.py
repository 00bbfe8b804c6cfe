"""The list of contacts, one contact, adding, changing and ending one; the list as a table or as cards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.bridge.contact_cards import stream_cards
from alongside.apps.partnership.forms.contacts import ContactForm, EndContactForm
from alongside.apps.partnership.operations.contacts.keeping import (
    add_contact,
    change_contact,
    end_contact,
    take_contact_up,
)
from alongside.apps.partnership.presenters.contacts import (
    EXPORT_COLUMNS,
    draw_contact_filters,
    export_contact_rows,
)
from alongside.apps.partnership.queries.contacts.duplicates import list_proposals
from alongside.apps.partnership.queries.contacts.people import (
    ContactFilters,
    as_card,
    get_account_name,
    get_contact,
    list_contacts,
    list_contacts_of,
)
from alongside.apps.partnership.rules.contacts import is_mandated
from alongside.apps.people.queries import get_partner_names, list_people_of

ROWS_A_PAGE = 50


def _read_filters(request: ViewerRequest) -> ContactFilters:
    get = request.GET.get
    return ContactFilters(
        words=get("words", "").strip()[:100],
        organisation=get("organisation", ""),
        mandated=get("mandated", ""),
        ended=get("ended", ""),
    )


def _organisation_name(request: ViewerRequest) -> dict[str, str]:
    try:
        wanted = UUID(request.GET.get("organisation", ""))
    except ValueError:
        return {}
    return {str(one): name for one, name in get_partner_names(request.viewer, [wanted]).items()}


def contacts(request: ViewerRequest) -> HttpResponse:
    """List the contacts at partner organisations."""
    check_may(request.viewer, "see_relations")
    today = timezone.localdate()
    page = get_page(request, list_contacts(request.viewer, _read_filters(request), today), ROWS_A_PAGE)
    for one in page.object_list:
        one.is_mandated_today = is_mandated(one.mandated_from, one.mandated_until, today)
    context = {
        "page": page,
        "filters": draw_contact_filters(request.GET, _organisation_name(request)),
        "query": request.GET.urlencode(),
        "may_keep": request.viewer.may("keep_relations"),
        "proposals": list_proposals(request.viewer).count(),
    }
    return render(request, "partnership/contacts/list.html", context)


def _record(request: ViewerRequest, found: Any, ending: str) -> None:
    ids = list(found.values_list("id", flat=True))
    record_export(
        what="contacts",
        object_type="partnership.contactperson",
        object_ids=ids,
        rows=len(ids),
        ending=ending,
        by=request.viewer,
        at=timezone.now(),
    )


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Download the contacts that the filters leave as a table."""
    check_may(request.viewer, "keep_relations")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_contacts(request.viewer, _read_filters(request), timezone.localdate())
    _record(request, found, kind)
    return download(kind, "contacts", EXPORT_COLUMNS, export_contact_rows(found.iterator(1_000)))


def vcard(request: ViewerRequest) -> HttpResponseBase:
    """Download the contacts that the filters leave as cards for an address book."""
    check_may(request.viewer, "keep_relations")
    found = list_contacts(request.viewer, _read_filters(request), timezone.localdate())
    _record(request, found, "vcf")
    cards = stream_cards(as_card(one) for one in found.iterator(1_000))
    return _answer_cards(StreamingHttpResponse(cards), "contacts")


def card(request: ViewerRequest, contact_id: UUID) -> HttpResponseBase:
    """Download one contact as a card for an address book."""
    check_may(request.viewer, "keep_relations")
    found = _get(request, contact_id)
    record_export(
        what="contacts",
        object_type="partnership.contactperson",
        object_ids=[contact_id],
        rows=1,
        ending="vcf",
        by=request.viewer,
        at=timezone.now(),
    )
    return _answer_cards(HttpResponse("".join(stream_cards([as_card(found)]))), "contact")


def _answer_cards(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Type"] = "text/vcard; charset=utf-8"
    answer["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return answer


def _get(request: ViewerRequest, contact_id: UUID) -> Any:
    found = get_contact(request.viewer, contact_id)
    if found is None:
        raise Http404
    return found


def contact(request: ViewerRequest, contact_id: UUID) -> HttpResponse:
    """Show one contact."""
    check_may(request.viewer, "see_relations")
    found = _get(request, contact_id)
    context = {
        "contact": found,
        "is_mandated": is_mandated(found.mandated_from, found.mandated_until, timezone.localdate()),
        "account": get_account_name(request.viewer, found),
        "others": [
            one for one in list_contacts_of(request.viewer, found.organisation_id) if one.id != found.id
        ],
        "may_keep": request.viewer.may("keep_relations"),
    }
    return render(request, "partnership/contacts/contact.html", context)


def new(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Add a contact at an organisation."""
    check_may(request.viewer, "keep_relations")
    names = get_partner_names(request.viewer, [organisation_id])
    if organisation_id not in names:
        raise Http404
    form = ContactForm(request.POST or None)
    form.offer_accounts(list_people_of(request.viewer, organisation_id))
    if form.is_valid():
        by, at = request.viewer, timezone.now()
        made = try_to(
            form, lambda: add_contact(organisation_id=organisation_id, plan=form.plan, by=by, at=at)
        )
        if made is not None:
            messages.success(request, _("Added."))
            return redirect("contacts:contact", made)
    context = {"form": form, "organisation_id": organisation_id, "organisation_name": names[organisation_id]}
    return render(request, "partnership/contacts/edit.html", context)


def edit(request: ViewerRequest, contact_id: UUID) -> HttpResponse:
    """Change a contact."""
    check_may(request.viewer, "keep_relations")
    found = _get(request, contact_id)
    initial = {name: getattr(found, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial)
    form.offer_accounts(list_people_of(request.viewer, found.organisation_id))
    if form.is_valid():

        def keep() -> bool:
            change_contact(contact_id=contact_id, plan=form.plan, by=request.viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            messages.success(request, _("Changed."))
            return redirect("contacts:contact", contact_id)
    context = {"form": form, "contact": found, "organisation_name": found.organisation.name}
    return render(request, "partnership/contacts/edit.html", context)


def end(request: ViewerRequest, contact_id: UUID) -> HttpResponse:
    """Write down that somebody is no contact any more."""
    check_may(request.viewer, "keep_relations")
    found = _get(request, contact_id)
    form = EndContactForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():

        def keep() -> bool:
            ended_on = form.cleaned_data["ended_on"]
            end_contact(contact_id=contact_id, ended_on=ended_on, by=request.viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            messages.success(request, _("Recorded. The contact stays in the record, and out of the list."))
            return redirect("contacts:contact", contact_id)
    return render(request, "partnership/contacts/end.html", {"form": form, "contact": found})


@require_POST
def take_up(request: ViewerRequest, contact_id: UUID) -> HttpResponse:
    """Write down that somebody is a contact still, or again."""
    check_may(request.viewer, "keep_relations")
    _get(request, contact_id)
    take_contact_up(contact_id=contact_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("A contact again."))
    return redirect(reverse("contacts:contact", args=[contact_id]))
