"""What people change is remembered, with who and by which request."""

import pghistory.models
import pytest
from django.apps import apps
from django.urls import reverse

from municipalities.models import Membership

# Rows that workers and telephone systems write, many at a time; their imports tell who and when.
# And what people write but never change.
WRITTEN_BY_MACHINES = {
    "callstats.CallPurge",
    "callstats.FeedCursor",
    "callstats.MappingDraft",  # lives a day at most; what is saved of it is a version
    "callstats.MappingVersion",  # a change is a new version, with who and when
    "callstats.SourceSilence",
    "municipalities.HearingDocument",  # written when the hearing opens, and never changed
    "municipalities.CompetenceLetter",
    "municipalities.SettlementNotice",  # claimed and sent by the beat
    "municipalities.AccountsLine",  # never changed: a newer file is a new row
    "municipalities.PlanLine",  # made with their plan, which is tracked, and frozen with it
    "municipalities.Instalment",
    "municipalities.SettlementLine",  # made with its settlement, and frozen with it
    "municipalities.SavedSimulation",  # saved once; a change is another
    "municipalities.Reminder",  # claimed and sent by the beat
    "municipalities.MeetingLetter",  # claimed and sent by the beat
    "municipalities.FollowUpReminder",
    "municipalities.CalendarFeed",  # made anew or taken away by its person alone
    "municipalities.WebhookMessage",
    "callstats.Call",
    "callstats.CallRevision",
    "callstats.CallHour",
    "callstats.ExcludedHour",  # summed again from its rule, which is tracked
    "callstats.TargetAlert",
    "callstats.FeedHour",
    "callstats.CallImport",
    "callstats.RefusedRow",
    "callstats.CallTrace",
    "callstats.SourceToken",  # made and revoked, never changed; its row says when
    "reporting.ReportDocument",
    "municipalities.CooperationUserObjectPermission",  # follows Membership, which is tracked
}


def test_every_model_that_people_change_has_a_history():
    tracked = {
        model.pgh_tracked_model._meta.label
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None)
    }
    ours = {
        model._meta.label
        for name in ("municipalities", "callstats", "reporting")
        for model in apps.get_app_config(name).get_models()
        if not hasattr(model, "pgh_obj")
    }

    assert ours - tracked == WRITTEN_BY_MACHINES


@pytest.mark.django_db
def test_a_change_remembers_the_person_and_the_request(host_director, partner_director, as_person):
    membership = partner_director.memberships.get()
    browser = as_person(host_director)

    answer = browser.post(reverse("access_revoke", args=[membership.pk]))

    assert answer.status_code == 302
    deleted = apps.get_model("municipalities", "MembershipEvent").objects.get(
        pgh_label="delete", pgh_obj_id=membership.pk
    )
    context = pghistory.models.Context.objects.get(pk=deleted.pgh_context_id)
    assert context.metadata["user"] == host_director.pk
    assert context.metadata["request_id"] == answer["X-Request-ID"] != ""
    assert not Membership.objects.filter(pk=membership.pk).exists()
