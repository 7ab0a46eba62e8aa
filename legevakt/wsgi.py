"""The entry for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legevakt.settings")
application = get_wsgi_application()
# What is loaded now lives as long as the process: the collector need not walk through it again.
gc.collect()
gc.freeze()
