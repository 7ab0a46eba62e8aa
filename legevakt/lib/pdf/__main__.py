"""The rendering process: a job as JSON on standard input, a PDF or findings on standard output."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

from legevakt.lib.pdf.errors import PdfError
from legevakt.lib.pdf.process import REFUSED


def main() -> int:
    """0 and the PDF, or REFUSED and a JSON list of findings."""
    job = json.load(sys.stdin.buffer)
    _bound_memory(limit=int(job["memory_limit_bytes"]))
    try:
        with redirect_stdout(sys.stderr):
            written = _write(job=job)
    except PdfError as error:
        return _refuse(findings=list(error.findings))
    except MemoryError:
        return _refuse(findings=["the rendering needed more memory than it may use"])
    sys.stdout.buffer.write(written)
    return 0


def _write(*, job: dict[str, str]) -> bytes:
    from legevakt.lib.pdf.rendering import render
    from legevakt.lib.pdf.tagging import finish

    drawn = render(job["html"], base=Path(job["base"]))
    return finish(
        drawn.pdf, language=job["language"], title=job["title"], link_texts=drawn.link_texts
    )


def _refuse(*, findings: list[str]) -> int:
    sys.stdout.write(json.dumps(findings))
    return REFUSED


def _bound_memory(*, limit: int) -> None:
    """Where the system knows no such limit (macOS, Windows) only the time limit holds."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
