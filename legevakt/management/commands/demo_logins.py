"""./run manage demo_logins: who can log in to the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from legevakt.demo.people import PASSWORD, PERSONAS, Persona
from municipalities.models import Municipality, User

HEADINGS = ("e-mail", "password", "role", "municipality")


class Command(BaseCommand):
    help = "Print the demonstration's logins. They exist only in the demonstration."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("There are demonstration logins only where DEMO=1.")
        names = dict(Municipality.objects.order_by("valid_from").values_list("number", "name"))
        known = set(User.objects.values_list("email", flat=True))
        rows = [_row(persona, names) for persona in PERSONAS if persona.email in known]
        if not rows:
            raise CommandError("The demonstration is not loaded: ./run manage load_demo")
        for line in _table([HEADINGS, *rows]):
            self.stdout.write(line)


def _row(persona: Persona, names: dict[str, str]) -> tuple[str, ...]:
    role = persona.role.value.replace("_", " ") if persona.role else "none (outsider)"
    return persona.email, PASSWORD, role, names.get(persona.municipality, "")


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
