"""Samples are gone after a day, whatever became of their draft."""

import os
from datetime import timedelta

import pytest
from django.conf import settings

from callstats.mappings.models import MappingDraft
from callstats.mappings.tasks import delete_old_drafts
from tests.conftest import NOW
from tests.factories.mappings import MappingDraftFactory

pytestmark = pytest.mark.django_db


def drafted(*, hours: int) -> MappingDraft:
    draft = MappingDraftFactory(created_at=NOW - timedelta(hours=hours))
    draft.path.parent.mkdir(exist_ok=True)
    draft.path.write_bytes(b"a;b")
    os.utime(draft.path, (draft.created_at.timestamp(),) * 2)
    return draft


def test_a_draft_of_yesterday_goes_and_one_of_today_stays(
    clock, django_capture_on_commit_callbacks
):
    old, new = drafted(hours=25), drafted(hours=23)

    with django_capture_on_commit_callbacks(execute=True):
        delete_old_drafts()

    assert list(MappingDraft.objects.all()) == [new]
    assert (old.path.exists(), new.path.exists()) == (False, True)


def test_a_sample_without_a_draft_goes_when_it_is_old(clock):
    draft = drafted(hours=1)
    MappingDraft.objects.all().delete()
    delete_old_drafts()
    assert draft.path.exists()

    clock.shift(timedelta(hours=25))
    delete_old_drafts()

    assert not list((settings.UPLOADS_DIR / "drafts").iterdir())
