"""Letters of periods: what they tell is frozen, when they are made, and who reads them."""

import doctest
from datetime import UTC, date, datetime, timedelta

import pdfua
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import translation

from callstats.models import IndicatorPeriod, PeriodState
from callstats.periods import operations as periods
from legevakt.lib import pdf
from legevakt.lib.periods import Period
from legevakt.lib.translation_checks import FOREIGN
from municipalities.models import ReviewPoint
from municipalities.quality.review import operations as reviews
from municipalities.queries import prepared_topics
from reporting.letters import operations as letters
from reporting.letters import queries, rules
from reporting.letters.models import LetterKind, PeriodLetter
from reporting.letters.telling import told
from tests.factories.municipalities import CentralFactory
from tests.factories.reporting import calls_in_year
from tests.factories.reporting import letter as made_letter

AT = datetime(2026, 2, 15, 7, tzinfo=UTC)
JANUARY = Period.month(2026, 1)


@pytest.fixture
def month(central):
    """January 2026, computed and open."""
    calls_in_year(central=central, year=2026, months=(1,))
    periods.compute(central=central, period=JANUARY, at=AT)
    return IndicatorPeriod.objects.get(starts_on=JANUARY.starts_on, ends_on=JANUARY.ends_on)


def publish(month, *, at=AT, by=None):
    """As the host's director does, without the steps before it."""
    IndicatorPeriod.objects.filter(pk=month.pk).update(
        state=PeriodState.PUBLISHED, published_at=at, published_by=by, checked_at=at, checked_by=by
    )


def make(cooperation, kind="monthly_letter", period=JANUARY):
    return letters.make(kind=kind, cooperation=cooperation, period=period, at=AT)


def test_every_topic_of_a_letter_is_prepared():
    for kind in LetterKind:
        assert set(rules.TOPICS[kind]) <= set(prepared_topics())


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0


def test_no_letter_names_who_is_responsible(cooperation, host_director):
    review = reviews.begin(cooperation=cooperation, year=2025, by=host_director, at=AT)
    point = review.points.first()
    ReviewPoint.objects.filter(pk=point.pk).update(
        status="lacking", measure="Øve.", responsible="Kari Nordmann"
    )
    made = make(
        cooperation, kind="tertial_report", period=Period(date(2025, 9, 1), date(2026, 1, 1))
    )
    (measure,) = made.figures["topics"]["internal-control"]["measures"]
    assert (measure["measure"], measure["responsible"]) == ("Øve.", "")
    assert "Responsible" not in str(told(made))


def test_a_monthly_letter_waits_for_its_month(cooperation, month, host_director):
    with pytest.raises(letters.LetterHasToWait):
        make(cooperation)
    publish(month, by=host_director)
    made = make(cooperation)
    assert (made.starts_date, made.ends_date) == (date(2026, 1, 1), date(2026, 2, 1))
    (central,) = made.figures["topics"]["professional-status"]["centrals"]
    assert central["months"][0]["numerator"] == 62


def test_it_waits_for_the_month_of_every_central(cooperation, month, host_director):
    publish(month, by=host_director)
    CentralFactory(cooperation=cooperation)
    assert queries.ready_at(kind="monthly_letter", cooperation=cooperation, period=JANUARY) is None


def test_a_cooperation_without_a_central_has_nothing_to_wait_for(cooperation):
    assert queries.ready_at(kind="monthly_letter", cooperation=cooperation, period=JANUARY) is None


@pytest.mark.parametrize("kind", ["tertial_report", "orientation"])
def test_a_period_that_runs_has_no_letter(kind, cooperation):
    with pytest.raises(letters.LetterHasToWait):
        make(cooperation, kind=kind, period=Period.year(2026))


def test_a_letter_is_made_once_and_keeps_its_figures(cooperation, month, host_director):
    publish(month, by=host_director)
    first = make(cooperation)
    assert make(cooperation).pk == first.pk
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        first.save()


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_tells_its_topics_in_order(kind, cooperation, central):
    year = Period.year(2025)
    with translation.override("en"):
        found = told(made_letter(cooperation=cooperation, kind=kind, period=year))
    assert [topic.code for topic in found.topics] == [
        code for code in prepared_topics() if code in rules.TOPICS[kind]
    ]
    assert "2025" in found.title
    assert all(topic.page.lead for topic in found.topics)


def test_who_takes_part_reads_a_letter_and_others_do_not(
    cooperation, central, as_person, partner_director, medical_officer, auditor, outsider
):
    made = made_letter(cooperation=cooperation)
    url = reverse("letter", args=[made.pk])
    for person in (partner_director, medical_officer, auditor):
        browser = as_person(person)
        assert url in browser.get(reverse("letters")).content.decode()
        assert b"Answer time in December 2025" in browser.get(url).content
        assert reverse("letters") in browser.get(reverse("annual_reports")).content.decode()
    browser = as_person(outsider)
    for address in (url, reverse("letters"), reverse("letter_document", args=[made.pk, "nn"])):
        assert browser.get(address).status_code == 404


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    cooperation, central, as_person, auditor, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_person(auditor)
    made_letter(cooperation=cooperation, period=Period.month(2025, 1))
    browser.get(reverse("letters"))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("letters"))
    for number in range(2, 11):
        made_letter(cooperation=cooperation, period=Period.month(2025, number))
    with django_assert_num_queries(len(one)):
        assert browser.get(reverse("letters")).content.count(b"/letters/") > 10


def test_there_is_no_document_in_english(cooperation, central, as_person, auditor):
    made = made_letter(cooperation=cooperation)
    url = reverse("letter_document", args=[made.pk, "nn"]).replace("nn.pdf", "en.pdf")
    assert as_person(auditor).get(url).status_code == 404


def test_a_pdf_that_cannot_be_made_leads_to_the_page(
    cooperation, central, as_person, auditor, monkeypatch
):
    def refuse(*_, **__):
        raise pdf.PdfError("no")

    monkeypatch.setattr("reporting.letters.document.write_pdf", refuse)
    made = made_letter(cooperation=cooperation)
    answer = as_person(auditor).get(reverse("letter_document", args=[made.pk, "nn"]))
    assert answer.url == reverse("letter", args=[made.pk])


@pytest.mark.pdf
@pytest.mark.parametrize("language", ["nn", "nb"])
def test_the_pdf_is_accessible_and_the_same_each_time(
    cooperation, central, as_person, auditor, language, tmp_path
):
    calls_in_year(central=central, year=2025, months=(12,))
    period = Period(date(2025, 9, 1), date(2026, 1, 1))
    made = made_letter(cooperation=cooperation, kind="tertial_report", period=period)
    url = reverse("letter_document", args=[made.pk, language])
    content = as_person(auditor).get(url).content
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
    assert as_person(auditor).get(url).content == content


@pytest.mark.parametrize(("language", "other"), [("nn", "nn"), ("nb", "nb")])
def test_the_forms_are_not_mixed(language, other, cooperation, central):
    with translation.override(language):
        found = told(made_letter(cooperation=cooperation, kind="orientation"))
    words = f"{found.title} {found.lead}".lower().split()
    assert not set(words) & set(FOREIGN[other].split())


def test_two_at_the_same_moment_make_one(cooperation, central):
    period = Period.year(2025)
    later = AT + timedelta(days=1)
    first = make(cooperation, kind="orientation", period=period)
    second = letters.make(kind="orientation", cooperation=cooperation, period=period, at=later)
    assert (first.pk, PeriodLetter.objects.count()) == (second.pk, 1)
