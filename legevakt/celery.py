"""The Celery application and the whole timetable."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legevakt.settings")

app = Celery("legevakt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "municipalities.access",
        "municipalities.register",
        "municipalities.obligations",
        "municipalities.decisions",
        "municipalities.hearings",
        "municipalities.centrals",
        "municipalities.competence",
        "municipalities.costs.settlements",
        "municipalities.meetings.meeting",
        "municipalities.meetings.minutes",
        "municipalities.meetings.follow_up",
        "municipalities.webhooks",
        "callstats.alerts",
        "callstats.feeds",
        "callstats.imports",
        "callstats.periods",
        "callstats.mappings",
        "callstats.usage",
        "reporting.annual_report",
        "reporting.deliveries",
    ]
)

# Each task is safe to repeat, so a second beat or a missed tick does no harm.
app.conf.beat_schedule = {
    "imports that lost their worker go on": {
        "task": "callstats.imports.tasks.resume_stalled",
        "schedule": 60.0,
    },
    "reports that lost their worker go on": {
        "task": "reporting.annual_report.tasks.resume_stalled",
        "schedule": 60.0,
    },
    "what is due is sent": {
        "task": "reporting.deliveries.tasks.send_due",
        "schedule": 60.0,
    },
    "sources that fall silent are noticed, and told of": {
        "task": "callstats.feeds.tasks.watch_sources",
        "schedule": 60.0,
    },
    "participants are told of decisions": {
        "task": "municipalities.decisions.tasks.tell_participants",
        "schedule": 300.0,
    },
    "receipts that are late are reminded of": {
        "task": "municipalities.decisions.tasks.remind_participants",
        "schedule": crontab(hour=7, minute=20),
    },
    "participants are asked in hearings": {
        "task": "municipalities.hearings.tasks.ask_participants",
        "schedule": 300.0,
    },
    "who has not answered a hearing is reminded": {
        "task": "municipalities.hearings.tasks.remind_participants",
        "schedule": crontab(hour=7, minute=25),
    },
    "partners are told of settlements to verify, and of those approved": {
        "task": "municipalities.costs.settlements.tasks.tell_partners",
        "schedule": 300.0,
    },
    "calls, changes and cancellations of meetings are sent": {
        "task": "municipalities.meetings.meeting.tasks.send_letters",
        "schedule": 60.0,
    },
    "minutes are sent for remarks, and when they are approved": {
        "task": "municipalities.meetings.minutes.tasks.send_letters",
        "schedule": 60.0,
    },
    "those responsible are reminded of what a meeting asked of them": {
        "task": "municipalities.meetings.follow_up.tasks.remind",
        "schedule": crontab(hour=7, minute=35),
    },
    "what webhooks are to be told is sent": {
        "task": "municipalities.webhooks.tasks.send_due",
        "schedule": 30.0,
    },
    "the last months are computed again, so that late data heals": {
        "task": "callstats.periods.tasks.recompute_recent",
        "schedule": crontab(hour=4, minute=10),
    },
    "last year's calls are handed to cost sharing": {
        "task": "callstats.usage.tasks.hand_over_last_year",
        "schedule": crontab(hour=5, minute=40),
    },
    "what is published is computed again and compared": {
        "task": "callstats.periods.tasks.verify_published",
        "schedule": crontab(hour=5, minute=10),
    },
    "centrals that fall below their target are noticed, and told of": {
        "task": "callstats.alerts.tasks.watch_targets",
        "schedule": crontab(hour=6, minute=40),
    },
    "the leader is asked to check the month that has ended": {
        "task": "callstats.periods.tasks.ask_for_checks",
        "schedule": crontab(hour=7, minute=10),
    },
    "what is agreed gets its days in this year and the next": {
        "task": "municipalities.obligations.tasks.plan_years",
        "schedule": crontab(hour=3, minute=40),
    },
    "those responsible are reminded of what is due, once before and once after": {
        "task": "municipalities.obligations.tasks.remind",
        "schedule": crontab(hour=7, minute=20),
    },
    "the leader is reminded of checks of the central that are due": {
        "task": "municipalities.centrals.tasks.remind_of_checks",
        "schedule": crontab(hour=7, minute=20),
    },
    "the leader is told of competence that expires and follow-ups that are late": {
        "task": "municipalities.competence.tasks.tell_of_competence",
        "schedule": crontab(hour=7, minute=30),
    },
    "Statistics Norway is asked for the inhabitants on 1 January, where that is allowed": {
        "task": "municipalities.register.tasks.fetch_inhabitants",
        "schedule": crontab(hour=5, minute=30, day_of_month=28, month_of_year="1-3"),
    },
    "sessions that have ended are deleted": {
        "task": "municipalities.access.tasks.clear_sessions",
        "schedule": crontab(hour=4, minute=30),
    },
    "what webhooks were told a month ago is deleted": {
        "task": "municipalities.webhooks.tasks.delete_old",
        "schedule": crontab(hour=4, minute=50),
    },
    "mapping drafts and their samples are gone after a day": {
        "task": "callstats.mappings.tasks.delete_old_drafts",
        "schedule": crontab(minute=20),
    },
    "idempotency keys past their time are forgotten": {
        "task": "callstats.imports.tasks.forget_old_keys",
        "schedule": crontab(hour=4, minute=45),
    },
    "calls past their retention are deleted": {
        "task": "callstats.imports.tasks.purge_calls",
        "schedule": crontab(hour=4, minute=50),
    },
    "raw files past their retention are deleted": {
        "task": "callstats.imports.tasks.delete_expired_files",
        "schedule": crontab(hour=4, minute=40),
    },
}
