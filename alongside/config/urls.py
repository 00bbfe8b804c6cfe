"""Every address begins here; each room keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.apps.home.urls")),
    path("", include("alongside.apps.people.urls")),
    path("", include("alongside.apps.people.urls.flow")),
    path("", include("alongside.apps.base.urls")),
    path("engagements/", include("alongside.apps.engagement.urls")),
    path("concerns/", include("alongside.apps.engagement.urls.concerns")),
    path("say/", include("alongside.apps.engagement.urls.say")),
    path("consents/", include("alongside.apps.engagement.urls.consents")),
    path("your-consents/", include("alongside.apps.engagement.urls.own")),
    path("needs/", include("alongside.apps.engagement.urls.needs")),
    path("insight/", include("alongside.apps.insight.urls")),
    path("actions/", include("alongside.apps.actions.urls")),
    path("", include("alongside.apps.actions.urls.public")),
    path("agreements/", include("alongside.apps.agreements.urls")),
    path("partners/contacts/", include("alongside.apps.partnership.urls.contacts")),
    path("partners/funding/", include("alongside.apps.partnership.urls.funding")),
    path("partners/payments/", include("alongside.apps.partnership.urls.payments")),
    path("partners/services/", include("alongside.apps.partnership.urls.paid_work")),
    path("your-work/", include("alongside.apps.partnership.urls.work")),
    path("partners/events/", include("alongside.apps.partnership.urls.events")),
    path("events/", include("alongside.apps.partnership.urls.attend")),
    path("partners/projects/", include("alongside.apps.partnership.urls.projects")),
    path("partners/disclosures/", include("alongside.apps.partnership.urls.disclosures")),
    path("register/", include("alongside.apps.partnership.urls.register")),
    path("our-organisation/", include("alongside.apps.partnership.urls.ours")),
    path("partners/giving/", include("alongside.apps.partnership.urls.giving")),
    path("partners/", include("alongside.apps.partnership.urls.relations")),
]
handler400 = "alongside.apps.base.views.bad_request"
handler403 = "alongside.apps.base.views.forbidden"
handler404 = "alongside.apps.base.views.not_found"
handler500 = "alongside.apps.base.views.broken"
