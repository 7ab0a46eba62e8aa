"""Who has a figure on a day, and who lacks one."""

from datetime import date

from municipalities.cooperations import participation
from municipalities.register.models import FigureStatus
from municipalities.register.queries import inhabitants_on, population_of
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.population import counted

DAY, BEFORE = date(2025, 1, 1), date(2024, 1, 1)


def test_a_figure_tells_its_day_status_source_and_when_it_was_fetched(host, partner):
    counted(host, DAY, 30_123, status=FigureStatus.PROVISIONAL)
    counted(partner, BEFORE, 512)

    found = inhabitants_on(municipalities=[host, partner], counted_date=DAY)

    assert set(found) == {host.pk}
    figure = found[host.pk]
    assert (figure.inhabitants, figure.status, figure.is_final) == (30_123, "provisional", False)
    assert (figure.counted_date, figure.retrieved_date) == (DAY, date(2025, 3, 1))
    assert figure.source.startswith("Statistisk")


def test_a_cooperation_is_complete_when_each_that_takes_part_has_a_figure(
    cooperation, host, partner, django_assert_num_queries
):
    counted(host, DAY, 30_123)
    found = population_of(cooperation, DAY)
    assert (found.missing, found.is_complete, found.inhabitants) == ([partner], False, None)
    assert not found.is_final

    counted(partner, DAY, 512, status=FigureStatus.PROVISIONAL)
    with django_assert_num_queries(2):
        found = population_of(cooperation, DAY)
    assert (found.missing, found.is_complete, found.inhabitants) == ([], True, 30_635)
    assert not found.is_final
    assert [each.number for each in found.municipalities] == ["4631", "4633"]


def test_final_is_when_all_are(cooperation, host, partner):
    for each in (host, partner):
        counted(each, DAY, 500)
    assert population_of(cooperation, DAY).is_final


def test_whoever_takes_part_on_another_day_is_asked_of_by_that_day(cooperation, host):
    joining = MunicipalityFactory(number="4632")
    participation.join(
        cooperation=cooperation, municipality=joining, on=date(2025, 7, 1), why="new", by=None
    )
    for each in (host, joining):
        counted(each, DAY, 500)

    assert joining not in population_of(cooperation, DAY).municipalities
    assert joining in population_of(cooperation, DAY, day=date(2025, 7, 1)).municipalities


def test_a_merged_municipality_has_no_figure_from_before_the_merger(cooperation, host, partner):
    for each in (host, partner):
        counted(each, DAY, 500)
    merged = MunicipalityFactory(number="4699", valid_from=date(2025, 7, 1))
    participation.merge(
        cooperation=cooperation,
        of=[host, partner],
        into=merged,
        on=date(2025, 7, 1),
        today=date(2025, 7, 1),
        why="reform",
        by=None,
    )

    assert population_of(cooperation, DAY).is_complete
    assert population_of(cooperation, DAY, day=date(2025, 7, 1)).missing == [merged]


def test_a_cooperation_without_anybody_is_not_complete(cooperation):
    found = population_of(cooperation, date(2000, 1, 1))
    assert (found.is_complete, found.is_final, found.inhabitants) == (False, False, None)
