"""From the agreement to the days on which it is due, and by hand."""

from datetime import UTC, date, datetime

import pytest

from municipalities.cooperations.models import Participant
from municipalities.models import DueEvent, ObligationEvent
from municipalities.obligations import operations, tasks
from municipalities.obligations.ending import dissolve
from municipalities.obligations.models import Due, Obligation
from municipalities.obligations.principles import principles
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.obligations import AT, due, established, obligation, version_in_force

TODAY = date(2025, 11, 10)


def planned(**told) -> list[tuple[date, str]]:
    """The days of the dues, and with whom."""
    dues = (
        Due.objects.filter(**told)
        .select_related("municipality")
        .order_by("due_date", "municipality__number")
    )
    return [(each.due_date, each.municipality.name if each.municipality else "") for each in dues]


def test_the_agreement_in_force_gives_every_obligation_and_its_days(cooperation):
    made = established(cooperation=cooperation)
    assert [each.code for each in made] == [each.code for each in principles()]
    assert {each.version.agreement.layer for each in made} == {"political"}
    assert planned(obligation__code="director-meetings", year=2025) == [
        (date(2025, 3, 31), ""),
        (date(2025, 6, 15), ""),
        (date(2025, 10, 31), ""),
    ]
    assert planned(obligation__code="bilateral-meeting") == [
        (date(2025, 11, 30), "Fedje"),
        (date(2026, 11, 30), "Fedje"),
    ]


def test_establishing_again_changes_nothing(cooperation):
    version = established(cooperation=cooperation)[0].version
    before = planned(), Obligation.objects.count()
    assert operations.establish(version=version, by=None, at=AT) == []
    assert (planned(), Obligation.objects.count()) == before


def test_a_new_version_takes_over_that_day_with_what_was_adapted(cooperation):
    established(cooperation=cooperation)
    meetings = Obligation.objects.get(code="director-meetings")
    meetings.due_days = ["02-01", "08-01"]
    meetings.save()
    operations.plan_year(cooperation=cooperation, year=2025)
    july = version_in_force(cooperation=cooperation, from_date=date(2025, 7, 1), number=2)
    operations.establish(version=july, by=None, at=AT)
    old, new = Obligation.objects.filter(code="director-meetings").order_by("starts_date")
    assert (old.ends_date, new.starts_date, new.version) == (july.in_force_from,) * 2 + (july,)
    assert planned(obligation=old) == [(date(2025, 2, 1), "")]
    assert planned(obligation=new, year=2025) == [(date(2025, 8, 1), "")]


def test_only_a_political_agreement_in_force_obliges(cooperation):
    version = version_in_force(cooperation=cooperation, layer="administrative")
    assert operations.establish(version=version, by=None, at=AT) == []
    replaced = version_in_force(cooperation=cooperation)
    version_in_force(cooperation=cooperation, from_date=date(2025, 7, 1), number=2)
    replaced.refresh_from_db()
    with pytest.raises(operations.VersionIsNotInForce):
        operations.establish(version=replaced, by=None, at=AT)


def test_who_joins_or_leaves_in_the_year_owes_what_falls_in_between(cooperation, partner):
    austrheim = MunicipalityFactory(number="4632", name="Austrheim")
    Participant.objects.create(
        cooperation=cooperation, municipality=austrheim, joined_date=date(2025, 7, 1)
    )
    found = obligation(cooperation=cooperation, scope="each_partner", due_days=["03-31", "11-30"])
    assert planned() == [
        (date(2025, 3, 31), "Fedje"),
        (date(2025, 11, 30), "Austrheim"),
        (date(2025, 11, 30), "Fedje"),
    ]
    Participant.objects.filter(municipality=partner).update(left_date=date(2025, 9, 1))
    operations.plan_year(cooperation=cooperation, year=2025, since=date(2025, 8, 1))
    assert planned(obligation=found) == [
        (date(2025, 3, 31), "Fedje"),
        (date(2025, 11, 30), "Austrheim"),
    ]


def test_every_night_this_and_the_next_year_are_planned_once(cooperation, clock):
    obligation(cooperation=cooperation, year=2024)
    for _night in range(2):
        tasks.plan_years()
    assert planned() == [(date(2025, 11, 30), ""), (date(2026, 11, 30), "")]


def test_an_obligation_by_hand_has_its_own_code_its_days_and_its_reason(cooperation):
    found = operations.add(
        cooperation=cooperation,
        title="Annual report",
        scope="common",
        rhythm="yearly",
        due_days=["01-15"],
        responsible="leader",
        starts_date=date(2025, 6, 1),
        reason="The mayors asked for it.",
        today=TODAY,
    )
    assert found.code == "own-annual-report", "never the code of a principle"
    assert planned() == [(date(2026, 1, 15), "")]
    event = ObligationEvent.objects.get(pgh_obj=found)
    assert event.pgh_context.metadata["reason"] == "The mayors asked for it."


def test_changed_days_move_what_is_open_and_ahead_only(cooperation):
    found = obligation(cooperation=cooperation, due_days=["03-31", "06-15", "12-01"])
    operations.change(
        obligation=found,
        title="Drill",
        clause="",
        due_days=["03-31", "12-20"],
        topics=[],
        responsible="secretary",
        remind_days=7,
        reason="Two are enough.",
        today=TODAY,
    )
    assert [day for day, _ in planned(year=2025)] == [date(2025, 3, 31), date(2025, 6, 15)]
    assert [day for day, _ in planned(year=2026)] == [date(2026, 3, 31), date(2026, 12, 20)]
    told = ObligationEvent.objects.filter(pgh_obj=found).order_by("pgh_id").last()
    assert (told.responsible, told.pgh_context.metadata["reason"]) == (
        "secretary",
        "Two are enough.",
    )


def test_what_has_ended_leaves_its_past_and_what_is_kept(cooperation):
    found = obligation(cooperation=cooperation, due_days=["03-31", "11-20", "12-20"])
    november = found.dues.get(due_date=date(2025, 11, 20))
    operations.hand_in_for(
        due=november,
        title="Minutes",
        on=TODAY,
        path="/x",
        by=None,
        at=datetime(2025, 11, 10, 12, tzinfo=UTC),
    )
    operations.end(obligation=found, ends_date=TODAY, reason="Agreed.")
    assert [day for day, _ in planned()] == [date(2025, 3, 31), date(2025, 11, 20)]
    operations.plan_year(cooperation=cooperation, year=2025, since=TODAY)
    assert len(planned()) == 2


def test_a_due_is_waived_for_a_reason_and_wanted_again(cooperation):
    found = due(cooperation=cooperation)
    operations.waive(due=found, reason="Storm.")
    assert not Due.objects.open().exists()
    operations.reinstate(due=found)
    assert Due.objects.open().get() == found
    reasons = DueEvent.objects.filter(pgh_obj=found).order_by("pgh_id")
    assert list(reasons.values_list("waived_reason", flat=True)) == ["", "Storm.", ""]


def test_what_is_kept_is_not_waived(cooperation):
    found = due(cooperation=cooperation)
    at = datetime(2025, 11, 10, 12, tzinfo=UTC)
    operations.hand_in_for(due=found, title="Minutes", on=TODAY, path="/x", by=None, at=at)
    with pytest.raises(operations.IsKept):
        operations.waive(due=found, reason="Storm.")


def test_what_it_obliges_to_ends_with_the_agreement_and_the_evidence_stays(cooperation):
    version = established(cooperation=cooperation)[0].version
    own = obligation(cooperation=cooperation, code="own-round", due_days=["12-24"])
    receipt = operations.expect(
        cooperation=cooperation,
        code="decision-notification",
        about="New rota",
        due_date=date(2025, 12, 20),
        key="decision:1",
        municipality=cooperation.participants.exclude(municipality=cooperation.host)
        .get()
        .municipality,
    )
    kept = Due.objects.get(obligation__code="bilateral-meeting", year=2025)
    operations.hand_in_for(
        due=kept, title="Møte", on=date(2025, 11, 1), by=None, at=datetime(2025, 11, 2, tzinfo=UTC)
    )
    late = Due.objects.filter(due_date__lt=TODAY).count()

    dissolve(version=version, ended_date=TODAY)
    operations.plan_year(cooperation=cooperation, year=2026)

    ends = set(Obligation.objects.values_list("ends_date", flat=True))
    assert (ends, own.dues.exists()) == ({TODAY}, False)
    assert receipt.due_date > TODAY
    assert set(Due.objects.filter(due_date__gte=TODAY)) == {kept}
    assert Due.objects.filter(due_date__lt=TODAY).count() == late
