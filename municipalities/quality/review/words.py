"""Reviews in people's words; the texts of the points are English."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from municipalities.quality.review.models import PointStatus
from municipalities.quality.review.points import Point

SECTIONS = {
    6: gettext_lazy("The duty to plan"),
    7: gettext_lazy("The duty to carry out"),
    8: gettext_lazy("The duty to evaluate"),
    9: gettext_lazy("The duty to correct"),
}
COLORS = {
    PointStatus.OPEN: "neutral",
    PointStatus.GOOD: "success",
    PointStatus.IMPROVE: "warning",
    PointStatus.LACKING: "danger",
}
# The texts of points.json, so that translators find them; a test keeps both alike.
POINT_TEXTS = (
    gettext_noop(
        "Have an overview of and describe the goals, tasks, activities and organisation of the"
        " service; it is clear how responsibility, tasks and authority are divided, and how"
        " work on quality improvement and patient and user safety is done systematically"
    ),
    gettext_noop("Obtain enough information and knowledge to plan and carry out the tasks"),
    gettext_noop(
        "Have an overview of relevant regulations, guidelines and guides, and plan how they are"
        " made known in the service"
    ),
    gettext_noop(
        "Have an overview of areas with a risk of failure or of not meeting the requirements of"
        " the authorities, and of areas that need substantial improvement of quality and of"
        " patient and user safety"
    ),
    gettext_noop(
        "Plan how the risks of letter d can be made as small as possible, with particular"
        " weight on risks in cooperation within the service and with others"
    ),
    gettext_noop("Have an overview of the competence of the staff and their need for training"),
    gettext_noop(
        "Have an overview of deviations, among them adverse events, of evaluations, complaints,"
        " user experiences, statistics, information and other things that tell whether the"
        " service meets the health and care legislation, and whether it is professionally sound"
    ),
    gettext_noop(
        "See to it that the tasks, organisation and plans of the service are known in it and"
        " carried out"
    ),
    gettext_noop(
        "See to it that the staff have the knowledge and competence that are needed in their"
        " field, and know relevant regulations, guidelines, guides and the management system"
    ),
    gettext_noop(
        "Develop and put into effect the procedures, instructions, routines or other measures"
        " that are needed to uncover, put right and prevent breaches of the health and care"
        " legislation, among them of the requirements of professional soundness and of"
        " systematic work on quality improvement and patient and user safety"
    ),
    gettext_noop(
        "See to it that the staff take part, so that their knowledge and experience together"
        " are used"
    ),
    gettext_noop("Make use of the experiences of patients, users and next of kin"),
    gettext_noop("Check that the tasks, measures, plans and goals of the service are carried out"),
    gettext_noop(
        "Assess whether the tasks, measures and plans are carried out in accordance with the"
        " health and care legislation, among it the requirements of professional soundness and"
        " of systematic work on quality improvement and patient and user safety"
    ),
    gettext_noop(
        "Evaluate whether the measures that were put into effect meet the requirements of the"
        " health and care legislation"
    ),
    gettext_noop(
        "Assess the service in the light of the experiences of patients, users and next of kin"
    ),
    gettext_noop(
        "Go through deviations, among them adverse events, so that the like can be prevented"
    ),
    gettext_noop(
        "At least once a year go through and assess the whole management system systematically"
        " against available statistics and information on the service, to make sure that it"
        " works as intended and contributes to continuous improvement of the service"
    ),
    gettext_noop("Put right what is unsound or unlawful"),
    gettext_noop(
        "See to it that corrective measures are put into effect, so that the health and care"
        " legislation is met, that the services are professionally sound, and that work on"
        " quality improvement and patient and user safety is systematic"
    ),
    gettext_noop(
        "Improve the procedures, instructions, routines or other measures that are needed to"
        " uncover, put right and prevent breaches of the health and care legislation, among"
        " them of the requirements of professional soundness and of systematic work on quality"
        " improvement and patient and user safety"
    ),
)
WORDS = {
    "year_is_to_come": gettext_lazy(
        "The year is still to come. Begin its review when it has come."
    ),
    "review_is_once_a_year": gettext_lazy("The review of the year is begun already. Open it."),
    "review_is_signed": gettext_lazy(
        "The review is signed, and stays as it is. Write what is new in next year's review."
    ),
    "signed_review_stays": gettext_lazy(
        "The review is signed, and stays as it is. Write what is new in next year's review."
    ),
    "points_of_a_signed_review_stay": gettext_lazy(
        "The review is signed, and stays as it is. Write what is new in next year's review."
    ),
    "point_changed_meanwhile": gettext_lazy(
        "Somebody else has changed the point since you opened it, so yours is not stored. Open the"
        " point in a new tab, see what it says now, and write yours again there."
    ),
    "what_is_to_be_better_has_a_measure": gettext_lazy(
        "Write what is to be done: a point that can be better, or is lacking, has a measure."
    ),
    "measure_has_nobody": gettext_lazy("Write who is responsible for the measure."),
    "measure_has_no_deadline": gettext_lazy("Choose the day by which the measure is to be done."),
    "measure_is_done": gettext_lazy(
        "The measure is recorded as done. Say first that it is not done after all."
    ),
    "points_are_not_judged": gettext_lazy(
        "%(left)s of the 21 points are not judged. Judge them first, then sign."
    ),
    "signed_review_has_judged_every_point": gettext_lazy(
        "A point is not judged. Judge it first, then sign."
    ),
    "only_a_signed_review_is_told_of": gettext_lazy(
        "The review is not signed. The councils are told of it when it is."
    ),
    "told_before_it_was_signed": gettext_lazy(
        "The day is before the review was signed. Choose the day on which the council was told."
    ),
    "only_a_measure_is_done": gettext_lazy("The point has no measure. Write the measure first."),
}


def text_of(point: Point) -> str:
    """The point in the active language."""
    return _(point.text)


def place_of(code: str) -> str:
    """Where a point stands in the regulation: § 6 a."""
    return f"§ {code[0]} {code[1]}"
