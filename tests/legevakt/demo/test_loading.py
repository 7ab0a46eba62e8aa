from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from callstats.models import (
    Annotation,
    Call,
    CallImport,
    Exclusion,
    FeedHour,
    IndicatorPeriod,
    Source,
)
from legevakt.demo import loading, synthetic_calls
from legevakt.demo.people import PASSWORD, PERSONAS
from municipalities.models import Central, Cooperation, PublicNumber, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission, Role
from reporting.models import Delivery, PeriodLetter, Schedule
from tests.factories.callstats import month_figure

pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def short_demonstration(settings, monkeypatch):
    """One month of calls instead of 24; the installation is a demonstration."""
    settings.DEMO = True
    monkeypatch.setattr(synthetic_calls, "MONTHS", 1)


def load(at=AT) -> bool:
    return loading.load(at=at, say=lambda words: None)


def counted() -> dict[str, int]:
    kinds = (Call, CallImport, FeedHour, IndicatorPeriod, PublicNumber, Source, User)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_it_is_loaded_once():
    assert load()
    first = counted()

    assert not load(at=datetime(2026, 2, 1, tzinfo=UTC))
    assert counted() == first


def test_broken_off_it_goes_on_where_it_was(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(loading, "_import_real_evening", stumble)
        with pytest.raises(KeyError):
            load()
    half = CallImport.objects.count()

    assert load(at=datetime(2025, 11, 12, tzinfo=UTC))
    assert CallImport.objects.count() == half + 2
    assert CallImport.objects.filter(file_name__startswith="2025-11").count() == 1


class TestLoaded(TestCase):
    """What only looks at the demonstration shares one, as loading it takes seconds."""

    @classmethod
    def setUpTestData(cls):
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        settings = override_settings(
            DEMO=True,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # as conftest has
            UPLOADS_DIR=folder,
            DOCUMENTS_DIR=folder,
            OUTBOX_DIR=folder,
        )
        with settings, patch.object(synthetic_calls, "MONTHS", 1):
            load()

    def test_it_is_marked_as_demonstration_and_its_calls_as_synthetic(self):
        cooperation = Cooperation.objects.get()
        assert cooperation.is_demonstration
        assert "demonstrasjon" in cooperation.name
        assert Source.objects.get(slug=loading.SYNTHETIC).is_synthetic
        assert cooperation.host.name == "Alver"
        assert cooperation.participants.count() == 8

    def test_the_real_evening_is_imported_whole_and_shares_no_hour_with_the_invented_calls(self):
        real = Call.objects.filter(source__slug=loading.PBX)
        invented = Call.objects.filter(source__slug=loading.SYNTHETIC)
        shared = set(hours(loading.PBX)) & set(hours(loading.SYNTHETIC))
        assert real.count() == 160
        assert invented.count() > 1500
        assert not shared

    def test_october_is_complete_and_computed(self):
        october = month_figure(starts_on="2025-10-01")
        assert october.figures["hours_with_feed"] == october.figures["hours_in_period"] == 745

    def test_there_are_two_notes_and_test_calls_that_another_person_has_approved(self):
        rule = Exclusion.objects.get()
        assert rule.state == "approved"
        assert (rule.proposed_by.name, rule.decided_by.name) == ("Leif Demo", "Ingrid Demo")
        assert rule.starts_at == datetime(2025, 10, 7, 8, tzinfo=UTC)
        assert sum(hour.calls for hour in rule.hours.all()) > 0
        assert set(Annotation.objects.values_list("kind", flat=True)) == {"outage", "epidemic"}

    def test_each_role_has_somebody_and_the_outsider_sees_nothing(self):
        outsider = User.objects.get(email="utanforstaande@bergen.example")
        seen = cooperations_where(user=outsider, permission=Permission.VIEW_OVERVIEW)
        assert {persona.role for persona in PERSONAS} == {*Role, None}
        assert not seen.exists()
        assert set(User.objects.values_list("language", flat=True)) == {"nn", "nb"}

    def test_everybody_logs_in_with_the_demonstrations_password(self):
        assert all(user.check_password(PASSWORD) for user in User.objects.all())

    def test_the_report_is_scheduled_for_the_first_of_march(self):
        schedule = Schedule.objects.get(kind="annual_report")
        assert (schedule.months_after, schedule.day, schedule.local_time.hour) == (3, 1, 8)
        assert Schedule.objects.filter(is_active=True).count() == 4

    def test_a_tertial_report_waits_to_be_sent_to_the_directors(self):
        letter = PeriodLetter.objects.get()
        assert letter.kind == "tertial_report"
        assert Delivery.objects.filter(dispatch__letter=letter, state="waiting").count() > 1

    def test_the_logins_are_listed_with_password_role_and_municipality(self):
        out = StringIO()
        call_command("demo_logins", stdout=out)

        line = next(line for line in out.getvalue().splitlines() if "@fedje.example" in line)
        assert line.split() == [
            "kommunedirektor@fedje.example",
            PASSWORD,
            "partner",
            "director",
            "Fedje",
        ]
        assert len(out.getvalue().splitlines()) == len(PERSONAS) + 1


def test_nothing_is_loaded_where_it_is_no_demonstration(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo")
    assert not Central.objects.exists()


def test_no_login_is_told_where_it_is_no_demonstration(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO"):
        call_command("demo_logins")


def hours(slug: str) -> list[datetime]:
    return list(FeedHour.objects.filter(source__slug=slug).values_list("hour_at", flat=True))


def stumble(**_):
    raise KeyError("the machine went down")
