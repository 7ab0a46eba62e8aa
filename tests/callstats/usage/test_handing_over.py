"""Last year's calls become usage that a key can share by."""

import pytest
from django.utils import timezone

from callstats.usage.operations import hand_over
from callstats.usage.tasks import hand_over_last_year
from legevakt.lib.periods import Period
from municipalities.models import LineClass, UsageFigure
from tests.factories.costs import vaernes
from tests.factories.months import hour_of_calls
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

pytestmark = pytest.mark.django_db
LAST_YEAR = Period.month(2024, 5)


@pytest.fixture
def central():
    made = CentralFactory(cooperation=vaernes())
    PublicNumberFactory(central=made, line_class=LineClass.NATIONAL)
    return made


def called(central, *, municipality, answered, abandoned=0):
    for outcome, count in (("answered", answered), ("abandoned", abandoned)):
        if count:
            hour_of_calls(
                central,
                period=LAST_YEAR,
                outcome=outcome,
                waits_ms=[30_000] * count,
                municipality=municipality,
            )


def counts():
    return dict(UsageFigure.objects.values_list("municipality__name", "count"))


def test_every_call_counts_where_its_municipality_is_known(central):
    called(central, municipality="5033", answered=2, abandoned=1)
    called(central, municipality="5035", answered=9)
    called(central, municipality="", answered=8)

    hand_over(cooperation=central.cooperation, year=2024, at=timezone.now())

    assert counts() == {"Tydal": 3, "Stjørdal": 9}
    assert UsageFigure.objects.first().source.startswith("116 117: 12 / 20")


def test_handing_over_again_changes_nothing_and_late_calls_are_added(central):
    called(central, municipality="5033", answered=2)
    hand_over(cooperation=central.cooperation, year=2024, at=timezone.now())

    again = hand_over(cooperation=central.cooperation, year=2024, at=timezone.now())
    called(central, municipality="5034", answered=4)
    later = hand_over(cooperation=central.cooperation, year=2024, at=timezone.now())

    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert later.created == 1


def test_calls_of_municipalities_outside_the_cooperation_are_nobodys_usage(central):
    called(central, municipality="0301", answered=2)

    hand_over(cooperation=central.cooperation, year=2024, at=timezone.now())

    assert not counts()


def test_without_known_municipalities_nothing_is_handed_over(central):
    called(central, municipality="", answered=2)

    assert hand_over(cooperation=central.cooperation, year=2024, at=timezone.now()) is None


def test_the_nightly_task_takes_the_year_that_is_over(central, clock):
    called(central, municipality="5033", answered=2)

    hand_over_last_year()

    assert list(UsageFigure.objects.values_list("year", flat=True)) == [2024]
