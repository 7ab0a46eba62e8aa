from django.urls import path

from municipalities.agreements import (
    delegation_views,
    draft_views,
    leaving_views,
    pdf_views,
    step_views,
    views,
)

ROOM = "<slug:cooperation>/agreements/"
AGREEMENT = f"{ROOM}<int:pk>/"
VERSION = f"{AGREEMENT}<int:number>/"
CLAUSE = f"{VERSION}clauses/<int:clause>/"
DELEGATIONS = f"{ROOM}delegations/"
DELEGATION = f"{DELEGATIONS}<slug:municipality>/"
NOTICES = f"{ROOM}notices/"

urlpatterns = [
    path(ROOM, views.agreements, name="agreements"),
    path(f"{ROOM}new/", views.agreement_new, name="agreement_new"),
    path(DELEGATIONS, delegation_views.delegations, name="delegations"),
    path(DELEGATION, delegation_views.delegation, name="delegation"),
    path(
        f"{DELEGATION}withdraw/",
        delegation_views.delegation_withdraw,
        name="delegation_withdraw",
    ),
    path(NOTICES, leaving_views.withdrawals, name="withdrawals"),
    path(f"{NOTICES}new/", leaving_views.withdrawal_new, name="withdrawal_new"),
    path(f"{NOTICES}<int:pk>/cancel/", leaving_views.withdrawal_cancel, name="withdrawal_cancel"),
    path(AGREEMENT, views.agreement_versions, name="agreement_versions"),
    path(f"{AGREEMENT}change/", views.agreement_change, name="agreement_change"),
    path(f"{AGREEMENT}draft/", views.agreement_draft, name="agreement_draft"),
    path(f"{AGREEMENT}compare/", views.agreement_compare, name="agreement_compare"),
    path(VERSION, views.agreement_version, name="agreement_version"),
    path(f"{VERSION}version.pdf", pdf_views.agreement_pdf, name="agreement_pdf"),
    path(f"{VERSION}facts/", draft_views.agreement_facts, name="agreement_facts"),
    path(f"{VERSION}parties/", draft_views.agreement_parties, name="agreement_parties"),
    path(f"{VERSION}clauses/", draft_views.agreement_clause_new, name="agreement_clause_new"),
    path(CLAUSE, draft_views.agreement_clause, name="agreement_clause"),
    path(f"{CLAUSE}move/", draft_views.agreement_clause_move, name="agreement_clause_move"),
    path(f"{CLAUSE}delete/", draft_views.agreement_clause_delete, name="agreement_clause_delete"),
    path(f"{VERSION}send/", step_views.agreement_send, name="agreement_send"),
    path(f"{VERSION}take-back/", step_views.agreement_take_back, name="agreement_take_back"),
    path(f"{VERSION}drop/", step_views.agreement_drop, name="agreement_drop"),
    path(
        f"{VERSION}put-in-force/", step_views.agreement_put_in_force, name="agreement_put_in_force"
    ),
    path(f"{VERSION}dissolve/", step_views.agreement_dissolve, name="agreement_dissolve"),
    path(f"{VERSION}governor/", step_views.agreement_governor, name="agreement_governor"),
    path(
        f"{VERSION}adoptions/<slug:municipality>/",
        step_views.agreement_adoption,
        name="agreement_adoption",
    ),
]
