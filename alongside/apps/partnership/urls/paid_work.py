"""Addresses of contracted services and payments to people."""

from django.urls import path

from alongside.apps.partnership.views.services import claims, needs, offers, rates

app_name = "services"
urlpatterns = [
    path("", offers.offers, name="list"),
    path("export/<str:kind>/", offers.export, name="export"),
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", needs.new_need, name="new_need"),
    path("needs/<uuid:need_id>/", needs.need, name="need"),
    path("needs/<uuid:need_id>/change/", needs.change, name="change_need"),
    path("needs/<uuid:need_id>/approve/", needs.approve, name="approve_need"),
    path("needs/<uuid:need_id>/close/", needs.close, name="close_need"),
    path("needs/<uuid:need_id>/offer/", offers.new_offer, name="new_offer"),
    path("offers/<uuid:offer_id>/", offers.offer, name="offer"),
    path("offers/<uuid:offer_id>/agreement/", offers.draft_agreement, name="draft_agreement"),
    path("offers/<uuid:offer_id>/agreement/choose/", offers.use, name="use_agreement"),
    path("offers/<uuid:offer_id>/start/", offers.start, name="start"),
    path("offers/<uuid:offer_id>/done/", offers.finish, name="finish"),
    path("offers/<uuid:offer_id>/take-back/", offers.withdraw, name="withdraw"),
    path("offers/<uuid:offer_id>/gift/", offers.give, name="give"),
    path("claims/<uuid:claim_id>/", claims.check, name="check_claim"),
    path("rates/", rates.rate_cards, name="rate_cards"),
    path("rates/new/", rates.new_rate_card, name="new_rate_card"),
    path("rates/shipped/", rates.add_shipped, name="add_shipped"),
    path("rates/<uuid:card_id>/end/", rates.end, name="end_rate_card"),
]
