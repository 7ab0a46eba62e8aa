"""The pages of months and years: seen, checked, published and revised."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from callstats.annotations.models import Annotation
from callstats.indicators.definitions import Definition, DefinitionError
from callstats.periods import operations
from callstats.periods.models import IndicatorPeriod, PeriodState
from legevakt.lib import words
from legevakt.lib.periods import Period
from tests.callstats.periods.test_verifying import UNFROZEN, in_sql
from tests.factories.annotations import note
from tests.factories.callstats import SourceFactory
from tests.factories.months import checked as check
from tests.factories.months import fed, hour_of_calls

OCTOBER = Period.month(2025, 10)
SEPTEMBER = Period.month(2025, 9)
NOVEMBER = Period.month(2025, 11)

pytestmark = pytest.mark.usefixtures("clock")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def url(name="period", period="2025-10"):
    return reverse(name, args=["nordhordland", period])


def seen_in(answer):
    """What the form of the page sends when it is checked."""
    return {"seen": answer.context["seen"], "shown": answer.context["shown"]}


def checking(browser, period="2025-10"):
    """Open the page and press the button."""
    form = seen_in(browser.get(url(period=period)))
    return browser.post(url("period_check", period), form, follow=True)


class TestTheList:
    def test_the_newest_month_stands_first_and_the_year_above_it(
        self, central, month_of_calls, leader, as_person
    ):
        month_of_calls(SEPTEMBER, within=3, late=1)
        month_of_calls(OCTOBER, within=3, late=1)
        operations.compute(central=central, period=Period.year(2025), at=timezone.now())
        answer = as_person(leader).get(reverse("central_periods", args=["nordhordland"]))
        assert [row.name for row in answer.context["rows"]] == [
            "2025",
            "October 2025",
            "September 2025",
        ]
        assert [row.parts for row in answer.context["rows"]] == ["6 of 8", "3 of 4", "3 of 4"]

    def test_each_state_has_one_next_step_for_who_may_take_it(
        self, month_of_calls, checked, published, leader, host_director, auditor, as_person
    ):
        published(Period.month(2025, 8), within=1)
        checked(SEPTEMBER, within=1)
        month_of_calls(OCTOBER, within=1)
        month_of_calls(NOVEMBER, within=1, hours=10)

        def steps(person):
            answer = as_person(person).get(reverse("central_periods", args=["nordhordland"]))
            return [row.step.label for row in answer.context["rows"]]

        ends, done = "ends on 1 December 2025", "nothing: it is published"
        director_publishes = "the host's director publishes it"
        leader_checks = "the head of the legevakt checks it"
        assert steps(leader) == [ends, "Look at it and check it", director_publishes, done]
        assert steps(host_director) == [ends, leader_checks, "Publish it", done]
        assert steps(auditor) == [ends, leader_checks, director_publishes, done]

    def test_a_figure_of_too_few_hours_is_marked_as_provisional(
        self, month_of_calls, auditor, as_person
    ):
        month_of_calls(OCTOBER, within=1, hours=700)
        page = text_of(as_person(auditor).get(reverse("central_periods", args=["nordhordland"])))
        assert "provisional" in page
        assert "Data for 700 of 745 hours" in page

    def test_the_years_are_pages_of_their_own(self, month_of_calls, auditor, as_person):
        month_of_calls(Period.month(2024, 12), within=1)
        month_of_calls(OCTOBER, within=1)
        path = reverse("central_periods", args=["nordhordland"])
        browser = as_person(auditor)
        assert [row.name for row in browser.get(path).context["rows"]] == ["October 2025"]
        earlier = browser.get(path + "?year=2024")
        assert [row.name for row in earlier.context["rows"]] == ["December 2024"]
        assert browser.get(path + "?year=2023").status_code == 404
        assert browser.get(path + "?year=x").status_code == 404

    def test_where_nothing_is_computed_the_page_says_what_to_do(self, central, leader, as_person):
        page = text_of(as_person(leader).get(reverse("central_periods", args=["nordhordland"])))
        assert "When the first call log is imported" in page
        assert reverse("imports") in page

    def test_a_year_of_months_takes_few_queries(
        self, month_of_calls, auditor, as_person, django_assert_max_num_queries
    ):
        for month in range(1, 11):
            month_of_calls(Period.month(2025, month), within=1, hours=1)
        browser = as_person(auditor)
        with django_assert_max_num_queries(13):
            browser.get(reverse("central_periods", args=["nordhordland"]))

    def test_the_centrals_stand_with_their_newest_month_that_is_over(
        self, month_of_calls, auditor, as_person
    ):
        month_of_calls(SEPTEMBER, within=1)
        month_of_calls(OCTOBER, within=3, late=1)
        month_of_calls(NOVEMBER, within=1, hours=10)
        page = text_of(as_person(auditor).get(reverse("periods")))
        assert "October 2025" in page
        assert "75.0% (3 of 4)" in page
        assert "September" not in page
        assert "November" not in page


class TestThePage:
    def test_it_tells_everything_the_figure_rests_on(self, published, auditor, as_person):
        row = published(OCTOBER, within=3, late=1, unanswered=1)
        page = text_of(as_person(auditor).get(url()))
        assert "60.0%" in page
        assert "3 of 5" in page
        assert "lvs-2min-v1" in page
        assert "745 of 745" in page
        assert row.imports["sha256"] in page
        assert row.code_version in page
        assert row.checked_by.name in page
        assert row.published_by.name in page

    def test_every_definition_has_its_figure_of_the_same_calls(
        self, month_of_calls, auditor, as_person
    ):
        row = month_of_calls(OCTOBER, within=3, late=1, unanswered=1)
        figures = as_person(auditor).get(url()).context["figures"]
        assert len(figures) == row.figures.count()
        by_id = {each.definition_id: each for each in figures}
        assert figures[0].definition_id == "lvs-2min-v1"
        of_answered = by_id["lvs-2min-of-answered-v1"]
        assert (of_answered.value, of_answered.denominator) == ("75.0%", "4")
        assert by_id["lvs-asa-v1"].value == "1 min 38 s"

    @pytest.mark.parametrize(
        ("stored", "told"),
        [
            ({"name": {"nn": "Som før"}, "profile": "OLD", "gone": 1}, "Som før"),
            ({"id": "lvs-2min-v1"}, "lvs-2min-v1"),
        ],
    )
    def test_a_stored_definition_that_todays_schema_refuses_is_shown_all_the_same(
        self, published, auditor, as_person, stored, told
    ):
        published(OCTOBER, within=3, late=1)
        with pytest.raises(DefinitionError):
            Definition.from_dict(stored)
        in_sql(*(each.format(f"definition = '{json.dumps(stored)}'") for each in UNFROZEN))
        answer = as_person(auditor).get(url())
        first = answer.context["figures"][0]
        assert (first.name, first.value, first.denominator) == (told, "75.0%", "4")
        assert answer.status_code == 200

    def test_a_month_nobody_called_in_has_words_and_no_percentage(
        self, month_of_calls, auditor, as_person
    ):
        month_of_calls(OCTOBER)
        assert as_person(auditor).get(url()).context["value"] == "No calls"
        month_of_calls(SEPTEMBER, hours=0)
        assert as_person(auditor).get(url(period="2025-09")).context["value"] == "No data"

    @pytest.mark.parametrize("period", ["2025-13", "2025-1", "25", "1999", "2025-10-01", "x"])
    def test_what_is_no_month_or_year_is_not_found(self, period, central, auditor, as_person):
        assert as_person(auditor).get(url(period=period)).status_code == 404

    @pytest.mark.parametrize("revision", ["2", "0", "x", "99999", "²"])
    def test_a_revision_there_is_not_is_not_found(
        self, revision, month_of_calls, auditor, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        assert as_person(auditor).get(url() + f"?revision={revision}").status_code == 404

    def test_a_series_breaks_where_one_system_took_over_from_another(
        self, central, month_of_calls, leader, partner_director, as_person
    ):
        month_of_calls(OCTOBER, within=1, hours=240)
        later = SourceFactory(slug="new", name="The new exchange", central=central)
        fed(later, period=Period(OCTOBER.starts_on.replace(day=16), OCTOBER.ends_on), hours=10)
        Annotation.objects.create(
            central=central,
            kind="series_break",
            starts_on=OCTOBER.starts_on,
            ends_on=OCTOBER.ends_on,
            text="A new menu before the queue",
            created_at=timezone.now(),
        )
        sentence = "16 October 2025 at 00:00: The new exchange took over from The exchange."
        page = text_of(as_person(leader).get(url()))
        assert sentence in page
        assert "1 October 2025: A new menu before the queue" in page
        assert "one telephone system took over from another" in text_of(
            as_person(partner_director).get(url())
        )

    def test_what_happened_in_the_period_is_listed(
        self, central, month_of_calls, leader, auditor, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        assert "What happened in the period" not in text_of(as_person(auditor).get(url()))
        found = note(central=central)
        note(central=central, starts_on=OCTOBER.ends_on, text="The month after.")

        answer = as_person(leader).get(url())
        page = text_of(answer)
        assert "24 October 2025: The power was out in a storm." in page
        assert "The month after." not in page
        change = reverse("annotation_change", args=[central.slug, found.pk])
        assert change in answer.content.decode()
        assert change not in as_person(auditor).get(url()).content.decode()
        assert answer.context["noted_breaks"] == []

    def test_a_system_that_goes_on_beside_a_silent_one_is_no_break(
        self, central, month_of_calls, leader, as_person
    ):
        other = SourceFactory(slug="other", central=central)
        fed(other, period=OCTOBER, hours=100)
        month_of_calls(OCTOBER, within=1)
        assert as_person(leader).get(url()).context["breaks"] == []


class TestChecking:
    def test_the_leader_checks_what_was_seen(self, month_of_calls, leader, as_person):
        month_of_calls(OCTOBER, within=1)
        assert "It is checked" in text_of(checking(as_person(leader)))
        kept = IndicatorPeriod.objects.get()
        assert (kept.state, kept.checked_by) == (PeriodState.CHECKED, leader)

    def test_figures_that_changed_meanwhile_are_shown_and_not_checked(
        self, central, month_of_calls, leader, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        browser = as_person(leader)
        form = seen_in(browser.get(url()))
        hour_of_calls(central, period=OCTOBER, outcome="abandoned", waits_ms=[5_000])

        answer = browser.post(url("period_check"), form)

        assert answer.status_code == 409
        page = text_of(answer)
        assert "The figures have changed since you opened the page" in page
        assert "100.0% (1 of 1)" in page
        assert "50.0% (1 of 2)" in page
        assert IndicatorPeriod.objects.get().state == PeriodState.OPEN
        again = browser.post(url("period_check"), seen_in(answer), follow=True)
        assert "It is checked" in text_of(again)

    def test_a_form_that_somebody_wrote_by_hand_is_no_crash(
        self, month_of_calls, leader, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        for shown in ("", "[]", '{"a": 1}', '{"a": ["x", 1, 2]}', "nonsense"):
            answer = as_person(leader).post(url("period_check"), {"seen": "x", "shown": shown})
            assert answer.status_code == 409

    def test_a_month_that_is_not_over_cannot_be_checked(self, month_of_calls, leader, as_person):
        month_of_calls(NOVEMBER, within=1, hours=10)
        assert "The period is not over" in text_of(checking(as_person(leader), "2025-11"))
        assert IndicatorPeriod.objects.get().state == PeriodState.OPEN

    def test_the_director_publishes_and_does_not_check(
        self, month_of_calls, host_director, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        answer = as_person(host_director).post(url("period_check"), {"seen": ""})
        assert answer.status_code == 404


class TestPublishing:
    def test_the_director_is_asked_and_publishes(self, checked, host_director, leader, as_person):
        row = checked(OCTOBER, within=1)
        browser = as_person(host_director)
        asked = text_of(browser.get(url("period_publish")))
        assert "It cannot be undone" in asked
        checked_by = f"{leader.name}, {words.moment(row.checked_at)}"
        assert f"<dt>Checked by</dt> <dd> {checked_by} </dd>" in asked
        page = text_of(browser.post(url("period_publish"), follow=True))
        assert "It is published, and its figures are frozen." in page
        assert IndicatorPeriod.objects.get().published_by == host_director

    def test_a_provisional_figure_needs_a_reason(self, checked, host_director, as_person):
        checked(OCTOBER, within=1, hours=700)
        browser = as_person(host_director)
        assert "provisional" in text_of(browser.get(url("period_publish")))
        assert browser.post(url("period_publish"), {}).status_code == 422
        assert browser.post(url("period_publish"), {"provisional_reason": " "}).status_code == 422
        reason = "The exchange lost its log on 30 October."
        browser.post(url("period_publish"), {"provisional_reason": reason})
        assert reason in text_of(browser.get(url()))

    def test_what_nobody_has_checked_is_not_published(
        self, month_of_calls, host_director, as_person
    ):
        month_of_calls(OCTOBER, within=1)
        page = text_of(as_person(host_director).post(url("period_publish"), follow=True))
        assert "It is not checked, or late data have changed it since." in page
        assert IndicatorPeriod.objects.get().state == PeriodState.OPEN

    def test_late_data_after_the_check_open_it_again(
        self, central, checked, host_director, as_person
    ):
        checked(OCTOBER, within=1)
        hour_of_calls(central, period=OCTOBER, outcome="abandoned", waits_ms=[1])
        page = text_of(as_person(host_director).post(url("period_publish"), follow=True))
        assert "late data have changed it since" in page
        kept = IndicatorPeriod.objects.get()
        assert (kept.state, kept.figures.get(definition_id="lvs-2min-v1").denominator) == (
            PeriodState.OPEN,
            2,
        )

    def test_a_log_that_went_missing_meanwhile_asks_for_the_reason(
        self, checked, host_director, as_person, monkeypatch
    ):
        checked(OCTOBER, within=1, hours=740)
        browser = as_person(host_director)

        def stricter(**_):
            raise operations.Incomplete

        monkeypatch.setattr(operations, "publish", stricter)
        answer = browser.post(url("period_publish"))
        assert answer.url == url("period_publish")

    def test_a_year_waits_for_its_months(
        self, central, month_of_calls, leader, host_director, as_person
    ):
        month_of_calls(Period.month(2024, 12), within=1)
        year = Period.year(2024)
        row = operations.compute(central=central, period=year, at=timezone.now())
        check(row, by=leader)
        reason = {"provisional_reason": "Eleven months have no log."}
        browser = as_person(host_director)
        page = text_of(browser.post(url("period_publish", "2024"), reason, follow=True))
        assert "The twelve months of the year must be published first" in page
        listed = browser.get(reverse("central_periods", args=["nordhordland"]))
        assert listed.context["rows"][0].step.label == "its twelve months are published first"


class TestRevising:
    def test_a_reason_opens_a_revision_and_the_published_figure_counts_on(
        self, central, published, leader, host_director, as_person
    ):
        published(OCTOBER, within=1)
        browser = as_person(leader)
        assert browser.post(url("period_revise"), {"reason": ""}).status_code == 422
        reason = "The log of 24 October came late."
        page = text_of(browser.post(url("period_revise"), {"reason": reason}, follow=True))
        assert "late rows of the period are taken again" in page
        assert "This revision does not count yet" in page
        assert reason in page
        first = text_of(browser.get(url()))
        assert "A revision is under way" in first
        rows = browser.get(reverse("central_periods", args=["nordhordland"])).context["rows"]
        assert [tag.label for tag in rows[0].tags] == ["published", "revision under way"]
        assert rows[0].step.url == url() + "?revision=2"

    def test_the_difference_names_every_figure_that_changed(
        self, central, published, leader, host_director, as_person
    ):
        first = published(OCTOBER, within=1)
        revision = operations.open_revision(
            period=first, reason="Late", by=leader, at=timezone.now()
        )
        hour_of_calls(central, period=OCTOBER, outcome="abandoned", waits_ms=[1_000])
        operations.compute(central=central, period=OCTOBER, at=timezone.now())
        page = as_person(leader).get(url() + "?revision=2")
        diff = {each.name: (each.before, each.after) for each in page.context["diff"]}
        assert diff["Answered within two minutes"] == ("100.0% (1 of 1)", "50.0% (1 of 2)")
        assert "Average speed of answer" not in diff

        check(revision, by=leader)
        operations.publish(period=revision, by=host_director, at=timezone.now())
        now = as_person(leader).get(url())
        assert now.context["parts"] == "1 of 2"
        assert now.context["tags"][0].label == "revised, revision 2"
        old = as_person(leader).get(url() + "?revision=1")
        assert old.context["parts"] == "1 of 1"
        assert "A later revision counts" in text_of(old)
        assert "Open a revision" not in text_of(old)

    def test_what_is_not_published_has_nothing_to_revise(self, month_of_calls, leader, as_person):
        month_of_calls(OCTOBER, within=1)
        page = text_of(as_person(leader).post(url("period_revise"), {"reason": "x"}, follow=True))
        assert "there is nothing to revise" in page

    def test_who_only_reads_has_no_buttons(self, published, auditor, as_person):
        published(OCTOBER, within=1)
        page = text_of(as_person(auditor).get(url()))
        assert '<form method="post" action="/telephony' not in page
        assert as_person(auditor).get(url("period_revise")).status_code == 404


def test_every_error_says_how_to_go_on():
    from callstats.periods import words as period_words

    codes = {each.code for each in operations.PeriodError.__subclasses__()}
    assert codes == set(period_words.ERRORS)
