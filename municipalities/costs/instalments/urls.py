"""Addresses of the room, under costs/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
