"""Our PDF door against bare WeasyPrint on the same HTML; the aim is at most 1.3 times."""

from __future__ import annotations

import subprocess
import sys
import time

from django.conf import settings

from legevakt.lib import pdf

BARE = (
    "import sys, weasyprint; "
    "weasyprint.HTML(string=sys.stdin.read()).write_pdf(pdf_variant='pdf/ua-1')"
)


def measure(*, tables: int = 40) -> None:
    """Print seconds of both for a long report of tables."""
    missing = pdf.missing_libraries()
    if missing:
        print(f"PDF: not measured, these Debian packages are missing: {', '.join(missing)}")
        return
    html = _report(tables)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE], input=html, text=True, check=True)
    bare = time.perf_counter() - started
    started = time.perf_counter()
    pdf.write_pdf(html, language="nn", title="Årsrapport", base=settings.STATICFILES_DIRS[0])
    ours = time.perf_counter() - started
    print(f"PDF of {tables} tables: ours {ours:.2f} s, bare {bare:.2f} s: {ours / bare:.2f} x")


def _report(tables: int) -> str:
    row = "<tr><th>Januar</th><td>1 234</td><td>987</td><td>80,0 %</td></tr>"
    table = (
        "<h2>Kapittel</h2><table><thead><tr><th>Månad</th><th>Anrop</th><th>Svara</th>"
        f"<th>Del</th></tr></thead><tbody>{row * 40}</tbody></table>"
    )
    return (
        '<!DOCTYPE html><html lang="nn"><head><title>Årsrapport</title></head><body>'
        f"<h1>Årsrapport</h1>{table * tables}</body></html>"
    )
