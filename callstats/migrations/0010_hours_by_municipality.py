import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("callstats", "0009_silences_told"),
        ("municipalities", "0003_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="callhour",
            name="municipality",
            field=models.CharField(db_default="", default="", max_length=4),
        ),
        migrations.AddField(
            model_name="callhour",
            name="rung_back_ms",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.RemoveConstraint(model_name="callhour", name="hour_is_summed_once"),
        migrations.AddConstraint(
            model_name="callhour",
            constraint=models.UniqueConstraint(
                fields=("central", "hour_at", "line", "outcome", "municipality"),
                name="hour_is_summed_once",
            ),
        ),
    ]
