"""./run manage give_role EMAIL --name NAME --role ROLE --cooperation SLUG --municipality NUMBER"""

from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from municipalities.access import operations
from municipalities.access.rules import Role
from municipalities.models import Cooperation, Municipality


class Command(BaseCommand):
    help = "Give a person a role; the first host_director then gives roles in the pages."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--cooperation", required=True, metavar="SLUG")
        parser.add_argument("--municipality", required=True, metavar="NUMBER")
        parser.add_argument(
            "--language",
            choices=dict(settings.LANGUAGES),
            help="the municipality's own if not given",
        )
        parser.add_argument("--ask-password", action="store_true", help="ask for a password")

    def handle(self, *, email, name, role, cooperation, municipality, language, **options):
        chosen = _cooperation(cooperation)
        on_behalf_of = _participant(cooperation, municipality)
        try:
            membership, is_new = operations.invite(
                email=email,
                name=name,
                language=language or on_behalf_of.language,
                cooperation=chosen,
                municipality=on_behalf_of,
                role=Role(role),
            )
        except operations.WrongMunicipality as error:
            raise CommandError(f"{role} is not a role of {municipality} here.") from error
        if options["ask_password"]:
            _set_password(membership.user)
        self.stdout.write(f"{name} ({'new' if is_new else 'known'}): {role}")


def _cooperation(slug: str) -> Cooperation:
    found = Cooperation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no cooperation {slug}. Make it with add_cooperation.")
    return found


def _participant(cooperation: str, number: str) -> Municipality:
    found = Municipality.objects.filter(
        number=number, participations__cooperation__slug=cooperation
    ).first()
    if found is None:
        raise CommandError(f"{number} does not take part in {cooperation}.")
    return found


def _set_password(user) -> None:
    password = getpass("Password: ")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
