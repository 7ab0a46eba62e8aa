import pytest

from municipalities.models import LineClass
from tests.factories.callstats import SourceFactory


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def national(central):
    return central.numbers.get(line_class=LineClass.NATIONAL)
