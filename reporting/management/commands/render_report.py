"""Writes a report's PDF to a file, from the frozen figures where there are any."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legevakt.lib.pdf import PdfError
from municipalities.models import Cooperation
from reporting.annual_report import rules
from reporting.annual_report.document import pdf_of
from reporting.annual_report.figures import FiguresDisagree, NoFigures, figures_for
from reporting.annual_report.models import AnnualReport


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
        report = AnnualReport.objects.filter(cooperation=found, year=year).first()
        state = report.state if report else "not stored"
        try:
            figures = report.figures if report else _figures(cooperation=found, year=year)
            output.write_bytes(pdf_of(figures=figures, language=language))
        except (NoFigures, FiguresDisagree, PdfError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        written = {
            "output": str(output),
            "state": state,
            "figures_at": figures["figures_at"],
            "figures_sha256": rules.checksum(figures),
        }
        self.stdout.write(json.dumps(written) if options["json"] else _sentence(written))


def _figures(*, cooperation: Cooperation, year: int) -> dict:
    return figures_for(cooperation=cooperation, year=year, at=timezone.now())


def _sentence(written: dict[str, str]) -> str:
    return "{output}: figures of {figures_at} ({state}), SHA-256 {figures_sha256}".format(**written)
