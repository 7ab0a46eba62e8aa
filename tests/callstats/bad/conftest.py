"""A source of any profile, with every queue on one public number."""

import pytest

from callstats.feeds import operations as feeds
from tests.callstats.bad.corpus import NOW
from tests.factories.callstats import SourceFactory


@pytest.fixture
def source_of(central):
    """`source_of(profile, mapping)`; the mapping is not judged before a file is read."""

    def source_of(profile, mapping=None, **facts):
        source = SourceFactory(central=central, profile=profile, queues={"*": "116117"}, **facts)
        if mapping is not None:
            feeds.save_mapping(source=source, mapping=mapping, at=NOW, by=None)
        return source

    return source_of
