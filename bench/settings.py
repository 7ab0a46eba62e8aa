"""The product's settings, with the bench's baseline address beside its own."""

from legevakt.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
