from django.urls import path

from municipalities.meetings.agenda import proposal_views, views

AGENDA = "<slug:cooperation>/meeting/<int:pk>/agenda/"
ITEM = AGENDA + "<int:item>/"
PROPOSAL = "<slug:cooperation>/proposals/<int:pk>/"

urlpatterns = [
    path(AGENDA, views.agenda, name="agenda"),
    path(AGENDA + "new/", views.agenda_item_new, name="agenda_item_new"),
    path(ITEM, views.agenda_item, name="agenda_item"),
    path(ITEM + "move/", views.agenda_item_move, name="agenda_item_move"),
    path(ITEM + "remove/", views.agenda_item_remove, name="agenda_item_remove"),
    path("<slug:cooperation>/proposals/", proposal_views.proposals, name="proposals"),
    path(
        "<slug:cooperation>/forums/<int:forum>/propose/",
        proposal_views.proposal_new,
        name="proposal_new",
    ),
    path(PROPOSAL, proposal_views.proposal, name="proposal"),
    path(PROPOSAL + "take/", proposal_views.proposal_take, name="proposal_take"),
    path(PROPOSAL + "decline/", proposal_views.proposal_decline, name="proposal_decline"),
    path(PROPOSAL + "support/", proposal_views.proposal_support, name="proposal_support"),
    path(PROPOSAL + "withdraw/", proposal_views.proposal_withdraw, name="proposal_withdraw"),
]
