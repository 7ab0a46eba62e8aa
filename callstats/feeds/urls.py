from django.urls import path

from callstats.feeds import setup_views, token_views, views

urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("profiles/", views.profiles, name="profiles"),
    path("new-source/", setup_views.source_new, name="source_new"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>/settings/", setup_views.source_edit, name="source_edit"),
    path("sources/<slug:slug>/queues/", setup_views.source_queues, name="source_queues"),
    path("sources/<slug:slug>/sandbox/", setup_views.source_sandbox, name="source_sandbox"),
    path("sources/<slug:slug>/tokens/", token_views.source_tokens, name="source_tokens"),
    path("sources/<slug:slug>/tokens/new/", token_views.source_token_new, name="source_token_new"),
    path(
        "sources/<slug:slug>/tokens/<slug:prefix>/renew/",
        token_views.source_token_rotate,
        name="source_token_rotate",
    ),
    path(
        "sources/<slug:slug>/tokens/<slug:prefix>/revoke/",
        token_views.source_token_revoke,
        name="source_token_revoke",
    ),
]
