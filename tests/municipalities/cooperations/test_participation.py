"""Joining, leaving, merging and splitting, and what is refused."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.cooperations import participation, services
from municipalities.cooperations.models import Participant
from municipalities.cooperations.participation import NotPossible
from municipalities.cooperations.words import NOT_POSSIBLE, REFUSED_BY_THE_DATABASE
from tests.factories.municipalities import JOINED_DATE, MunicipalityFactory

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def joins(cooperation, secretary):
    def join(municipality, on=NEW_YEAR, **told):
        return participation.join(
            cooperation=cooperation,
            municipality=municipality,
            on=on,
            why="24/1",
            by=secretary,
            **told,
        )

    return join


@pytest.fixture
def merges(cooperation, secretary):
    def merge(of, into, on=NEW_YEAR):
        return participation.merge(
            cooperation=cooperation,
            of=of,
            into=into,
            on=on,
            why="merger",
            by=secretary,
            today=NEW_YEAR,
        )

    return merge


def members(cooperation, day):
    return [p.municipality.name for p in cooperation.participants.on(day)]


def refused(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return refused_rule(caught.value)


def test_a_municipality_joins_at_half_year_with_a_part(cooperation, joins):
    joined = joins(MunicipalityFactory(name="Masfjorden"), date(2026, 7, 1), area="the south")

    assert joined.area == "the south"
    assert "Masfjorden" not in members(cooperation, date(2026, 6, 30))
    assert "Masfjorden" in members(cooperation, date(2026, 7, 1))


def test_a_municipality_that_does_not_exist_yet_cannot_join(joins, host):
    coming = MunicipalityFactory(valid_from=date(2027, 1, 1))

    with pytest.raises(NotPossible, match="does_not_exist_yet"):
        joins(coming)


def test_a_participant_leaves_and_the_day_can_be_moved(cooperation, partner, secretary):
    participant = cooperation.participants.get(municipality=partner)

    for day in (NEW_YEAR, date(2027, 1, 1)):
        participation.leave(participant=participant, on=day, why="notice", by=secretary)

    participant.refresh_from_db()
    assert (participant.left_date, participant.left_reason) == (date(2027, 1, 1), "notice")
    assert members(cooperation, date(2026, 12, 31)) == ["Alver", "Fedje"]
    assert members(cooperation, date(2027, 1, 1)) == ["Alver"]


def test_the_host_cannot_leave(cooperation, host, secretary):
    participant = cooperation.participants.get(municipality=host)

    with pytest.raises(NotPossible, match="host_stays"):
        participation.leave(participant=participant, on=NEW_YEAR, why="", by=secretary)
    with pytest.raises(NotPossible, match="host_stays"):
        participation.correct(
            participant=participant,
            joined_date=JOINED_DATE,
            left_date=NEW_YEAR,
            area="",
            why="",
            by=secretary,
        )


def test_a_wrong_end_is_taken_back(cooperation, partner, secretary):
    participant = cooperation.participants.get(municipality=partner)
    participation.leave(participant=participant, on=NEW_YEAR, why="notice", by=secretary)

    participation.correct(
        participant=participant,
        joined_date=date(2022, 7, 1),
        left_date=None,
        area="",
        why="wrong",
        by=secretary,
    )

    participant.refresh_from_db()
    assert (participant.joined_date, participant.left_reason) == (date(2022, 7, 1), "")
    assert members(cooperation, date(2030, 1, 1)) == ["Alver", "Fedje"]


def test_two_participants_merge_and_doing_it_again_changes_nothing(cooperation, joins, merges):
    one, two = MunicipalityFactory(name="Austrheim"), MunicipalityFactory(name="Masfjorden")
    joins(one, JOINED_DATE)
    joins(two, JOINED_DATE)
    new = MunicipalityFactory(name="Fensfjorden", valid_from=NEW_YEAR)

    first = merges([one, two], new)
    again = merges([one, two], new)

    assert first == again
    assert members(cooperation, date(2025, 12, 31)) == ["Alver", "Fedje", "Austrheim", "Masfjorden"]
    assert members(cooperation, NEW_YEAR) == ["Alver", "Fedje", "Fensfjorden"]


def test_a_merger_of_the_host_takes_the_host_s_place_over(cooperation, host, partner, merges):
    new = MunicipalityFactory(name="Nordhordland", valid_from=NEW_YEAR)

    merges([host, partner], new)

    cooperation.refresh_from_db()
    assert cooperation.host == new
    assert members(cooperation, NEW_YEAR) == ["Nordhordland"]


def test_one_that_goes_into_another_participant_does_not_make_it_join_again(
    cooperation, host, partner, merges
):
    participant = merges([partner], host)

    assert participant.joined_date == JOINED_DATE
    assert members(cooperation, NEW_YEAR) == ["Alver"]


def test_what_cannot_be_merged(cooperation, host, partner, merges):
    elsewhere = MunicipalityFactory()

    with pytest.raises(NotPossible, match="takes_no_part"):
        merges([elsewhere], host)
    with pytest.raises(NotPossible, match="takes_no_part"):
        merges([], elsewhere)
    with pytest.raises(NotPossible, match="replaced_by_itself"):
        merges([host, partner], host)
    with pytest.raises(NotPossible, match="does_not_exist_yet"):
        merges([partner], MunicipalityFactory(valid_from=date(2027, 1, 1)))
    assert members(cooperation, NEW_YEAR) == ["Alver", "Fedje"]


def test_the_host_is_divided_and_the_first_takes_its_place(cooperation, host, secretary):
    east, west = (MunicipalityFactory(name=name, valid_from=NEW_YEAR) for name in ("East", "West"))

    participation.split(
        cooperation=cooperation,
        of=host,
        into=[east, west],
        on=NEW_YEAR,
        why="",
        by=secretary,
        today=NEW_YEAR,
    )

    cooperation.refresh_from_db()
    assert cooperation.host == east
    assert members(cooperation, NEW_YEAR) == ["Fedje", "East", "West"]


@pytest.mark.parametrize("names", [["East", "East"], ["Alver", "East"]])
def test_a_division_needs_two_others(cooperation, host, secretary, names):
    into = [MunicipalityFactory(number="4699", name="East") if n == "East" else host for n in names]

    with pytest.raises(NotPossible):
        participation.split(
            cooperation=cooperation,
            of=host,
            into=into,
            on=NEW_YEAR,
            why="",
            by=secretary,
            today=NEW_YEAR,
        )


def test_the_host_is_not_replaced_before_the_day(cooperation, host, partner, secretary, merges):
    new = MunicipalityFactory(name="New")

    with pytest.raises(NotPossible, match="host_not_yet"):
        merges([host, partner], new, on=date(2026, 1, 2))
    merges([partner], new, on=date(2026, 1, 2))

    cooperation.refresh_from_db()
    assert cooperation.host == host


def test_the_database_refuses_leaving_before_joining(cooperation):
    rows = cooperation.participants.all()

    rule = refused(lambda: rows.update(left_date=JOINED_DATE))

    assert rule == "participant_leaves_after_joining"


def test_the_database_refuses_taking_part_twice_at_a_time(cooperation, partner):
    again = Participant(cooperation=cooperation, municipality=partner, joined_date=NEW_YEAR)

    rule = refused(lambda: Participant.objects.bulk_create([again]))

    assert rule == "participant_takes_part_once_at_a_time"


def test_the_database_refuses_joining_twice_a_day(cooperation, partner):
    cooperation.participants.filter(municipality=partner).update(left_date=date(2022, 2, 1))
    again = Participant(
        cooperation=cooperation,
        municipality=partner,
        joined_date=JOINED_DATE,
        left_date=date(2022, 1, 2),
    )

    rule = refused(lambda: Participant.objects.bulk_create([again]))

    assert rule in ("participant_joins_once_a_day", "participant_takes_part_once_at_a_time")


def test_the_database_refuses_a_number_that_has_ended(cooperation):
    ended = MunicipalityFactory(valid_to=date(2025, 1, 1))
    late = Participant(cooperation=cooperation, municipality=ended, joined_date=date(2025, 1, 1))

    rule = refused(lambda: Participant.objects.bulk_create([late]))

    assert rule == "participant_exists_when_joining"


def test_everything_that_is_refused_has_words():
    code = re.compile(r'NotPossible\("(\w+)"\)')
    source = "".join(Path(each.__file__).read_text() for each in (participation, services))

    rules = {each.name for each in Participant._meta.constraints} | {
        each.name for each in Participant._meta.triggers if "exists" in each.name
    }

    assert set(code.findall(source)) == set(NOT_POSSIBLE)
    assert rules <= set(REFUSED_BY_THE_DATABASE)
