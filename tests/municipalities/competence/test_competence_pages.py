"""The pages of competence: what is told, to whom, and what the leader writes."""

from datetime import date

import fastexcel
import pghistory.models
import pytest
from django.urls import reverse

from municipalities.competence.models import (
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from tests.factories.competence import (
    FollowUpFactory,
    OperatorFactory,
    QualificationFactory,
    RequirementFactory,
)
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def address(cooperation, central):
    return lambda name, *more: reverse(name, args=[cooperation.slug, central.slug, *more])


@pytest.fixture
def browser(as_person, leader):
    return as_person(leader)


def reasons(model):
    events = pghistory.models.Events.objects.tracks(model.objects.all())
    return [each.pgh_context.get("reason") for each in events if each.pgh_context]


def test_the_page_of_the_only_central_is_gone_to_at_once(browser, address, cooperation):
    answer = browser.get(reverse("competence_of", args=[cooperation.slug]))
    assert answer["Location"] == address("competence")


def test_several_centrals_are_listed(browser, cooperation, central):
    other = CentralFactory(cooperation=cooperation)
    page = browser.get(reverse("competence_of", args=[cooperation.slug])).content.decode()
    assert central.name in page
    assert other.name in page


def test_an_empty_page_says_what_to_do_next(browser, address):
    page = browser.get(address("competence")).content.decode()
    assert "Take the standard requirements" in page
    assert "Nothing is kept of what each operator answers" in page


def test_when_nothing_is_to_be_done_the_page_says_so(browser, address, central):
    RequirementFactory(central=central, ends_date=date(2025, 11, 10))
    held = QualificationFactory(operator__central=central)
    FollowUpFactory(operator=held.operator)
    assert "Nothing is to be done now" in browser.get(address("competence")).text


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("leader", 200),
        ("host_director", 200),
        ("auditor", 200),
        ("partner_director", 404),
        ("medical_officer", 404),
        ("outsider", 404),
    ],
)
def test_competence_is_the_hosts_own(persona, status, request, as_person, address):
    reader = as_person(request.getfixturevalue(persona))
    assert reader.get(address("competence")).status_code == status
    hub = reader.get(reverse("cooperation", args=["nordhordland"])).text
    assert (reverse("competence_of", args=["nordhordland"]) in hub) is (status == 200)


def test_the_files_hold_what_the_page_shows(browser, address, central):
    course = RequirementFactory(central=central, name="Course", legal_basis="§ 8")
    operator = OperatorFactory(central=central)
    OperatorFactory(central=central)
    QualificationFactory(operator=operator, requirement=course, expires_date=date(2025, 12, 24))

    answer = browser.get(address("competence"))
    shown = [[cell for _heading, cell in row.labelled] for row in answer.context["rows"]]
    lines = browser.get(address("competence"), {"format": "csv"}).content.decode("utf-8-sig")
    book = browser.get(address("competence"), {"format": "xlsx"}).content
    sheet = fastexcel.read_excel(book).load_sheet(0, dtypes="string").to_polars().rows()

    states = ["not fulfilled by all", "2", "1", "1", "24 December 2025", "1"]
    assert shown == [["Course", "§ 8", *states]]
    assert [line.split(";") for line in lines.splitlines()[1:]] == shown
    assert [list(row) for row in sheet] == shown
    for cell in shown[0]:
        assert cell in answer.content.decode()


def test_the_pages_take_the_same_queries_for_many_operators(
    browser, address, central, django_assert_max_num_queries
):
    for _ in range(5):
        FollowUpFactory(operator=QualificationFactory(operator__central=central).operator)
    for name in ("competence", "operators", "competence_requirements"):
        with django_assert_max_num_queries(14):
            browser.get(address(name))


def test_the_standard_requirements_are_taken_by_one_click_and_once(browser, address, central):
    for _ in range(2):
        browser.post(address("competence_take_standard"))
    taken = central.competence_requirements.count()
    assert taken > 4
    assert central.competence_requirements.filter(name__startswith="Helsefagleg").exists()
    assert "that are not listed" not in browser.get(address("competence_requirements")).text


def test_a_requirement_is_added_changed_and_ended_with_the_reason_kept(browser, address):
    facts = {"name": "Video", "kind": "course", "valid_months": "12"}
    browser.post(address("competence_requirement_new"), facts)
    made = CompetenceRequirement.objects.get()
    changed = facts | {"valid_months": "24", "reason": "new plan"}
    browser.post(address("competence_requirement_change", made.pk), changed)
    ended = {"ends_date": "2025-12-01", "reason": "replaced"}
    browser.post(address("competence_requirement_end", made.pk), ended)

    made.refresh_from_db()
    assert (made.valid_months, made.ends_date) == (24, date(2025, 12, 1))
    assert {"new plan", "replaced"} <= set(reasons(CompetenceRequirement))


def test_a_requirement_of_the_same_name_is_refused_in_words(browser, address, central):
    RequirementFactory(central=central, name="Video")
    answer = browser.post(
        address("competence_requirement_new"), {"name": "Video", "kind": "course"}
    )
    assert answer.status_code == 422
    assert "has a requirement of that name already" in answer.text


def test_an_operator_is_added_by_a_label_and_counts_as_experienced_in_a_year(browser, address):
    facts = {"label": "Operator 12", "started_date": "2025-11-01", "volume": "usual"}
    browser.post(address("operator_new"), facts)
    made = Operator.objects.get()
    assert (made.label, made.experienced_date) == ("Operator 12", date(2026, 11, 1))

    changed = facts | {"ended_date": "2025-11-09", "reason": "moved"}
    browser.post(address("operator_change", made.pk), changed)
    made.refresh_from_db()
    assert (made.ended_date, made.experienced_date) == (date(2025, 11, 9), None)
    assert "moved" in reasons(Operator)

    browser.post(address("operator_delete", made.pk), {"reason": "by mistake"})
    assert not Operator.objects.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"label": "Taken"}, "Another operator of the central has that label"),
        ({"label": "56 34 90 00"}, "looks like a telephone number"),
        ({"ended_date": "2020-01-01"}, "cannot end before the start"),
        ({"experienced_date": "2019-01-01"}, "from the start at the earliest"),
        ({"mentor": "own"}, "must be an experienced operator at work"),
        ({"started_date": "0202-01-01"}, "between 1900 and 2200"),
    ],
)
def test_what_is_wrong_about_an_operator_is_told_in_words(browser, address, central, facts, words):
    OperatorFactory(central=central, label="Taken")
    own = OperatorFactory(central=central)
    good = {"label": "Own", "started_date": "2020-01-01", "volume": "usual", "reason": "why"}
    sent = {name: str(own.pk) if value == "own" else value for name, value in facts.items()}
    answer = browser.post(address("operator_change", own.pk), good | sent)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_course_is_registered_for_several_at_once_and_safely_again(browser, address, central):
    course = RequirementFactory(central=central)
    several = [OperatorFactory(central=central).pk for _ in range(3)]
    facts = {"requirement": course.pk, "operators": several, "obtained_date": "2025-11-03"}
    for _ in range(2):
        browser.post(address("competence_course"), facts)
    found = Qualification.objects.values_list("operator_id", "expires_date")
    assert sorted(found) == [(pk, date(2030, 11, 3)) for pk in several]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"operators": []}, "Tick at least one operator"),
        ({"obtained_date": "2025-11-11"}, "still to come"),
        ({"expires_date": "2025-11-03"}, "cannot expire before it is obtained"),
    ],
)
def test_what_is_wrong_about_a_course_is_told_in_words(browser, address, central, facts, words):
    good = {
        "requirement": RequirementFactory(central=central).pk,
        "operators": [OperatorFactory(central=central).pk],
        "obtained_date": "2025-11-03",
    }
    answer = browser.post(address("competence_course"), good | facts)
    assert answer.status_code == 422
    assert words in answer.text


def test_what_one_operator_obtains_is_registered_changed_and_removed(browser, address, central):
    operator, course = OperatorFactory(central=central), RequirementFactory(central=central)
    facts = {"requirement": course.pk, "obtained_date": "2025-11-03"}
    browser.post(address("operator_obtained", operator.pk), facts)
    made = Qualification.objects.get()
    other = {"expires_date": "2026-01-01", "reason": "the course says so"}
    browser.post(address("qualification_change", made.pk), other)
    made.refresh_from_db()
    assert made.expires_date == date(2026, 1, 1)
    assert "1 January 2026" in browser.get(address("operator", operator.pk)).text
    early = browser.post(
        address("qualification_change", made.pk), other | {"expires_date": "2025-11-03"}
    )
    assert "cannot expire before it is obtained" in early.text

    browser.post(address("qualification_remove", made.pk), {"reason": "by mistake"})
    assert not Qualification.objects.exists()


def test_a_follow_up_is_registered_by_its_day_and_removed(browser, address, central):
    operator = OperatorFactory(central=central)
    browser.post(address("follow_up_new", operator.pk), {"held_date": "2025-11-03"})
    made = FollowUp.objects.get()
    assert made.held_date == date(2025, 11, 3)
    browser.post(address("follow_up_remove", made.pk), {"reason": "by mistake"})
    assert not FollowUp.objects.exists()


@pytest.fixture
def to_do(central):
    """Two have a course that expires together; a third is new, lacks it, and has no mentor."""
    course = RequirementFactory(central=central, name="Course")
    for label in ("Secret 1", "Secret 2"):
        held = {"requirement": course, "expires_date": date(2025, 12, 24)}
        QualificationFactory(operator__central=central, operator__label=label, **held)
    facts = {"started_date": date(2025, 6, 1), "experienced_date": None}
    return OperatorFactory(central=central, label="Secret 3", **facts)


def test_the_leader_sees_who_lacks_what_what_expires_and_who_is_unpaired(browser, address, to_do):
    page = browser.get(address("competence"))

    found = page.context["to_do"]
    assert [(row.operator.label, row.lacks) for row in found.lacking] == [("Secret 3", ["Course"])]
    (expiry,) = found.expiring
    assert (expiry.day, expiry.requirement) == ("24 December 2025", "Course")
    assert [each.label for each in expiry.operators] == ["Secret 1", "Secret 2"]
    assert [each.label for each in found.unpaired] == ["Secret 3"]
    assert [row.label for row in found.due] == ["Secret 1", "Secret 2", "Secret 3"]
    assert address("operator_change", to_do.pk) in page.text


@pytest.mark.parametrize("persona", ["auditor", "host_director", "controller", "secretary"])
def test_others_see_counts_and_no_operator(persona, request, as_person, address, to_do):
    reader = as_person(request.getfixturevalue(persona))
    page = reader.get(address("competence")).text
    assert "2 of 3" in page
    assert "24 December 2025" in page
    assert "Secret" not in page
    for name in ("operators", "operator_new"):
        assert reader.get(address(name)).status_code == 404
    for kind in ("operator", "followup"):
        history = reverse("history", args=["nordhordland", kind, to_do.pk])
        assert reader.get(history).status_code == 404


def test_who_has_ended_is_told_of_in_days_alone(browser, address, central):
    gone = OperatorFactory(central=central, ended_date=date(2025, 11, 1))
    page = browser.get(address("operator", gone.pk)).text
    assert "1 November 2025" in page
    assert "nexperienced" not in page


def test_the_operator_of_another_central_is_not_found(browser, address, cooperation):
    other = OperatorFactory(central__cooperation=cooperation)
    assert browser.get(address("operator", other.pk)).status_code == 404
