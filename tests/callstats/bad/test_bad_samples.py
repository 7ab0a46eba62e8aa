"""Bad files of every kind as samples for the wizard: laid out or refused in words, never a 500."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from callstats.calls.models import Call
from callstats.mappings.models import MappingDraft
from callstats.sources.registry import PROFILES
from tests.callstats.bad.corpus import OF_CALLS, each_kind
from tests.factories.callstats import SourceFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


@pytest.mark.parametrize("profile", PROFILES)
def test_each_bad_file_is_a_draft_or_refused_in_words(profile, browser, central):
    source = SourceFactory(slug="any", central=central, profile="table", queues={})
    start = reverse("mapping_start", args=[source.slug])
    for bad in each_kind(bad for bad in OF_CALLS if bad.profile == profile):
        sample = SimpleUploadedFile(bad.path.name, bad.path.read_bytes())

        page = browser.post(start, {"file": sample, "start": "guess"}, follow=True)

        assert page.status_code == (200 if MappingDraft.objects.exists() else 422), bad
        MappingDraft.objects.all().delete()
    assert not Call.objects.exists()
