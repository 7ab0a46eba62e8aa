"""The definition files' words are known to translators."""

import pytest

from callstats.indicators.definitions import all_definitions
from callstats.indicators.words import PARAMETER_NAMES, PARAMETER_WORDS


@pytest.mark.parametrize("definition", all_definitions().values(), ids=lambda d: d.id)
def test_every_parameter_has_a_name_and_translatable_words(definition):
    assert set(definition.parameters) <= set(PARAMETER_NAMES)
    assert set(definition.parameters.values()) <= set(PARAMETER_WORDS)
