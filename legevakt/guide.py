"""What an integrator reads: the files of docs/api as pages, and the client that tails a log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from markdown_it import MarkdownIt


@dataclass(frozen=True, kw_only=True)
class GuidePage:
    """A file of the checkout under its own name. In English, as the API is."""

    title: str
    path: str

    @property
    def name(self) -> str:
        return Path(self.path).name


GUIDE = (
    GuidePage(title="Sending calls, and reading the figures", path="docs/api/README.md"),
    GuidePage(title="Is your feed right? The conformance kit", path="docs/api/conformance.md"),
    GuidePage(title="Webhooks", path="docs/api/webhooks.md"),
    GuidePage(title="Following an Asterisk queue_log", path="docs/clients.md"),
    GuidePage(title="The program that follows it (Python)", path="clients/queue_log_tail.py"),
)


# What is HTML in a file is shown as text: what comes out is markup of the renderer alone.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# On a narrow screen a wide table is scrolled, by the keyboard too.
MARKDOWN.add_render_rule("table_open", lambda *_: '<div class="api-codes" tabindex="0"><table>')
MARKDOWN.add_render_rule("table_close", lambda *_: "</table></div>")
# A row of the guide's table of codes: | status | `code`, `code` | means | again? |
CODES = re.compile(
    r"^\| (?P<status>\d{3}) \| (?P<codes>.+?) \| (?P<means>.+?) \| (?P<again>.+?) \|$",
    re.MULTILINE,
)


@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    """The file as a page; a program as plain text."""
    page = next((each for each in GUIDE if each.name == name), None)
    if page is None:
        raise Http404
    if not name.endswith(".md"):
        return HttpResponse(_text(page), content_type="text/plain; charset=utf-8")
    shown = {"page": page, "guide": GUIDE, "content": _html(page)}
    return render(request, "pages/guide.html", shown)


def _html(page: GuidePage) -> str:
    """With an id for each heading, and links from file to file as links from page to page."""
    tokens = MARKDOWN.parse(_text(page))
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slugify(words.content))
    for child in chain.from_iterable(token.children or () for token in tokens):
        name = Path(str(child.attrGet("href"))).name
        if name in {each.name for each in GUIDE}:
            child.attrSet("href", name)
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def codes() -> Iterator[dict[str, str]]:
    """Each code of a problem as the guide explains it: where its `type` leads.

    `anchor` is empty at a code's second row.
    """
    seen = set()
    for row in CODES.finditer(_text(GUIDE[0])):
        told = {name: text.replace("`", "") for name, text in row.groupdict().items()}
        for code in re.findall(r"`(\w+)`", row["codes"]):
            yield told | {"code": code, "anchor": "" if code in seen else f"problem-{code}"}
            seen.add(code)


def _text(page: GuidePage) -> str:
    return (settings.BASE_DIR / page.path).read_text(encoding="utf-8")


class Reference(SpectacularSwaggerSplitView):
    """Swagger UI between the way to the guide and the codes of problems."""

    @extend_schema(exclude=True)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().get(request, *args, **kwargs)
        answer.data |= {"guide": GUIDE, "codes": list(codes())}
        return answer
