"""Writes a report's PDF to a file, from what is frozen and written where there is any."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legevakt.lib.pdf import PdfError
from municipalities.models import Cooperation
from reporting.annual_report import queries, rules
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.document.written import NOTHING_WRITTEN
from reporting.annual_report.figures import FiguresDisagree, NoFigures, figures_for


class Command(BaseCommand):
    """render_report --cooperation SLUG --year YEAR --language nn|nb --output FILE [--json]"""

    help = "Writes a report's PDF to a file. Figures that are not prepared yet are not stored."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--cooperation", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--language", required=True, choices=rules.DOCUMENT_LANGUAGES)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, cooperation, year, language, output, **options) -> None:
        found = Cooperation.objects.filter(slug=cooperation).first()
        if found is None:
            raise CommandError(f"there is no cooperation {cooperation!r}")
        report = queries.latest_edition(cooperation=found, year=year)
        state = report.state if report else "not stored"
        try:
            figures = report.figures if report else _figures(cooperation=found, year=year)
            written = queries.written_in(report, language=language) if report else NOTHING_WRITTEN
            output.write_bytes(pdf_of(figures=figures, language=language, written=written))
        except (NoFigures, FiguresDisagree, PdfError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        told = {
            "output": str(output),
            "state": state,
            "edition": report.edition if report else 1,
            "figures_at": figures["figures_at"],
            "figures_sha256": rules.checksum(figures),
        }
        self.stdout.write(json.dumps(told) if options["json"] else _sentence(told))


def _figures(*, cooperation: Cooperation, year: int) -> dict:
    return figures_for(cooperation=cooperation, year=year, at=timezone.now())


def _sentence(told: dict[str, str | int]) -> str:
    return "{output}: figures of {figures_at} ({state}), SHA-256 {figures_sha256}".format(**told)
