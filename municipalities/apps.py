from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"
    verbose_name = _("Municipalities")

    def ready(self) -> None:
        """After an upgrade the matrix may be another; Django's own permissions come first."""
        from municipalities.access.operations import refresh

        post_migrate.connect(refresh, sender=self, dispatch_uid="permissions follow the matrix")
