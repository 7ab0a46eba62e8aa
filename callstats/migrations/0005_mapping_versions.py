from django.db import migrations
from django.utils import timezone


def keep_as_first_version(apps, schema_editor):
    """The mapping a source has becomes version 1, and its imports were read by that one."""
    source_model = apps.get_model("callstats", "Source")
    version_model = apps.get_model("callstats", "MappingVersion")
    import_model = apps.get_model("callstats", "CallImport")
    for source in source_model.objects.exclude(mapping={}):
        version = version_model.objects.create(
            source=source, version=1, mapping=source.mapping, saved_at=timezone.now()
        )
        import_model.objects.filter(source=source).update(mapping_version=version)


# A trace is a JSON list of events, in the order of their seconds, each with its epoch first.
LAST_EVENT = (
    "UPDATE callstats_calltrace SET last_event_at = to_timestamp((trace::jsonb -> -1 ->> 0)::bigint)"
)


class Migration(migrations.Migration):
    dependencies = [("callstats", "0004_feeds")]

    operations = [
        migrations.RunPython(keep_as_first_version, migrations.RunPython.noop),
        migrations.RunSQL(LAST_EVENT, migrations.RunSQL.noop),
        migrations.RemoveField("source", "mapping"),
        migrations.RemoveField("sourceevent", "mapping"),
    ]
