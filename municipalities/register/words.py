"""Files with inhabitants, and Statistics Norway's answers, in people's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import day, number
from municipalities.register.fetching import NotFetched
from municipalities.register.figures import Place, UnreadablePopulation
from municipalities.register.parts import Part, Sex

PLACES = {
    "line": gettext_lazy("line %(at)s"),
    "value": gettext_lazy("value %(at)s"),
    "entry": gettext_lazy("entry %(at)s"),
}
SEXES = {Sex.MEN: gettext_lazy("men"), Sex.WOMEN: gettext_lazy("women")}
FILE = {
    "empty_file": gettext_lazy("The file is empty. Choose another."),
    "not_text": gettext_lazy(
        "This is neither CSV nor JSON. Save the table in the statbank as CSV or JSON-stat2."
    ),
    "no_json": gettext_lazy("The JSON is damaged. Fetch the file again."),
    "no_json_stat": gettext_lazy(
        "The JSON is not JSON-stat2. Choose that format in the statbank, or CSV."
    ),
    "broken_json_stat": gettext_lazy(
        "The JSON-stat2 does not add up at “%(name)s”. Fetch the file again."
    ),
    "too_many_values": gettext_lazy(
        "The file has more than %(limit)s values. Choose fewer municipalities or years."
    ),
    "no_header": gettext_lazy(
        "No line has a column “region” and columns of persons. Save table 07459 with its header"
        " and semicolons or tabs."
    ),
    "no_region_dimension": gettext_lazy("The file has no regions. Choose municipalities."),
    "unknown_column": gettext_lazy(
        "“%(column)s” is not known. Choose persons by region, sex, age and year alone."
    ),
    "column_twice": gettext_lazy("The column “%(column)s” stands twice. Remove one of them."),
    "unknown_category": gettext_lazy(
        "“%(value)s” is no sex, age or year that can be summed. Choose the total, or whole years."
    ),
    "unknown_value": gettext_lazy(
        "%(first)s: “%(value)s” is no sex, age, year or contents that can be summed. Choose the"
        " total, or whole years."
    ),
    "short_row": gettext_lazy(
        "%(first)s has %(cells)s cells, not %(width)s. Fetch the file again."
    ),
    "no_region": gettext_lazy("%(first)s has no region. Fetch the file again."),
    "no_count": gettext_lazy("%(first)s: “%(value)s” is no count of people. Correct it."),
    "no_entry": gettext_lazy("%(first)s has no number and inhabitants. Fetch the file again."),
    "date_needed": gettext_lazy("No year stands in the file. Give the day of the count."),
    "date_missing": gettext_lazy("The file has no count of %(day)s. Choose another day."),
    "no_numbers": gettext_lazy(
        "%(first)s: “%(region)s” has no municipality number, and nobody else has. Save the table"
        " with codes, as “4631 Alver”."
    ),
    "no_figures": gettext_lazy(
        "The file has no figure of inhabitants. Choose years that are published."
    ),
    "part_twice": gettext_lazy(
        "%(region)s: %(part)s stands twice, %(first)s and %(second)s. Choose no other columns than"
        " region, sex, age and year."
    ),
    "two_figures": gettext_lazy(
        "%(region)s has two figures on %(day)s: %(one)s (%(first)s) and %(other)s (%(second)s)."
        " Keep the right one."
    ),
    "total_and_parts": gettext_lazy(
        "%(region)s (from %(first)s): both a total and its parts are there, which would count"
        " people twice. Choose one of them."
    ),
    "one_sex": gettext_lazy(
        "%(region)s (%(first)s): one sex is there alone. Choose both, or the total."
    ),
    "ages_overlap": gettext_lazy(
        "%(region)s (from %(first)s): the ages overlap at %(about)s, which would count people"
        " twice. Choose ages that follow on each other, or the total."
    ),
    "age_missing": gettext_lazy(
        "%(region)s (from %(first)s): the age %(about)s is missing. Choose all ages, or the total."
    ),
    "part_missing": gettext_lazy(
        "%(region)s (from %(first)s): %(about)s is missing. Choose all of them, or the total."
    ),
    "count_missing": gettext_lazy(
        "%(region)s, %(first)s: no count is given, so that the sum would be too small. Choose the"
        " total."
    ),
}
FETCHED = {
    "off": gettext_lazy(
        "This installation does not fetch from Statistics Norway. SSB_API_URL turns it on"
        " (docs/operations.md); a file can be loaded instead."
    ),
    "no_municipalities": gettext_lazy("The register has no municipality. Run load_register."),
    "not_published": gettext_lazy(
        "Statistics Norway refused the question (%(status)s): the figures of that day are not"
        " published yet, or a number is not in the table."
    ),
    "too_many": gettext_lazy(
        "Statistics Norway asks us to wait (%(status)s). Try again in some minutes."
    ),
    "status": gettext_lazy(
        "Statistics Norway answered %(status)s. Check SSB_API_URL, and try again later."
    ),
    "too_large": gettext_lazy("The answer is larger than it can be. Check SSB_API_URL."),
    "unreadable": gettext_lazy("The answer cannot be used: %(reason)s"),
    "no_connection": gettext_lazy("Nobody answers at SSB_API_URL. Check it, and the network."),
    "connection_lost": gettext_lazy("The connection was lost. Try again later."),
    "certificate": gettext_lazy("The certificate at SSB_API_URL is not valid. Check the address."),
    "timeout": gettext_lazy("No answer came in time. Try again later."),
    "unknown_host": gettext_lazy(
        "The name in SSB_API_URL is not known. Check it, and the network."
    ),
    "private_address": gettext_lazy(
        "SSB_API_URL leads into our own network. SSB_API_MAY_BE_PRIVATE=true allows it."
    ),
    "not_https": gettext_lazy(
        "SSB_API_URL must be https. SSB_API_MAY_BE_PRIVATE=true allows http too."
    ),
    "port": gettext_lazy("SSB_API_URL has a port that may not be called. Check it."),
    "bad_address": gettext_lazy("SSB_API_URL is no address. Write it as https://…"),
    "userinfo": gettext_lazy("SSB_API_URL has a name before the host. Take it out."),
}


def of_file(error: UnreadablePopulation) -> str:
    """Why nothing of the file can be loaded, where it is, and how to go on."""
    told = {name: _told(value) for name, value in error.params.items()}
    text = str(FILE[error.code]) % told
    return text[:1].upper() + text[1:]


def of_fetching(error: NotFetched) -> str:
    """Why nothing was fetched, and how to go on."""
    told = dict(error.params)
    if isinstance(reason := told.pop("error", None), UnreadablePopulation):
        told["reason"] = of_file(reason)
    return str(FETCHED[error.code]) % told


def of_place(place: Place | None) -> str:
    """Where in the file; a dash where nobody knows."""
    return str(PLACES[place.kind]) % {"at": place.at} if place else "–"


def _told(value: object) -> str:
    if isinstance(value, Place) or value is None:
        return of_place(value)
    if isinstance(value, Part):
        return _part(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def _part(part: Part) -> str:
    """Who the count is of: «women, 0–4»."""
    told = [str(SEXES[part.sex])] if part.sex else []
    told += [part.ages.name] if part.ages else []
    return ", ".join(told) or _("everybody")
