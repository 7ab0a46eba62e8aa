"""What is refused of sickness absence, and why something is hidden, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from municipalities.quality.absence.rules import Hidden
from municipalities.quality.file_words import Words

HIDDEN: Words = {
    Hidden.SMALL: _("hidden because the unit is small"),
    Hidden.PROTECTS: _("hidden so that a small unit cannot be computed"),
}
FIELDS: Words = {
    "quarter": _("quarter"),
    "unit": _("unit"),
    "employees": _("employees"),
    "agreed": _("agreed working days"),
    "certified": _("lost days, certified by a doctor"),
    "self_certified": _("lost days, self-certified"),
}
FILE: Words = {"no_rows": _("The file has headings and no figures. Take it out again.")}
CELL: Words = {
    "not_a_quarter": _("Write the quarter as 1 to 4, or 2025-1."),
    "quarter_without_year": _("Write the year too, or choose it above."),
    "quarter_not_over": _("The quarter is not over. Report it when it is."),
    "not_days": _("Write days as a number with at most two decimals, 0 or more."),
    "nothing_agreed": _("The agreed days must be more than 0."),
    "more_than_agreed": _("The lost days are more than the agreed days. Correct one of them."),
    "half_a_split": _("Give both short and long absence, or neither."),
    "split_is_not_all": _(
        "Short and long absence must together be the lost days, certified and self-certified."
    ),
}
WORDS: Words = {
    **CELL,
    "absence_is_reported_once_a_quarter": _(
        "The unit has reported the quarter already. Change that one."
    ),
    "absence_is_part_of_the_agreed_days": CELL["more_than_agreed"],
    "short_and_long_absence_are_all_of_it": CELL["split_is_not_all"],
}
