"""What is refused of accounts, budgets and their files, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from municipalities.costs.accounts.errors import Fault, UnreadableAccounts
from municipalities.costs.accounts.kostra import Code, kostra
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused

Words = Mapping[str, str | Promise]

FIELDS: Words = {
    "unit": gettext_lazy("unit (ansvar)"),
    "function": gettext_lazy("function"),
    "art": gettext_lazy("art"),
    "project": gettext_lazy("project"),
    "month": gettext_lazy("month"),
    "text": gettext_lazy("text"),
    "amount": gettext_lazy("accounts"),
    "budget": gettext_lazy("budget"),
    "": gettext_lazy("the whole row"),
}
FILE: Words = {
    "empty_file": gettext_lazy("The file is empty. Take it out of the accounting system again."),
    "too_large": gettext_lazy(
        "The file is larger than %(megabytes)s MB. Take out only the units of the pool."
    ),
    "broken_sheet": gettext_lazy(
        "The workbook cannot be opened. Save it again as XLSX, without a password, or as CSV."
    ),
    "not_text": gettext_lazy("The file is neither CSV nor XLSX. Save it as one of them."),
    "too_many_rows": gettext_lazy(
        "The file has more than %(limit)s rows. Take out only the units of the pool."
    ),
    "too_many_lines": gettext_lazy(
        "The pool would get more than %(limit)s lines. Take out sums by art and month."
    ),
    "missing_column": gettext_lazy(
        "The file lacks the column: %(columns)s. It has: %(headings)s. Choose another mapping, or"
        " change the mapping to the headings of the file."
    ),
    "heading_twice": gettext_lazy(
        "Two columns have the heading “%(column)s”, so that it is unknown which of them counts."
        " Rename one of them in the file."
    ),
    "field_without_column": gettext_lazy(
        "The mapping does not say which column holds: %(fields)s. Change the mapping."
    ),
    "no_selection": gettext_lazy(
        "The mapping does not say which rows belong to this pool. Change the mapping."
    ),
    "no_lines": gettext_lazy(
        "None of the %(rows)s rows belongs to this pool. Look at the units, functions and projects"
        " in the mapping."
    ),
    "rows_refused": gettext_lazy(
        "%(count)s rows cannot be read, so nothing is taken in. Correct them as said below and"
        " upload the file again."
    ),
}
ROW: Words = {
    "empty": gettext_lazy("The cell is empty. Fill it in, or delete the row."),
    "formula": gettext_lazy("The cell is a formula without its value. Paste the value instead."),
    "not_a_code": gettext_lazy(
        "A KOSTRA code has three digits. Take out the file by KOSTRA's function and art, not by"
        " the accounting system's longer account number."
    ),
    "unknown_art": gettext_lazy(
        "The art is not known. Say how it counts on the page of the arts, and upload again."
    ),
    "not_a_month": gettext_lazy("Write the month as 3, 202503 or mars."),
    "other_year": gettext_lazy("The row is of another year. Take out the year of this page."),
    "after_the_month": gettext_lazy(
        "The row is of a later month than you chose. Choose that month, or take out the file again."
    ),
    "not_an_amount": gettext_lazy("This is no amount. Write a number such as 1234567,50."),
    "ambiguous": gettext_lazy(
        "The amount can be read in two ways. Write øre after a comma, and no point or comma"
        " between thousands: 1234567,50."
    ),
    "too_large": gettext_lazy("The amount is too large to be true. Correct it."),
    "more_cells_than_headings": gettext_lazy(
        "The row has more cells than there are headings. Is a comma both in the amounts and between"
        " the columns? Save the file with semicolons."
    ),
}
LEFT_OUT: Words = {
    "without_codes": gettext_lazy("sums and titles, without function and art"),
    "of_others": gettext_lazy("rows that do not belong to this pool"),
    "without_amount": gettext_lazy("rows without an amount"),
}
CANNOT: Words = {
    "year_is_closed": gettext_lazy(
        "The accounts of %(year)s are closed. Reopen the year first, and say why."
    ),
    "fewer_months": gettext_lazy(
        "The accounts up to and with month %(month)s are there already. Choose that month or a"
        " later one."
    ),
    "forecast_without_why": gettext_lazy("Say why you expect another amount."),
    "no_whole_year": gettext_lazy(
        "Import the accounts up to and with December %(year)s before the year is closed."
    ),
    "reopened_without_why": gettext_lazy("Say why the year is opened again."),
    "revised_without_why": gettext_lazy("Say what is changed in the budget, and why."),
    "unknown_art": gettext_lazy(
        "Art %(art)s is not known. Say how it counts on the page of the arts first."
    ),
    "budget_stays": gettext_lazy(
        "The budget is adopted, or somebody has thrown the draft away. Begin a revised one."
    ),
    "budget_is_empty": gettext_lazy("The budget has no lines. Write them first."),
    "adopted_later": gettext_lazy("The day has not come yet. Give the day it was adopted."),
    "nothing_to_report": gettext_lazy(
        "The report lacks its budget or its accounts. Adopt the budget and import the accounts"
        " first."
    ),
    "bilateral_report": gettext_lazy(
        "The costs are of a bilateral agreement, and show nothing of the common one."
    ),
    "no_such_obligation": gettext_lazy(
        "The agreement has no obligation to report in this year, so nothing is shown to be kept."
    ),
}
REFUSALS: Words = {
    "budget_line_is_given_once": gettext_lazy(
        "There is a line with the same function, art and text. Change that one, or write another"
        " text."
    ),
    "adopted_budget_lines_stay": gettext_lazy("The budget is adopted. Begin a revised one."),
    "adopted_budget_stays": gettext_lazy("The budget is adopted. Begin a revised one."),
    "closed_year_takes_no_accounts": gettext_lazy(
        "The accounts of the year are closed. Reopen the year first, and say why."
    ),
    "art_is_chosen_once": gettext_lazy("The art is chosen already. Change that choice."),
    "accounts_mapping_has_its_name": gettext_lazy(
        "Another mapping has that name. Choose another name, or change that mapping."
    ),
}


def told(error: Refused | CannotAllocate) -> str:
    """Why it cannot be done, and how to go on."""
    words = FILE if isinstance(error, UnreadableAccounts) else CANNOT
    facts = {
        name: ", ".join(str(FIELDS.get(each, each)) for each in value)
        if isinstance(value, list)
        else value
        for name, value in error.facts.items()
    }
    return str(words[error.code]) % facts


def fault_row(fault: Fault) -> list[str]:
    """A cell of a file that cannot be read, as a row of a table."""
    return [
        str(fault.row),
        str(FIELDS[fault.field]),
        fault.given or _("text"),
        str(ROW[fault.code]),
    ]


def art_name(art: str, *, chosen: Mapping[str, str]) -> str:
    """«010 Fastløn», by the cooperation's own name where it has one."""
    own = chosen.get(art)
    return f"{art} {own}" if own else named(art, kostra().arts)


def function_name(function: str) -> str:
    """«290 Interkommunale samarbeid»; the number alone of one that is not known here."""
    return named(function, kostra().functions)


def named(code: str, codes: Mapping[str, Code]) -> str:
    found = codes.get(code)
    return f"{code} {found.name(get_language() or 'nn')}" if found else code
