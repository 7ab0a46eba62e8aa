"""The months stored one indicator at a time go: they are computed again from the hours, by night
or by the next import. None was ever published by a page or a command; if one is, it is kept and
this stops."""

from django.db import migrations


def refuse_if_published(apps, schema_editor):
    IndicatorPeriod = apps.get_model("callstats", "IndicatorPeriod")
    if IndicatorPeriod.objects.filter(state="published").exists():
        raise RuntimeError(
            "Some months are published in the first form, which kept no definition beside the "
            "figure, so they cannot be carried over. Keep a dump of callstats_indicatorperiod, "
            "set their state to 'open' with the trigger published_stays off, and migrate again; "
            "then check and publish them anew."
        )


class Migration(migrations.Migration):

    dependencies = [
        ("callstats", "0011_hours_summed_again"),
    ]

    operations = [
        migrations.RunPython(refuse_if_published, migrations.RunPython.noop),
        migrations.DeleteModel(name="IndicatorPeriodEvent"),
        migrations.DeleteModel(name="IndicatorPeriod"),
    ]
