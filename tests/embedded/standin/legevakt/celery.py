"""Stands in for the Celery application: no tasks, the real broker."""

import os

from celery import Celery

app = Celery("standin", broker=os.environ["REDIS_URL"] + "/0")
