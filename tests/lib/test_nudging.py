"""A nudge that no broker takes is no error: the timetable does the work later."""

from datetime import timedelta
from types import SimpleNamespace

from kombu.exceptions import OperationalError

from legevakt.lib.nudging import nudge


class Task:
    """Notes how it was queued, as a Celery task is."""

    name = "a task"

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.queued = error, []

    def delay(self, **arguments) -> None:
        self.apply_async(kwargs=arguments)

    def apply_async(self, **options) -> None:
        if self.error:
            raise self.error
        self.queued.append(options)


def test_a_task_is_queued_at_once_or_with_its_times_in_seconds():
    task = Task()
    nudge(task, message_id=7)
    nudge(task, after=timedelta(seconds=5), expires=timedelta(minutes=1), message_id=7)
    nudge(task, expires=timedelta(minutes=1), message_id=7)
    assert task.queued == [
        {"kwargs": {"message_id": 7}},
        {"kwargs": {"message_id": 7}, "countdown": 5.0, "expires": 60.0},
        {"kwargs": {"message_id": 7}, "expires": 60.0},
    ]


def test_without_a_broker_only_the_log_hears_of_it(monkeypatch):
    told = []
    log = SimpleNamespace(warning=lambda event, **facts: told.append((event, facts)))
    monkeypatch.setattr("legevakt.lib.nudging.log", log)
    nudge(Task(error=OperationalError("away")), message_id=7)
    assert told == [
        ("no broker to nudge", {"task": "a task", "error": "away", "message_id": 7}),
    ]
