"""Drafts of mappings for the tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from callstats.mappings.models import MappingDraft
from tests.factories.callstats import SourceFactory
from tests.factories.municipalities import UserFactory


class MappingDraftFactory(DjangoModelFactory):
    """A draft whose sample is gone already."""

    class Meta:
        model = MappingDraft

    source = factory.SubFactory(SourceFactory, profile="table")
    file_name = "log.csv"
    sha256 = "0" * 64
    mapping = factory.LazyFunction(lambda: {"columns": {}})
    created_at = datetime(2025, 11, 10, 12, tzinfo=UTC)
    created_by = factory.SubFactory(UserFactory)
