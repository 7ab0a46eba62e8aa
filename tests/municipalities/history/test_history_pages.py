"""Every change of one thing: when, who, why, from what to what; for who may see the thing."""

from datetime import UTC, date, datetime

import pghistory
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from municipalities.agreements import drafting, operations
from municipalities.agreements.rules import MANDATORY
from municipalities.centrals.models import RequirementCheck, RequirementPlan
from municipalities.centrals.words import TITLES
from municipalities.cooperations import participation
from municipalities.history import presenters
from municipalities.history.kinds import ALL, KINDS
from municipalities.history.queries import changes_of, latest
from municipalities.history.values import name_of, told_fields
from municipalities.history.words import FIELD_NAMES, KIND_NAMES
from municipalities.models import Decision, Doctor, Obligation
from municipalities.obligations.principles import principles
from municipalities.obligations.words import told
from tests.conftest import NOW
from tests.factories.agreements import draft_of
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db
WITHOUT = {"webhookendpoint", "webhookmessage"}  # no part of what was agreed; pages of their own
WITHOUT |= {"instalment", "settlementline"}  # frozen with their plan and settlement
WITHOUT |= {"savedsimulation"}  # never changed
WITHOUT |= {"agendaitem"}  # drafts of the minutes stand on it; the approved minutes tell of it
WITHOUT |= {"sicknessabsence"}  # its pages hide what is of few people
WITHOUT |= {"meetingletter", "followupreminder"}  # claimed and sent by the beat


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def left(cooperation, partner, secretary):
    participant = cooperation.participants.get(municipality=partner)
    return participation.leave(
        participant=participant, on=date(2026, 1, 1), why="sak 24/118", by=secretary
    )


@pytest.fixture
def doctor(cooperation, partner):
    return Doctor.objects.create(
        cooperation=cooperation, municipality=partner, name="D", starts_date=date(2025, 1, 1)
    )


def page(kind, pk, slug="nordhordland"):
    return reverse("history", args=[slug, kind, pk])


def test_every_model_that_somebody_may_see_has_a_history():
    seen = {
        model._meta.model_name
        for model in apps.get_app_config("municipalities").get_models()
        if hasattr(model._default_manager.none(), "visible_to")
    }

    assert seen - WITHOUT <= set(KINDS)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_a_kind_is_told_in_words_and_its_rows_are_looked_up(kind, cooperation, outsider):
    unnamed = [
        field.name
        for field in told_fields(kind.model)
        if not isinstance(field.verbose_name, Promise) and field.name not in FIELD_NAMES
    ]

    assert unnamed == []
    assert kind.slug in KIND_NAMES
    assert kind.events.pgh_tracked_model is kind.model
    assert not kind.seen(cooperation=cooperation, user=outsider).exists()


def test_a_history_tells_when_who_why_and_from_what_to_what(as_person, auditor, left, secretary):
    answer = as_person(auditor).get(page("participant", left.pk))

    assert f"changed by {secretary.name}" in answer.text
    assert "Why: sak 24/118" in answer.text
    assert "1 January 2026" in answer.text
    assert "Fedje" in answer.text


def test_fields_are_told_by_name_and_never_by_key(cooperation, host, partner, secretary):
    kind = KINDS["cooperation"]
    with pghistory.context(reason="wrong", user=secretary.pk):
        cooperation.host = partner
        cooperation.is_co_located = True
        cooperation.form, cooperation.board_members_each = "board", 2
        cooperation.save()

    change = presenters.told(changes_of(cooperation, kind=kind))[0]

    assert set(change.turns) == {
        ("host municipality", "Alver", "Fedje"),
        ("legevaktsentral and legevakt under one roof", "no", "yes"),
        (
            "form of cooperation",
            "administrative host cooperation (§ 20-2)",
            "host cooperation with a joint elected board (§ 20-3)",
        ),
        ("board members of each participant", "–", "2"),
    }


def test_lists_roles_and_days_of_the_year_are_told_in_words(cooperation):
    obligation = Obligation.objects.create(
        cooperation=cooperation,
        code="meetings",
        title="Meetings",
        scope="common",
        rhythm="yearly",
        due_days=["03-01", "06-15"],
        topics=["Deviations", "Økonomi"],
        responsible="leader",
        starts_date=date(2022, 1, 1),
    )

    changes = changes_of(obligation, kind=KINDS["obligation"])
    told = {name: after for name, _before, after in presenters.told(changes)[0].turns}
    with translation.override("nn"):
        in_nynorsk = {after for _name, _before, after in presenters.told(changes)[0].turns}

    assert told["minimum topics"] == "Deviations; Økonomi"
    assert told["responsible"] == "head of the legevakt"
    assert "March" in told["due on"]
    assert "Avvik; Økonomi" in in_nynorsk, "the principles' own, in the reader's language"


def test_what_the_principles_and_the_checklist_say_is_told_in_the_reader_s_language(
    cooperation, central
):
    principle = next(each for each in principles() if each.topics)
    names = ("code", "title", "clause", "scope", "rhythm", "due_days", "topics", "responsible")
    obligation = Obligation.objects.create(
        cooperation=cooperation,
        starts_date=date(2022, 1, 1),
        **{name: getattr(principle, name) for name in names},
    )
    plan = RequirementPlan.objects.create(central=central, requirement="amk")
    check = RequirementCheck.objects.create(
        plan=plan, checked_date=date(2025, 11, 3), result="met", recorded_at=NOW
    )

    with translation.override("nn"):
        texts = [
            text
            for thing, kind in ((obligation, "obligation"), (plan, "requirementplan"))
            for turn in presenters.told(changes_of(thing, kind=KINDS[kind]))[0].turns
            for text in "; ".join(turn).split("; ")
        ]
        title, amk = told(principle.title), str(TITLES["amk"])
        assert name_of(check) == f"{amk} 3. november 2025"

    assert {title, amk} <= set(texts)
    assert not {principle.code, principle.title, principle.clause, *principle.topics} & set(texts)
    assert "amk" not in texts


def test_what_a_row_pointed_to_and_is_deleted_is_told_so(cooperation, partner, host):
    other = MunicipalityFactory(name="Gone")
    cooperation.host = other
    cooperation.save()
    cooperation.host = host
    cooperation.save()
    other.delete()

    change = presenters.told(changes_of(cooperation, kind=KINDS["cooperation"]))[0]

    assert change.turns == [("host municipality", "something that is deleted", "Alver")]
    assert change.who == "the system"


def test_a_role_is_called_by_its_name(as_person, auditor, cooperation):
    membership = auditor.memberships.get()

    answer = as_person(auditor).get(page("membership", membership.pk))

    assert f"{auditor.name} · auditor" in answer.text
    assert (
        as_person(auditor)
        .get(reverse("latest_changes", args=["nordhordland"]))
        .text.count(f"{auditor.name} · auditor")
    )


def test_a_row_saved_without_a_change_is_no_change(cooperation):
    before = len(changes_of(cooperation, kind=KINDS["cooperation"]))

    cooperation.save()

    assert len(changes_of(cooperation, kind=KINDS["cooperation"])) == before


def test_the_history_is_downloaded(as_person, auditor, left):
    browser = as_person(auditor)

    text = browser.get(page("participant", left.pk), {"format": "csv"}).content.decode()

    assert "changed;sak 24/118;left;–;1 January 2026" in text
    assert browser.get(page("participant", left.pk), {"format": "xlsx"}).status_code == 200
    assert browser.get(page("participant", left.pk), {"format": "exe"}).status_code == 404


def test_what_was_only_ever_written_in_a_draft_is_told_to_those_who_write_it(
    as_person, secretary, auditor, cooperation
):
    version = draft_of(cooperation=cooperation)
    clause = version.clauses.get()
    for heading in ("Skisse", "Som sendt"):
        drafting.change_clause(clause=clause, heading=heading, text="T", items=list(MANDATORY))
    for changes in ("Skisse", "Som sendt"):
        facts = {"dated_date": version.dated_date, "notice_months": 12, "leaves_at_new_year": False}
        drafting.change_facts(version=version, changes=changes, **facts)
    operations.send(version=version, at=datetime(2024, 9, 2, tzinfo=UTC))

    writer, reader = as_person(secretary), as_person(auditor)
    for url in (page("clause", clause.pk), page("agreementversion", version.pk)):
        assert "Skisse" in writer.get(url).text
        told = reader.get(url).text
        assert "Som sendt" in told
        assert "Skisse" not in told
    latest_url = reverse("latest_changes", args=["nordhordland"])
    assert page("clause", clause.pk) in writer.get(latest_url).text
    assert page("clause", clause.pk) not in reader.get(latest_url).text
    assert page("agreementversion", version.pk) in reader.get(latest_url).text


@pytest.mark.parametrize("kind", ["webhookendpoint", "user", "nothing"])
def test_other_kinds_have_no_history_here(as_person, auditor, kind):
    assert as_person(auditor).get(page(kind, 1)).status_code == 404


def test_a_doctor_s_history_is_only_for_who_decides_there(
    as_person, auditor, medical_officer, doctor
):
    assert as_person(auditor).get(page("doctor", doctor.pk)).status_code == 404
    assert as_person(medical_officer).get(page("doctor", doctor.pk)).status_code == 200


def test_a_thing_of_another_cooperation_is_not_found(as_person, auditor, left):
    from tests.factories.municipalities import CooperationFactory, MembershipFactory

    elsewhere = CooperationFactory(slug="elsewhere")
    MembershipFactory(user=auditor, cooperation=elsewhere, role="auditor")

    assert as_person(auditor).get(page("participant", left.pk, "elsewhere")).status_code == 404


def test_the_latest_changes_are_newest_first_and_only_of_what_one_may_see(
    cooperation, left, doctor, auditor, medical_officer
):
    kinds = {
        user: [event.kind.slug for event in latest(cooperation=cooperation, user=user)]
        for user in (auditor, medical_officer)
    }

    assert "doctor" not in kinds[auditor]
    assert "doctor" in kinds[medical_officer]
    events = latest(cooperation=cooperation, user=auditor)
    assert [event.at for event in events] == sorted((e.at for e in events), reverse=True)


def test_the_latest_changes_can_be_of_one_kind(as_person, auditor, left):
    browser = as_person(auditor)
    url = reverse("latest_changes", args=["nordhordland"])

    of_one = browser.get(url, {"kind": "participant"})

    assert "sak 24/118" in of_one.text
    assert page("participant", left.pk) in of_one.text
    assert "No changes yet" in browser.get(url, {"kind": "decision"}).text
    assert browser.get(url, {"kind": "user"}).status_code == 404


def test_more_changes_take_no_more_queries(
    as_person, auditor, left, partner, cooperation, django_assert_max_num_queries
):
    for number in range(20):
        Decision.objects.create(
            cooperation=cooperation,
            municipality=partner,
            level="political",
            title=f"{number}",
            body="kommunestyret",
            case_number=f"{number}",
            decided_date=date(2025, 1, 1),
            registered_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
    browser = as_person(auditor)

    with django_assert_max_num_queries(16):
        browser.get(reverse("latest_changes", args=["nordhordland"]))
    with django_assert_max_num_queries(14):
        browser.get(page("participant", left.pk))
