"""The product's settings, with the bench's baseline address beside its own."""

from legevakt.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["call-imports"] = "1000000/min"  # noqa: F405
