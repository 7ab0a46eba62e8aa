"""The form for a source's queue map: as many rows as there are queues, and some empty ones."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from callstats.feeds import queries
from callstats.feeds.models import Source
from callstats.feeds.presenters import line_words
from callstats.feeds.queues import NATIONAL_NUMBER, target_of
from municipalities.models import Central, LineClass

EMPTY_ROWS = 3


class QueuesForm(forms.Form):
    """Fields `queue_0`, `line_0`, `queue_1` …; the empty ones are passed over."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, source: Source):
        super().__init__(data)
        self.source = source
        mapped = _mapped(source)
        self.count = _rows_in(data) if data is not None else len(mapped) + EMPTY_ROWS
        choices = [("", "–"), *targets(source.central)]
        for number in range(self.count):
            queue, target = mapped[number] if number < len(mapped) else ("", "")
            self.fields[f"queue_{number}"] = _queue_field(number, queue)
            self.fields[f"line_{number}"] = _line_field(number, target, choices)

    def rows(self) -> list[tuple]:
        """The bound fields in pairs, for the page."""
        return [(self[f"queue_{n}"], self[f"line_{n}"]) for n in range(self.count)]

    def clean(self) -> dict:
        """Each queue once, and with a number. An empty request does not empty the map."""
        cleaned = super().clean() or self.cleaned_data
        if not self.count:
            raise forms.ValidationError(_("The form came without its fields. Open it again."))
        seen: set[str] = set()
        for number in range(self.count):
            queue = cleaned.get(f"queue_{number}", "")
            if queue in seen:
                self.add_error(f"queue_{number}", _("The queue stands there twice."))
            elif queue and not cleaned.get(f"line_{number}") and not self._has_error(number):
                self.add_error(f"line_{number}", _("Choose the number that the queue serves."))
            if queue:
                seen.add(queue)
        return cleaned

    @property
    def queues(self) -> dict[str, str]:
        """Queue → target, as `operations.set_queues` takes it."""
        pairs = [
            (self.cleaned_data[f"queue_{n}"], self.cleaned_data[f"line_{n}"])
            for n in range(self.count)
        ]
        return {queue: target for queue, target in pairs if queue}

    def _has_error(self, number: int) -> bool:
        return f"line_{number}" in self.errors


def targets(central: Central) -> list[tuple[str, str]]:
    """The central's numbers, and each kind of line of which it has none yet."""
    known = list(central.numbers.order_by("line_class", "number", "pk"))
    listed = [(target_of(line), line_words(line)) for line in known]
    classes = {line.line_class for line in known}
    missing = [
        (f"{value}:{NATIONAL_NUMBER if value == LineClass.NATIONAL else ''}", str(label))
        for value, label in LineClass.choices
        if value not in classes
    ]
    return [*listed, *missing]


def _mapped(source: Source) -> list[tuple[str, str]]:
    """The queues there are, and then those at which the newest import stopped."""
    lines = source.queue_lines.select_related("line").order_by("queue")
    known = [(mapped.queue, target_of(mapped.line)) for mapped in lines]
    return known + [(queue, "") for queue in queries.unmapped_queues(source)]


def _rows_in(data: Mapping[str, Any]) -> int:
    return next(number for number in count() if f"queue_{number}" not in data)


def _queue_field(number: int, initial: str) -> forms.CharField:
    label = _("Queue %(number)s") % {"number": number + 1}
    return forms.CharField(label=label, initial=initial, max_length=80, required=False)


def _line_field(number: int, initial: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    label = _("Number that queue %(number)s serves") % {"number": number + 1}
    return forms.ChoiceField(label=label, initial=initial, choices=choices, required=False)


def saved_words(count: int) -> str:
    """What is said when the map is stored."""
    text = ngettext("%(count)s queue is mapped.", "%(count)s queues are mapped.", count)
    return text % {"count": count}
