"""A number with a slider beside it; without script there is the number alone."""

from __future__ import annotations

from typing import Any

from django import forms

from callstats.staffing import words


class SliderInput(forms.NumberInput):
    """The number may lie outside the slider, which covers what people ask most.

    `start` is where the slider stands while the number is empty, `empty` what that means. Seconds
    are told as minutes and seconds, else the number is a percentage.
    """

    def __init__(
        self,
        *,
        low: int,
        high: int,
        step: int = 1,
        is_seconds: bool = False,
        start: int | None = None,
        empty: Any = "",
    ) -> None:
        super().__init__()
        self.low, self.high, self.step = low, high, step
        self.is_seconds, self.start, self.empty = is_seconds, start, empty

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        number = _whole(value)
        context["widget"]["slider"] = {
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "at": self.start if number is None else number,
            "empty": self.empty,
            "told": self.empty if number is None else self._tell(number),
            **self._patterns(),
        }
        return context

    def _tell(self, number: int) -> str:
        return words.duration(number) if self.is_seconds else words.percent(number)

    def _patterns(self) -> dict[str, str]:
        """How the script says a number; the same words as `_tell`."""
        if self.is_seconds:
            return {"pattern": words.in_seconds("{s}"), "long": words.in_minutes("{m}", "{s}")}
        return {"pattern": words.in_percent("{s}")}


def _whole(value: Any) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
