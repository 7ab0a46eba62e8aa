"""Every address there is, asked as nobody, outsider, partner, host and auditor."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from callstats.feeds.operations import save_mapping
from callstats.imports.models import ImportState
from callstats.periods.tasks import compute_month
from municipalities.meetings.year_wheel import operations as wheel
from municipalities.models import Membership, User, YearEvent, YearMark
from reporting.deliveries import operations as deliveries
from reporting.deliveries.unsubscribing import link_to_decline
from reporting.models import Delivery
from tests.factories import accounts, agreements, billing, costs, meetings, quality, reporting
from tests.factories.aggregates import AggregateReportFactory, AggregateSeriesFactory, stored
from tests.factories.annotations import note
from tests.factories.callstats import CallImportFactory, TokenFactory
from tests.factories.centrals import serving
from tests.factories.competence import FollowUpFactory, QualificationFactory
from tests.factories.cooperations import ServiceFactory
from tests.factories.decisions import decided
from tests.factories.doctors import DoctorFactory, ExemptionFactory, ShiftCountFactory
from tests.factories.documents import kept
from tests.factories.exclusions import proposed
from tests.factories.hearings import opened
from tests.factories.mappings import MappingDraftFactory
from tests.factories.municipalities import UserFactory
from tests.factories.obligations import shown_kept
from tests.factories.webhooks import WebhookMessageFactory
from tests.municipalities.access.expectations import EXPECTED, PERSONAS


def addresses(resolver=None, prefix="") -> list[tuple[str | None, str]]:
    """(name, pattern) of every address, the included ones too."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found.append((pattern.name, path))
        else:
            found += addresses(pattern, path)
    return found


OURS = [(name, path) for name, path in addresses() if not path.startswith("account/")]


@pytest.mark.parametrize(("name", "path"), OURS)
def test_every_address_has_its_row(name, path):
    assert name, f"{path} has no name"
    assert name in EXPECTED, (
        f"{name} ({path}): add a row to tests/municipalities/access/expectations.py"
    )


def test_no_row_is_about_an_address_that_is_gone():
    assert set(EXPECTED) - {name for name, _ in OURS} == set()


@pytest.fixture
def people(host_director, partner_director, auditor, outsider):
    return {
        "host_director": host_director,
        "partner_director": partner_director,
        "auditor": auditor,
        "outsider": outsider,
    }


@pytest.fixture
def world(people, central, cooperation, partner, settings, monkeypatch):
    """One of everything that an address can name."""
    monkeypatch.setattr("municipalities.agreements.pdf_views.write_pdf", lambda *_, **__: b"%PDF-")
    monkeypatch.setattr(
        "municipalities.costs.statements.pdf_views.write_pdf", lambda *_, **__: b"%PDF-"
    )
    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf", lambda *_, **__: b"%PDF-"
    )
    monkeypatch.setattr(
        "municipalities.quality.review.document.write_pdf", lambda *_, **__: b"%PDF-"
    )
    remark = meetings.remarked(cooperation=cooperation, chair=people["partner_director"])
    to_come = meetings.called(forum=remark.minutes.meeting.forum)
    meetings.invitee(meeting=to_come, user=people["partner_director"])
    agreed = agreements.one_of_each(cooperation=cooperation, today=timezone.now().date())
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"
    source = reporting.calls_in_year(central=central)
    earlier = reporting.calls_in_year(central=central, year=2024, source=source)
    compute_month(central_id=central.pk, year=2025, month=1)
    plan = reporting.schedule(cooperation)
    director = people["host_director"]
    report = reporting.issued(cooperation=cooperation, by=director, year=2024)
    failed, unknown = deliveries.release(schedule=plan, report=report, at=timezone.now())
    Delivery.objects.filter(pk=failed.pk).update(state="failed")
    Delivery.objects.filter(pk=unknown.pk).update(state="unknown")
    monkeypatch.setattr("reporting.letters.document.write_pdf", lambda *_, **__: b"%PDF-")
    letter = reporting.letter(cooperation=cooperation)
    monthly = reporting.schedule(cooperation, kind=letter.kind)
    mayor = deliveries.add_outside(
        schedule=monthly,
        municipality=partner,
        name="Ola Ordførar",
        email="ordforar@fedje.example",
        language="nn",
        at=timezone.now(),
    )
    optional, *_ = deliveries.release_letter(schedule=monthly, letter=letter, at=timezone.now())
    hearing = opened(
        cooperation=cooperation,
        municipalities=[people["partner_director"].memberships.get().municipality],
    )
    hearing.documents.add(document := kept(cooperation=cooperation))
    told = WebhookMessageFactory(endpoint__cooperation=cooperation)
    series = AggregateSeriesFactory(central=central)
    key = costs.sent_key(
        pool=costs.years_under_way(cooperation=cooperation), valid_from=date(2028, 1, 1)
    )
    claimed = billing.claimed_year(cooperation=cooperation)
    doctor = DoctorFactory(cooperation=cooperation, municipality=partner)
    stored(series=series, text="Måned;Tilbudt;Besvart\n2025-01;200;180\n")
    shown = shown_kept(cooperation=cooperation)
    obtained = QualificationFactory(operator__central=central)
    drafted = accounts.drafted(cooperation=cooperation)
    return SimpleNamespace(
        central=central.slug,
        month="2025-01",
        chapter="quality",
        file_format="xlsx",
        cooperation=cooperation.slug,
        document=document.pk,
        agreement_in_force=agreed.in_force.agreement_id,
        agreement_sent=agreed.sent.agreement_id,
        agreement_drafted=agreed.draft.agreement_id,
        first=1,
        clause=agreed.draft.clauses.get().pk,
        partner="4633",
        withdrawal=agreed.withdrawal.pk,
        obligation=shown.due.obligation_id,
        due=shown.due_id,
        evidence=shown.pk,
        public_number=central.numbers.first().pk,
        served=serving(central=central, municipality=cooperation.host).pk,
        checklist_row="amk",
        participant=cooperation.participants.order_by("pk").last().pk,
        history_kind="participant",
        service=ServiceFactory(cooperation=cooperation).pk,
        doctor=doctor.pk,
        pool=key.pool.slug,
        pool_member=key.pool.members.order_by("pk").first().pk,
        key_sent=key.number,
        claimed_pool=claimed.pool.slug,
        claimed_year=claimed.year,
        batch="instalment-2",
        claims_table="basis",
        simulation=costs.simulation(pool=key.pool).token,
        exemption=ExemptionFactory(doctor=doctor).pk,
        shift_count=ShiftCountFactory(cooperation=cooperation).pk,
        competence_requirement=obtained.requirement_id,
        operator=obtained.operator_id,
        qualification=obtained.pk,
        follow_up=FollowUpFactory(operator=obtained.operator).pk,
        decision=decided(cooperation=cooperation).pk,
        decision_event="appeal",
        hearing=hearing.pk,
        hearing_answer=hearing.answers.get().pk,
        year_settled=2025,
        year_sent=2026,
        year_drafted=2027,
        aggregate_series=series.pk,
        aggregate_report=AggregateReportFactory(series=series).pk,
        checked_import=CallImportFactory(source=earlier, state=ImportState.CHECKED).pk,
        definition="lvs-2min-v1",
        approved_report=report.pk,
        failed_delivery=failed.pk,
        unknown_delivery=unknown.pk,
        dispatch=failed.dispatch_id,
        report_kind="annual_report",
        report_year=2024,
        letter=letter.pk,
        letter_kind=letter.kind,
        outside_recipient=mayor.pk,
        unsubscribe_token=link_to_decline(optional).rpartition("/")[2],
        draft_report=reporting.draft(cooperation=cooperation, by=director).pk,
        language="nn",
        no_mail="nothing.eml",
        position=0,
        source=source.slug,
        exclusion=proposed(central=central, by=UserFactory()).pk,
        annotation=note(central=central, by=director).pk,
        mapping_draft=MappingDraftFactory(source=source).pk,
        mapping_version=save_mapping(source=source, mapping={}, at=timezone.now()).version,
        token=TokenFactory(source=source).prefix,
        webhook=told.endpoint_id,
        webhook_message=told.pk,
        cost_pool=drafted.pool_year.pool.slug,
        cost_year=drafted.pool_year.year,
        budget_line=drafted.lines.get().pk,
        accounts_mapping=cooperation.accounts_mappings.get().pk,
        art="010",
        up_to=4,
        review_year=quality.begun_review(cooperation=cooperation, measure="Ny rutine").year,
        review_code="6a",
        review_signed=quality.signed_review(cooperation=cooperation, year=2024, by=director).year,
        supervision=quality.supervision(cooperation=cooperation).pk,
        membership=Membership.objects.get(user=people["partner_director"]).pk,
        minutes_meeting=remark.minutes.meeting_id,
        minutes_item=remark.item_id,
        minutes_remark=remark.pk,
        proposal=meetings.proposed(forum=remark.minutes.meeting.forum, municipality=partner).pk,
        meeting_follow_up=meetings.follow_up(forum=remark.minutes.meeting.forum).pk,
        topic="decisions",
        year_event=YearEvent.objects.create(
            cooperation=cooperation,
            title="Vernerunde",
            category="quality",
            days=["04-01"],
            starts_year=2025,
        ).pk,
        anchor="kostra-q1",
        anchor_day=YearMark.objects.create(
            cooperation=cooperation,
            code="kostra-q1",
            due_date=date(2025, 4, 20),
            done_date=date(2025, 4, 19),
            marked_at=timezone.now(),
        ).due_date.isoformat(),
        calendar_token=wheel.new_address(user=director, at=timezone.now()),
        guide_page="README.md",
        note_subject="deviations",
        quality_note=quality.note(cooperation=cooperation).pk,
        absence=quality.absence(cooperation=cooperation).pk,
        forum=to_come.forum_id,
        forum_member=meetings.member(forum=to_come.forum).pk,
        meeting_to_come=to_come.pk,
        invitee=meetings.invitee(meeting=to_come).pk,
        meeting_document=meetings.with_document(meeting=to_come, document=document).pk,
        deviation_year=quality.month(cooperation=cooperation).month_date.year,
        deviation_number=9,
        deviation_list="categories",
        deviation_category=quality.category(cooperation=cooperation).pk,
    )


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_address_answers_as_the_table_says(persona, people, world):
    wrong = {}
    for name, expected in EXPECTED.items():
        status = asked(name, expected, person=people.get(persona), world=world)
        if status != expected.status_for(persona):
            wrong[name] = f"{status} instead of {expected.status_for(persona)}"
    assert wrong == {}


def asked(name, expected, *, person, world) -> int:
    """The status of the answer; what it changed is undone."""
    browser = Client(raise_request_exception=True)
    if person:
        browser.force_login(person)
    url = reverse(name, args=[getattr(world, argument) for argument in expected.arguments])
    with transaction.atomic():
        answer = getattr(browser, expected.method)(url, expected.data)
        transaction.set_rollback(True)
    if answer.streaming:
        answer.getvalue()  # closes the file; close() itself would close the connection too
        answer.getvalue()  # read to its end the client closes it, and leaves the database open
    return answer.status_code


def test_a_page_sends_who_is_not_logged_in_to_the_login(world):
    for name, expected in EXPECTED.items():
        if expected.status_for("nobody") == 302 and name != "set_language":
            url = reverse(name, args=[getattr(world, each) for each in expected.arguments])
            answer = getattr(Client(), expected.method)(url, expected.data)
            assert answer["Location"].startswith(reverse("account_login")), name


ACCOUNT = sorted(
    {name for name, path in addresses() if path.startswith("account/") and name and "<" not in path}
)


@pytest.mark.parametrize("name", ACCOUNT)
def test_every_page_of_the_account_answers_without_a_crash(name, people):
    for person in (None, people["outsider"]):
        browser = Client()
        if person:
            browser.force_login(person)
        answer = browser.get(reverse(name))
        assert answer.status_code < 500, name


def test_nobody_makes_an_account_by_oneself(db):
    fields = {"email": "new@elsewhere.example", "password1": "x" * 20, "password2": "x" * 20}
    Client().post(reverse("account_signup"), fields)
    assert not User.objects.filter(email="new@elsewhere.example").exists()
