"""File names in headings: long, without spaces, and not to be broken just anywhere."""

from __future__ import annotations

import re

from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def breakable(name: str) -> SafeString:
    """The name with a place for a line break after each mark between its parts.

    >>> breakable("monthly_report.csv")
    'monthly_<wbr>report<wbr>.csv'
    """
    parts = re.split(r"(?<=[_-])(?=\w)|(?=\.\w)", name)
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts if part))
