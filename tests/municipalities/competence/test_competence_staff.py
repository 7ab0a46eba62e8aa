"""What the operations refuse, whatever form or file asks for it."""

from datetime import date

import pytest

from municipalities.competence import staff, training
from tests.factories.competence import OperatorFactory, RequirementFactory

TODAY = date(2025, 11, 10)


def added(central, *, label="New", **facts):
    told = {"started_date": date(2025, 9, 1), "volume": "usual", "today": TODAY}
    return staff.add_operator(central=central, label=label, **told, **facts)


def test_who_is_new_is_paired_with_somebody_experienced_of_the_same_central(central):
    alone = added(central)
    mentor = OperatorFactory(central=central)

    assert added(central, label="Newer", mentor=mentor).mentor == mentor
    for wrong in (alone, OperatorFactory(), OperatorFactory(central=central, ended_date=TODAY)):
        with pytest.raises(staff.NoMentor):
            staff.change_operator(operator=alone, today=TODAY, mentor=wrong)


def test_a_label_holds_no_number_that_tells_who_it_is(central):
    with pytest.raises(staff.HoldsNumber):
        added(central, label="010190 12345")


def test_nobody_fulfils_the_requirement_of_another_central(central):
    operator, elsewhere = OperatorFactory(central=central), RequirementFactory()
    with pytest.raises(training.OtherCentral):
        training.qualify(operators=[operator], requirement=elsewhere, obtained_date=TODAY)
