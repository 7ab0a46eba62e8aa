"""Personas, a fixed clock, and a place of their own for every test's files."""

import os
from datetime import UTC, datetime
from functools import cache

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from django.utils import translation

from legevakt.lib import pdf
from legevakt.lib.pdf import process
from municipalities.access.rules import Permission, Role
from municipalities.centrals.models import LineClass
from municipalities.models import User
from municipalities.queries import cooperations_where
from tests.drawing import DrawnOnce
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    MembershipFactory,
    MunicipalityFactory,
    PublicNumberFactory,
    UserFactory,
)
from tests.template_database import template_database

pytest_plugins = ["tests.real_parts"]

NOW = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
BROKER = "broker: tasks go through the real broker instead of running at once"


def pytest_addoption(parser):
    parser.addoption(
        "--database-only", action="store_true", help="leave out what touches no database"
    )
    parser.addoption(
        "--pictures", action="store_true", help="keep pictures of the pages in artifacts/"
    )


def pytest_collection_modifyitems(config, items):
    """With --database-only: on another PostgreSQL only what it could make a difference to."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[i for i in items if not touches_database(i)])
        items[:] = [item for item in items if touches_database(item)]


def touches_database(item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_configure(config):
    config.addinivalue_line("markers", BROKER)
    process.drawn = DrawnOnce(process.drawn)


def pytest_runtest_setup(item):
    """What draws PDF is left out where the libraries are missing."""
    process.drawn.begin_test()
    if item.get_closest_marker("pdf") and pdf.missing_libraries():
        pytest.skip(f"pdf needs {', '.join(pdf.missing_libraries())}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Under CI=true a skipped test fails the run: there everything can be had."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") == "true" and skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("Skipped tests fail a run under CI=true.", red=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """PYTEST_DB_SUFFIX lets two test runs on one server keep apart."""
    database = django_settings.DATABASES["default"]
    test = database.setdefault("TEST", {})
    test["TEMPLATE"] = template_database()
    suffix = os.environ.get("PYTEST_DB_SUFFIX")
    if suffix:
        test["NAME"] = f"{test.get('NAME') or 'test_' + database['NAME']}_{suffix}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Whoever is still in the test database when it is dropped is shown out."""
    connection.creation._destroy_test_db = _drop
    return django_db_setup


def _drop(name: str, verbosity: int) -> None:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


@pytest.fixture(autouse=True)
def language():
    """Each test begins in English, whatever language a request before it left active."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    """A production-like installation: own files, no demo, no second factor asked for."""
    settings.LEGEVAKT_HOME = tmp_path / "home"
    settings.UPLOADS_DIR = settings.MEDIA_ROOT = settings.LEGEVAKT_HOME / "uploads"
    settings.DOCUMENTS_DIR = settings.LEGEVAKT_HOME / "documents"
    settings.OUTBOX_DIR = settings.LEGEVAKT_HOME / "outbox"
    for directory in (settings.UPLOADS_DIR, settings.DOCUMENTS_DIR, settings.OUTBOX_DIR):
        directory.mkdir(parents=True)
    settings.DEMO = False
    settings.REQUIRE_SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_USE_FINDERS = False  # each test client would look at every static file


@pytest.fixture(autouse=True)
def eager_tasks(request):
    """Tasks run at once, unless the test is marked `broker`."""
    from legevakt.celery import app

    before = app.conf.task_always_eager, app.conf.task_eager_propagates
    eager = request.node.get_closest_marker("broker") is None
    app.conf.task_always_eager = app.conf.task_eager_propagates = eager
    yield
    app.conf.task_always_eager, app.conf.task_eager_propagates = before


@pytest.fixture
def clock():
    """It is 10 November 2025, 12:00 UTC, and stays so; `clock.shift(60)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def host(db):
    return MunicipalityFactory(number="4631", name="Alver")


@pytest.fixture
def partner(db):
    return MunicipalityFactory(number="4633", name="Fedje")


@pytest.fixture
def cooperation(host, partner):
    """Alver is host of Fedje."""
    return CooperationFactory(slug="nordhordland", host=host, partners=[partner])


@pytest.fixture
def central(cooperation):
    """The cooperation's central with a line of each kind that the public calls."""
    central = CentralFactory(slug="nordhordland", cooperation=cooperation)
    PublicNumberFactory(central=central, line_class=LineClass.NATIONAL)
    PublicNumberFactory(central=central, line_class=LineClass.LOCAL)
    return central


def person(*, cooperation, municipality, role):
    """A user with the role in the cooperation."""
    user = UserFactory(email=f"{role.value}@{municipality.name.lower()}.example")
    MembershipFactory(user=user, cooperation=cooperation, municipality=municipality, role=role)
    return user


@pytest.fixture
def host_director(cooperation, host):
    return person(cooperation=cooperation, municipality=host, role=Role.HOST_DIRECTOR)


@pytest.fixture
def partner_director(cooperation, partner):
    return person(cooperation=cooperation, municipality=partner, role=Role.PARTNER_DIRECTOR)


@pytest.fixture
def leader(cooperation, host):
    return person(cooperation=cooperation, municipality=host, role=Role.LEADER)


@pytest.fixture
def controller(cooperation, host):
    return person(cooperation=cooperation, municipality=host, role=Role.CONTROLLER)


@pytest.fixture
def secretary(cooperation, host):
    return person(cooperation=cooperation, municipality=host, role=Role.SECRETARY)


@pytest.fixture
def medical_officer(cooperation, partner):
    return person(cooperation=cooperation, municipality=partner, role=Role.MEDICAL_OFFICER)


@pytest.fixture
def auditor(cooperation, host):
    return person(cooperation=cooperation, municipality=host, role=Role.AUDITOR)


@pytest.fixture
def outsider(db):
    """Logs in, but has no role anywhere."""
    return UserFactory(email="outsider@elsewhere.example")


@pytest.fixture
def as_person():
    """`as_person(user)` is a browser in which the user is logged in."""

    def browser(user) -> Client:
        _look_up_permissions()
        client = Client()
        client.force_login(user)
        return client

    return browser


@cache
def _look_up_permissions() -> None:
    """guardian looks each permission's content type up once, and again after the tables were
    emptied. They are looked up here, so that a page takes the same queries whichever test came
    first."""
    for permission in Permission:
        cooperations_where(user=User(pk=0), permission=permission)


post_migrate.connect(lambda **_: _look_up_permissions.cache_clear(), weak=False)
