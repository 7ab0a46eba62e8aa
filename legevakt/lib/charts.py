"""Charts from Vega-Lite specifications: one JSON file for the browser and for the PDF.

`load_spec` → `localise` → `with_data` gives what the browser's Vega draws as it is;
`render_svg` draws the same in the worker.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from legevakt.lib.chart_locales import chart_locale
from legevakt.lib.chart_theme import CONFIG
from legevakt.lib.svg import described

VEGA_LITE = "6.4"
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")

Spec = dict[str, Any]
Rows = list[dict[str, Any]]


class ChartError(ValueError):
    """A specification that is no Vega-Lite, lacks a text or data, or would fetch something."""


def load_spec(path: Path) -> Spec:
    """The specification in a .vl.json file."""
    try:
        spec = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ChartError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(spec, dict) or "vega-lite" not in str(spec.get("$schema")):
        raise ChartError(f"{path.name} is no Vega-Lite specification")
    return spec


def text_names(spec: Spec) -> set[str]:
    """The names of the texts the specification asks for, as {{name}}."""
    return set(PLACEHOLDER.findall(json.dumps(spec)))


def localise(spec: Spec, *, texts: Mapping[str, str], language: str) -> Spec:
    """A copy with each {{name}} replaced by its text, in the house's look and the language's
    numbers and dates.

    Texts are data: a specification puts {{name}} in titles, mark texts and params, never into
    an expression.
    """
    if missing := text_names(spec) - set(texts):
        raise ChartError(f"the chart lacks the texts {', '.join(sorted(missing))}")
    if language not in ("nn", "nb", "en"):
        raise ChartError(f"charts do not know the language {language!r}")
    filled: Spec = _filled(spec, texts=texts)
    config = {**CONFIG, **filled.get("config", {}), "locale": chart_locale(language)}
    return {**filled, "config": config}


def _filled(part: Any, *, texts: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return PLACEHOLDER.sub(lambda found: str(texts[found[1]]), part)
    if isinstance(part, list):
        return [_filled(each, texts=texts) for each in part]
    if isinstance(part, dict):
        return {key: _filled(each, texts=texts) for key, each in part.items()}
    return part


def with_data(spec: Spec, *, data: Mapping[str, Rows]) -> Spec:
    """A copy whose named data sources are filled; each must be given, and none may be fetched."""
    named, fetched = set(), []
    for source in _data_sources(spec):
        named |= {source["name"]} if "name" in source else set()
        fetched += [source["url"]] if "url" in source else []
    if fetched:
        raise ChartError(f"a chart may not fetch {fetched[0]}")
    if missing := named - set(data):
        raise ChartError(f"the chart lacks the data {', '.join(sorted(missing))}")
    return {**spec, "datasets": {name: data[name] for name in sorted(named)}}


def _data_sources(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [source for each in part for source in _data_sources(each)]
    if not isinstance(part, dict):
        return []
    own = [part["data"]] if isinstance(part.get("data"), dict) else []
    return own + [source for each in part.values() for source in _data_sources(each)]


def render_svg(
    spec: Spec,
    *,
    data: Mapping[str, Rows],
    language: str,
    title: str,
    description: str,
) -> str:
    """An inline SVG of a localised specification, with `title` and `description` for readers.

    It has presentation attributes only (no style, script or gradient), so that a strict CSP and
    WeasyPrint both draw it as meant; ids are unique to its content.
    """
    import vl_convert

    complete = with_data(spec, data=data)
    locale = chart_locale(language)
    try:
        svg = vl_convert.vegalite_to_svg(
            complete,
            vl_version=VEGA_LITE,
            allowed_base_urls=[],
            format_locale=locale["number"],
            time_format_locale=locale["time"],
        )
    except ValueError as error:
        raise ChartError(f"the chart cannot be drawn: {str(error).splitlines()[0]}") from error
    return described(svg, language=language, title=title, description=description)
