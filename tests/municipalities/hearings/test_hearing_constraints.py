"""What the database itself refuses of hearings, past every operation."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from legevakt.lib.refusals import refused_rule
from municipalities.hearings.models import Hearing, HearingAnswer, HearingDocument
from tests.factories.documents import kept
from tests.factories.hearings import answered, closed, opened
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hearing(cooperation, partner):
    return opened(
        cooperation=cooperation,
        municipalities=[partner],
        documents=[kept(cooperation=cooperation)],
    )


def refused(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return refused_rule(caught.value)


def test_a_hearing_is_closed_with_an_outcome_and_open_without(hearing, leader):
    rows = Hearing.objects.filter(pk=hearing.pk)
    rule = "closed_hearing_has_its_outcome"
    assert refused(lambda: rows.update(closed_at=timezone.now())) == rule
    assert refused(lambda: rows.update(outcome="Adopted.")) == rule
    assert refused(lambda: rows.update(closed_by=leader)) == rule


def test_an_answer_is_whole_and_a_municipality_is_asked_once(hearing, leader):
    row = hearing.answers.get()
    rows = HearingAnswer.objects.filter(pk=row.pk)
    rule = "hearing_answer_is_by_somebody"
    assert refused(lambda: rows.update(position="agrees")) == rule
    assert refused(lambda: rows.update(answered_at=timezone.now(), answered_by=leader)) == rule
    assert refused(lambda: rows.update(answered_at=timezone.now(), position="agrees")) == rule
    row.pk = None
    assert refused(lambda: HearingAnswer.objects.bulk_create([row])) == (
        "municipality_is_heard_once"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "Something else."},
        {"closed_at": None, "closed_by": None, "outcome": ""},
        {"title": "Another"},
        {"question": "Another?"},
        {"deadline_date": "2026-01-01"},
    ],
)
def test_a_closed_hearing_stays_as_it_is(hearing, leader, changes):
    closed(hearing, by=leader)
    rows = Hearing.objects.filter(pk=hearing.pk)
    assert refused(lambda: rows.update(**changes)) == "closed_hearing_stays"


def test_the_answers_and_documents_of_a_closed_hearing_stay(
    hearing, cooperation, leader, partner_director
):
    answered(hearing, by=partner_director)
    closed(hearing, by=leader)
    answers = HearingAnswer.objects.filter(hearing=hearing)
    new = HearingAnswer(hearing=hearing, municipality=MunicipalityFactory(number="4634"))
    for change in (
        lambda: answers.update(position="disagrees"),
        lambda: answers.update(told_at=timezone.now()),
        lambda: answers.update(text="More."),
        answers.delete,
        lambda: HearingAnswer.objects.bulk_create([new]),
    ):
        assert refused(change) == "answers_of_a_closed_hearing_stay"
    documents = HearingDocument.objects.filter(hearing=hearing)
    other = kept(cooperation=cooperation, name="other.pdf")
    for change in (lambda: hearing.documents.add(other), documents.delete):
        assert refused(change) == "closed_hearing_keeps_its_documents"
    assert documents.count() == 1
