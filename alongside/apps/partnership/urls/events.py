"""Addresses of events: planning, registering, reporting."""

from django.urls import path

from alongside.apps.partnership.views import event_papers, event_places, events

app_name = "events"
urlpatterns = [
    path("", events.events, name="list"),
    path("export/<str:kind>/", events.export, name="export"),
    path("new/", events.new, name="new"),
    path("<uuid:event_id>/", events.event, name="event"),
    path("<uuid:event_id>/change/", events.edit, name="edit"),
    path("<uuid:event_id>/agenda/", events.agenda, name="agenda"),
    path("<uuid:event_id>/agenda/<uuid:item_id>/drop/", events.drop_item, name="drop_item"),
    path("<uuid:event_id>/costs/", events.costs, name="costs"),
    path("<uuid:event_id>/costs/<uuid:cost_id>/drop/", events.drop_cost_line, name="drop_cost"),
    path("<uuid:event_id>/agreement/", event_papers.event_paper, name="paper"),
    path("<uuid:event_id>/move/<slug:to>/", events.move, name="move"),
    path("<uuid:event_id>/report/", events.report, name="report"),
    path("<uuid:event_id>/registrations/", event_places.registrations, name="registrations"),
    path(
        "<uuid:event_id>/registrations/export/<str:kind>/",
        event_places.export_registrations,
        name="export_registrations",
    ),
    path("<uuid:event_id>/registrations/add/", event_places.add_registration, name="add_registration"),
    path("<uuid:event_id>/registrations/<uuid:registration_id>/<slug:to>/", event_places.mark, name="mark"),
]
