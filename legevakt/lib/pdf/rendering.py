"""HTML to raw PDF by WeasyPrint, which here reads our static files and nothing else."""

from __future__ import annotations

import logging
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from legevakt.lib.pdf.errors import PdfError

SVG = "{http://www.w3.org/2000/svg}"

# A reserved name (RFC 2606) that relative addresses are resolved against; never looked up.
STATIC_URL = "https://static.invalid/static/"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF, and the words of its links by their target: an id or an address."""

    pdf: bytes
    link_texts: dict[str, str]


class StaticFiles(URLFetcher):
    """Serves the files below one folder; any other address stops the rendering."""

    def __init__(self, *, base: Path) -> None:
        super().__init__(fail_on_errors=True)
        self.base = base.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a static address; ValueError for everything else."""
        path = self._path(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _path(self, url: str) -> Path:
        if not url.startswith(STATIC_URL):
            raise ValueError("only static files may be used in a document")
        path = (self.base / unquote(urlsplit(url).path).removeprefix("/static/")).resolve()
        if not path.is_relative_to(self.base):
            raise ValueError("outside the folder of the static files")
        if not path.is_file():
            raise FileNotFoundError("there is no such static file")
        return path


class Findings(logging.Handler):
    """Keeps what WeasyPrint only logs: a missing picture, alt text, language or anchor."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message once."""
        if record.getMessage() not in self.messages:
            self.messages.append(record.getMessage())


def render(html: str, *, base: Path) -> Drawn:
    """The tagged PDF of `html` as WeasyPrint makes it; PdfError when it logged an error."""
    found = Findings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(found)
    try:
        document = HTML(string=html, base_url=STATIC_URL, url_fetcher=StaticFiles(base=base))
        _describe_drawings(document=document)
        pdf = document.write_pdf(pdf_variant="pdf/a-2a")
    except FatalURLFetchingError as error:
        raise PdfError(f"{error}: {error.__cause__}") from error
    finally:
        logger.removeHandler(found)
    if found.messages:
        raise PdfError(*found.messages)
    return Drawn(pdf=pdf, link_texts=_link_texts(document=document))


def _describe_drawings(*, document: HTML) -> None:
    """A drawing is read out by its <title> and <desc>; WeasyPrint takes the first alone."""
    for drawing in document.etree_element.iter(f"{SVG}svg"):
        title, described = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        if title is not None and described is not None and title.text and described.text:
            title.text = f"{title.text.rstrip('.')}. {described.text}"


def _link_texts(*, document: HTML) -> dict[str, str]:
    texts: dict[str, str] = {}
    for link in document.etree_element.iter("a"):
        words = " ".join("".join(link.itertext()).split())
        target = link.get("href", "").removeprefix("#")
        if target and words:
            texts.setdefault(target, words)
    return texts
