"""How numbers and dates are written in a chart, as d3 locale definitions per language."""

from __future__ import annotations

from typing import Any

NO_BREAK_SPACE = "\u00a0"
NUMBERS = {
    "no": {
        "decimal": ",",
        "thousands": NO_BREAK_SPACE,
        "grouping": [3],
        "currency": ["", f"{NO_BREAK_SPACE}kr"],
        "percent": f"{NO_BREAK_SPACE}%",
        "minus": "\u2212",
    },
    "en": {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["NOK ", ""],
        "percent": "%",
        "minus": "\u2212",
    },
}
NORWEGIAN_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember"
)
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
NORWEGIAN_SHORT_MONTHS = "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des."
ENGLISH_SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
WORDS = {
    "nn": (
        "søndag måndag tysdag onsdag torsdag fredag laurdag",
        "søn. mån. tys. ons. tor. fre. lau.",
        NORWEGIAN_MONTHS,
        NORWEGIAN_SHORT_MONTHS,
    ),
    "nb": (
        "søndag mandag tirsdag onsdag torsdag fredag lørdag",
        "søn. man. tir. ons. tor. fre. lør.",
        NORWEGIAN_MONTHS,
        NORWEGIAN_SHORT_MONTHS,
    ),
    "en": (
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        "Sun Mon Tue Wed Thu Fri Sat",
        ENGLISH_MONTHS,
        ENGLISH_SHORT_MONTHS,
    ),
}


def chart_locale(language: str) -> dict[str, Any]:
    """The `config.locale` of a Vega specification in nn, nb or en; KeyError for another."""
    days, short_days, months, short_months = (words.split() for words in WORDS[language])
    is_english = language == "en"
    return {
        "number": NUMBERS["en" if is_english else "no"],
        "time": {
            "dateTime": "%-d %B %Y %H:%M" if is_english else "%-d. %B %Y kl. %H:%M",
            "date": "%d/%m/%Y" if is_english else "%d.%m.%Y",
            "time": "%H:%M",
            "periods": ["am", "pm"] if is_english else ["", ""],
            "days": days,
            "shortDays": short_days,
            "months": months,
            "shortMonths": short_months,
        },
    }
