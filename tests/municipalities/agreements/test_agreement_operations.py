"""The way of a version: drafted, sent, adopted by each, in force, replaced, ended."""

from datetime import date, timedelta

import pytest

from municipalities.agreements import drafting, operations, queries
from municipalities.agreements.models import Layer, VersionState
from municipalities.agreements.rules import MANDATORY
from municipalities.cooperations.models import Participant
from tests.factories.agreements import (
    ADOPTED,
    AT,
    DATED,
    IN_FORCE,
    adopted,
    agreement,
    agreement_in_force,
    draft_of,
    sent,
)
from tests.factories.municipalities import MunicipalityFactory

DAY = timedelta(days=1)


@pytest.fixture
def draft(cooperation, secretary):
    return draft_of(cooperation=cooperation, by=secretary)


@pytest.fixture
def in_force(cooperation, secretary):
    return agreement_in_force(cooperation, by=secretary)


def headings(version):
    return list(version.clauses.values_list("heading", flat=True))


def add(version, heading, items=()):
    return drafting.add_clause(version=version, heading=heading, text="Tekst.", items=items)


def test_the_first_draft_binds_those_who_take_part_on_its_day(draft, host, partner):
    parties = dict(draft.parties.values_list("municipality__name", "is_host"))
    assert parties == {"Alver": True, "Fedje": False}
    assert (draft.number, draft.state, draft.notice_months) == (1, VersionState.DRAFT, 12)


def test_the_next_draft_begins_with_the_text_in_force(in_force, cooperation, secretary):
    found = draft_of(cooperation=cooperation, dated_date=date(2025, 9, 1), by=secretary)
    assert found.number == 2
    assert headings(found) == headings(in_force)
    assert found.clauses.get().items == list(MANDATORY)


def test_a_bilateral_draft_binds_the_parties_of_its_service_and_the_host(cooperation, secretary):
    other = MunicipalityFactory(number="4632", name="Austrheim")
    Participant.objects.create(
        cooperation=cooperation, municipality=other, joined_date=date(2024, 1, 1)
    )
    found = draft_of(cooperation=cooperation, layer=Layer.BILATERAL, by=secretary)
    names = set(found.parties.values_list("municipality__name", flat=True))
    assert names == {"Alver", "Austrheim"}


def test_one_version_is_under_way_at_a_time(draft, cooperation):
    with pytest.raises(operations.UnderWay) as refused:
        operations.draft(agreement=draft.agreement, dated_date=DATED, by=None, at=AT)
    assert refused.value.version == draft


def test_clauses_are_added_moved_changed_and_deleted(draft):
    second, third = add(draft, "Økonomi"), add(draft, "Oppseiing", items=["g", "a"])
    drafting.move_clause(clause=third, is_up=True)
    assert headings(draft) == ["Oppgåver og ansvar", "Oppseiing", "Økonomi"]
    drafting.move_clause(clause=second, is_up=False)
    drafting.move_clause(clause=draft.clauses.first(), is_up=False)
    assert headings(draft) == ["Oppseiing", "Oppgåver og ansvar", "Økonomi"]
    drafting.delete_clause(clause=third)
    drafting.change_clause(clause=second, heading="Oppgjer", text="Nytt.", items=["f"])
    assert headings(draft) == ["Oppgåver og ansvar", "Oppgjer"]
    assert list(draft.clauses.values_list("position", flat=True)) == [1, 2]
    assert third.items == ["a", "g"]


def test_a_political_draft_is_sent_only_when_a_to_h_are_answered(cooperation):
    draft = draft_of(cooperation=cooperation, letters="abcdg")
    with pytest.raises(operations.LettersMissing) as refused:
        operations.send(version=draft, at=AT)
    assert refused.value.items == ["e", "f", "h"]
    add(draft, "Resten", items="efh")
    assert operations.send(version=draft, at=AT).state == VersionState.SENT


def test_the_administrative_agreement_needs_no_letters_but_a_text(cooperation):
    assert sent(cooperation=cooperation, layer=Layer.ADMINISTRATIVE, letters="").sent_at == AT
    empty = operations.draft(
        agreement=agreement(cooperation=cooperation), dated_date=DATED, by=None, at=AT
    )
    with pytest.raises(operations.NothingToSend):
        operations.send(version=empty, at=AT)


def test_a_draft_without_a_partner_or_a_host_is_not_sent(draft, host, partner):
    draft.parties.filter(municipality=partner).delete()
    with pytest.raises(drafting.NoHost):
        operations.send(version=draft, at=AT)
    with pytest.raises(drafting.NoHost):
        drafting.set_parties(version=draft, municipalities=[partner], host=host)


def test_a_municipality_whose_number_has_ended_is_no_party(draft, host):
    ended = MunicipalityFactory(number="4699", name="Lindås", valid_to=DATED)
    with pytest.raises(drafting.EndedMunicipality) as refused:
        drafting.set_parties(version=draft, municipalities=[host, ended], host=host)
    assert refused.value.municipality == ended


def test_nothing_is_written_in_a_version_that_is_sent(cooperation, host, partner):
    version = sent(cooperation=cooperation)
    clause = version.clauses.get()
    facts = {"dated_date": DATED, "changes": "", "notice_months": 1, "leaves_at_new_year": False}
    for attempt in (
        lambda: add(version, "Ny"),
        lambda: drafting.change_clause(clause=clause, heading="X", text="Y", items=[]),
        lambda: drafting.move_clause(clause=clause, is_up=True),
        lambda: drafting.delete_clause(clause=clause),
        lambda: drafting.change_facts(version=version, **facts),
        lambda: drafting.set_parties(version=version, municipalities=[host, partner], host=host),
        lambda: operations.send(version=version, at=AT),
    ):
        with pytest.raises(drafting.WrongState):
            attempt()


def test_a_decision_is_corrected_while_the_version_waits(cooperation, partner, secretary):
    version = sent(cooperation=cooperation)
    adopted(version=version, municipalities=[partner], by=secretary, is_adopted=False)
    adopted(version=version, municipalities=[partner], by=secretary)
    assert version.adoptions.get().is_adopted


def test_only_a_party_adopts_and_not_before_the_version_is_dated(cooperation, partner, secretary):
    version = sent(cooperation=cooperation)
    with pytest.raises(operations.NotParty):
        adopted(version=version, municipalities=[MunicipalityFactory()], by=secretary)
    with pytest.raises(operations.DecidedBeforeDated):
        adopted(version=version, municipalities=[partner], by=secretary, decided_date=DATED - DAY)


def test_nothing_comes_into_force_before_all_have_adopted_it(cooperation, host, partner, secretary):
    version = adopted(version=sent(cooperation=cooperation), municipalities=[host], by=secretary)
    for is_rejected in (False, True):
        if is_rejected:
            adopted(version=version, municipalities=[partner], by=secretary, is_adopted=False)
        with pytest.raises(operations.NotAdoptedByAll) as refused:
            operations.put_in_force(version=version, in_force_from=IN_FORCE)
        assert refused.value.municipalities == ["Fedje"]
    adopted(version=version, municipalities=[partner], by=secretary)
    with pytest.raises(operations.BeforeAdoption):
        operations.put_in_force(version=version, in_force_from=ADOPTED - DAY)
    found = operations.put_in_force(version=version, in_force_from=ADOPTED)
    assert (found.state, found.in_force_from) == (VersionState.IN_FORCE, ADOPTED)


def test_a_rejected_version_goes_back_to_a_draft_with_its_own_text(
    in_force, cooperation, secretary
):
    draft = draft_of(cooperation=cooperation, dated_date=date(2025, 2, 1))
    add(draft, "Ny paragraf")
    version = operations.send(version=draft, at=AT)
    found = operations.take_back(version=version, dated_date=date(2025, 3, 1), by=secretary, at=AT)
    version.refresh_from_db()
    assert version.state == VersionState.DROPPED
    assert (found.number, found.state) == (3, VersionState.DRAFT)
    assert headings(found) == ["Oppgåver og ansvar", "Ny paragraf"]


def test_the_earlier_version_is_replaced_on_the_day_and_not_before(
    in_force, cooperation, secretary
):
    day = date(2026, 1, 1)
    later = agreement_in_force(
        cooperation, by=secretary, dated_date=date(2025, 6, 1), in_force_from=day
    )
    in_force.refresh_from_db()
    assert (in_force.state, in_force.in_force_to) == (VersionState.REPLACED, day)
    assert queries.in_force_on(cooperation, day - DAY) == [in_force]
    assert queries.in_force_on(cooperation, day) == [later]
    assert queries.in_force_on(cooperation, IN_FORCE - DAY) == []


def test_two_versions_are_not_in_force_on_the_same_day(in_force, cooperation, secretary):
    version = sent(cooperation=cooperation, dated_date=DATED)
    adopted(version=version, by=secretary)
    for day in (IN_FORCE, IN_FORCE - DAY):
        with pytest.raises(operations.Overlapping) as refused:
            operations.put_in_force(version=version, in_force_from=day)
        assert refused.value.since == IN_FORCE


def test_all_together_end_the_agreement_from_a_day(in_force, cooperation):
    day = date(2025, 12, 31)
    found = operations.dissolve(version=in_force, ended_date=day)
    assert (found.state, found.in_force_to) == (VersionState.ENDED, day)
    assert queries.in_force_on(cooperation, day) == []
    with pytest.raises(drafting.WrongState):
        operations.dissolve(version=in_force, ended_date=day)


def test_the_agreements_in_force_come_political_first(in_force, cooperation):
    beside = agreement_in_force(cooperation, layer=Layer.ADMINISTRATIVE)
    assert queries.in_force_on(cooperation, IN_FORCE) == [in_force, beside]
