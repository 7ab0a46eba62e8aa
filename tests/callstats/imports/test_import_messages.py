"""Every code that reading can give has words, and the words can be filled."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from callstats.imports.messages import (
    FILE_MESSAGES,
    ROW_MESSAGES,
    WARNING_MESSAGES,
    of_file,
    of_row,
    of_warning,
)

SOURCES = sorted((Path(settings.BASE_DIR) / "callstats" / "sources").glob("*.py"))
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]


def calls_of(name: str):
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def unreadables() -> list[tuple[str, tuple[str, ...]]]:
    found = {
        (node.args[0].value, tuple(sorted(word.arg for word in node.keywords if word.arg)))
        for node in calls_of("Unreadable")
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    return sorted(found)


def texts_in_sources() -> set[str]:
    return {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize(("code", "names"), unreadables())
def test_a_file_that_cannot_be_read_is_told_in_words(code, names):
    assert code in FILE_MESSAGES
    words = of_file(code, {name: f"<{name}>" for name in names})
    assert "%(" not in words
    assert words != code


def test_each_code_of_a_row_has_words():
    codes = {node.args[1].value for node in calls_of("Refusal") if _is_text(node, 1)}
    codes |= {
        word.value.value
        for node in calls_of("Check")
        for word in node.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant)
    }
    assert {"negative_duration", "impossible_order"} <= codes
    assert codes - set(ROW_MESSAGES) == set()
    assert of_row("unknown_value") != "unknown_value"


def test_each_code_of_a_warning_has_words():
    codes = {
        word.value.value
        for node in calls_of("Warning")
        for word in node.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant)
    }
    assert codes - set(WARNING_MESSAGES) == set()
    assert of_warning("stale_version") != "stale_version"


def test_a_list_is_written_as_a_list_and_a_line_is_named():
    with translation.override("en"):
        words = of_file("missing_columns", {"columns": ["a", "b"], "line": 3})
    assert "a, b" in words
    assert words.endswith("Line 3.")


def test_a_code_without_words_is_shown_as_it_is():
    assert of_file("new_code", {}) == of_row("new_code") == of_warning("new_code") == "new_code"


def _is_text(node: ast.Call, position: int) -> bool:
    return len(node.args) > position and isinstance(node.args[position], ast.Constant)
