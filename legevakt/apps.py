from django.apps import AppConfig


class LegevaktConfig(AppConfig):
    """The wiring; an app only so that Django finds its commands."""

    name = "legevakt"
