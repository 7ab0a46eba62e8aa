"""./run manage load_demo: the demonstration cooperation and two years of calls, once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legevakt.demo import loading


class Command(BaseCommand):
    help = "Load the demonstration in Nordhordland, if it is not there already."

    def handle(self, *args, **options):
        try:
            loaded = loading.load(at=timezone.now(), say=self.stdout.write)
        except (loading.NotADemonstration, loading.DemonstrationBroken) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("loaded" if loaded else "the demonstration is loaded already")
