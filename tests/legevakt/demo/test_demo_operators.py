"""The demonstration's operators: something to see in each list, whatever day it is loaded."""

from datetime import UTC, datetime

import pytest

from legevakt.demo.record import competence
from legevakt.lib.periods import local_day
from municipalities.competence.queries import of_central, summed


@pytest.mark.parametrize("month", [2, 11])
def test_some_lack_something_some_expire_one_is_alone_and_some_are_late(
    cooperation, central, month
):
    at = datetime(2024, month, 29, 12, tzinfo=UTC)

    competence.write(founded=cooperation, at=at)

    told = summed(of_central(central=central, today=local_day(at)).operators)
    assert (told.operators, told.lacking, told.expiring) == (12, 3, 4)
    assert (told.unpaired, told.late_follow_ups) == (1, 2)
