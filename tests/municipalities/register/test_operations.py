from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from municipalities.register import bundled, operations
from municipalities.register.figures import Figure, UnreadablePopulation
from municipalities.register.models import FigureStatus, Municipality, Population
from municipalities.register.operations import FigureWouldChange, FinalStays, ReasonMissing
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)
RETRIEVED = date(2024, 3, 1)


def figure(*, number="4631", inhabitants=29_986, day=DAY) -> Figure:
    return Figure(region=f"K-{number}", number=number, counted_date=day, inhabitants=inhabitants)


def load(*figures, **more):
    return operations.load_population(
        figures=figures, source="a source", retrieved_date=RETRIEVED, **more
    )


def load_provisional(*figures):
    return load(*figures, status=FigureStatus.PROVISIONAL)


def stored() -> tuple[int, str]:
    row = Population.objects.get()
    return row.inhabitants, row.status


def test_every_municipality_is_loaded_and_a_second_time_changes_nothing():
    entries = bundled.register().entries

    first = operations.load(entries=entries)
    second = operations.load(entries=entries)

    assert (first.created, first.unchanged) == (357, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 357)
    assert Municipality.objects.valid_on(DAY).count() == 357


def test_a_new_name_updates_the_same_row():
    municipality = MunicipalityFactory(number="4631", name="Lindås")
    entry = next(e for e in bundled.register().entries if e.number == "4631")

    loaded = operations.load(entries=[entry])

    municipality.refresh_from_db()
    assert (loaded.updated, municipality.name) == (1, "Alver")


def test_inhabitants_are_stored_with_date_and_source():
    MunicipalityFactory(number="4631")

    load(figure())

    row = Population.objects.get()
    assert (row.inhabitants, row.counted_date) == (29_986, DAY)
    assert (row.source, row.retrieved_date) == ("a source", RETRIEVED)


def test_the_same_figures_again_change_nothing():
    MunicipalityFactory(number="4631")
    load(figure())

    assert load(figure()).unchanged == 1
    assert Population.objects.count() == 1


def test_numbers_on_only_one_side_are_listed_and_not_guessed():
    MunicipalityFactory(number="4631")
    MunicipalityFactory(number="4633")
    halden = figure(number="3001")

    loaded = load(figure(), halden)

    assert loaded.unknown == [halden]
    assert loaded.missing == ["4633"]
    assert Population.objects.count() == 1


def test_another_figure_is_refused_and_nothing_of_the_file_is_stored():
    MunicipalityFactory(number="4631")
    MunicipalityFactory(number="4633")
    load(figure())

    with pytest.raises(FigureWouldChange, match="4631 on 2024-01-01: 29986") as refused:
        load(figure(inhabitants=1), figure(number="4633", inhabitants=519))

    assert [(c.stored, c.given) for c in refused.value.changes] == [(29_986, 1)]
    assert Population.objects.get().inhabitants == 29_986


def test_revising_changes_the_figure_and_the_history_keeps_the_old_one_and_the_reason(leader):
    MunicipalityFactory(number="4631")
    load(figure())

    loaded = load(figure(inhabitants=30_000), revise=True, why="SSB has corrected it", by=leader)

    events = Population.pgh_event_model.objects.order_by("pgh_id")
    assert (loaded.updated, loaded.revised) == (1, 1)
    assert stored() == (30_000, "final")
    assert [event.inhabitants for event in events] == [29_986, 30_000]
    told = events.last().pgh_context.metadata
    assert (told["reason"], told["user"]) == ("SSB has corrected it", leader.pk)


@pytest.mark.parametrize("why", ["", "  "])
def test_revising_without_a_reason_is_refused(why):
    MunicipalityFactory(number="4631")
    load(figure())

    with pytest.raises(ReasonMissing):
        load(figure(inhabitants=30_000), revise=True, why=why)

    assert stored() == (29_986, "final")


@pytest.mark.parametrize("inhabitants", [29_986, 30_000])
def test_a_provisional_figure_becomes_final_without_a_revision(inhabitants):
    MunicipalityFactory(number="4631")
    load_provisional(figure())

    loaded = load(figure(inhabitants=inhabitants))

    assert (loaded.settled, loaded.revised) == (1, 0)
    assert stored() == (inhabitants, "final")


def test_a_provisional_figure_is_replaced_by_another():
    MunicipalityFactory(number="4631")
    load_provisional(figure())

    assert load_provisional(figure()).unchanged == 1
    assert load_provisional(figure(inhabitants=30_000)).updated == 1
    assert stored() == (30_000, "provisional")


@pytest.mark.parametrize("inhabitants", [29_986, 30_000])
def test_a_final_figure_never_becomes_provisional(inhabitants):
    MunicipalityFactory(number="4631")
    MunicipalityFactory(number="4633")
    load(figure())

    with pytest.raises(FinalStays):
        load(
            figure(number="4633", inhabitants=519),
            figure(inhabitants=inhabitants),
            status=FigureStatus.PROVISIONAL,
            revise=True,
            why="any",
        )

    assert stored() == (29_986, "final")


def test_the_database_itself_keeps_a_final_figure_final():
    MunicipalityFactory(number="4631")
    load(figure())

    with pytest.raises(IntegrityError, match="population_stays_final"), transaction.atomic():
        Population.objects.update(status=FigureStatus.PROVISIONAL)


def test_a_figure_that_the_file_marks_is_provisional_whatever_the_rest_is():
    MunicipalityFactory(number="4631")

    load(replace(figure(), is_provisional=True))

    assert stored() == (29_986, "provisional")


def test_two_figures_of_one_municipality_are_refused():
    MunicipalityFactory(number="4631")

    with pytest.raises(UnreadablePopulation):
        load(figure(), figure(inhabitants=30_000))

    assert not Population.objects.exists()


def test_only_the_municipalities_that_are_meant_get_figures():
    meant = MunicipalityFactory(number="4631")
    MunicipalityFactory(number="4633")

    loaded = load(figure(), figure(number="4633", inhabitants=519), only={meant.pk})

    assert (loaded.created, loaded.missing) == (1, [])
    assert stored() == (29_986, "final")


def test_a_figure_belongs_to_the_municipality_of_its_date():
    before = MunicipalityFactory(
        number="4631", valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1)
    )
    after = MunicipalityFactory(number="4631", valid_from=DAY)

    load(figure(day=date(2021, 1, 1)), figure())

    assert before.populations.get().counted_date == date(2021, 1, 1)
    assert after.populations.get().counted_date == DAY


def test_a_count_from_before_the_register_begins_goes_to_the_first_of_its_number():
    first = MunicipalityFactory(number="4631", valid_from=DAY)

    load(figure(day=date(2021, 1, 1)))

    assert first.populations.count() == 1


def test_an_entry_of_a_later_reform_is_a_row_of_its_own():
    entry = bundled.register().entries[0]
    operations.load(entries=[entry])

    loaded = operations.load(entries=[replace(entry, valid_from=date(2030, 1, 1))])

    assert loaded.created == 1


def test_names_stand_in_the_order_of_the_norwegian_alphabet():
    names = ["Alver", "Asker", "Zarepta", "Ærfugl", "Ørsta", "Øygarden", "Ål", "Ås"]
    for name in reversed(names):
        MunicipalityFactory(name=name)

    assert [each.name for each in Municipality.objects.by_name()] == names
