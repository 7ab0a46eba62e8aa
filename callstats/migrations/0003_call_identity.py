import django.db.models.deletion
from django.db import migrations, models

# Django cannot move a table to a composite primary key; PostgreSQL can, by its own statements.
TO_IDENTITY = [
    "ALTER TABLE callstats_callrevision ADD COLUMN source_id bigint,"
    " ADD COLUMN external_id varchar(120)",
    "UPDATE callstats_callrevision r SET source_id = c.source_id, external_id = c.external_id"
    " FROM callstats_call c WHERE c.id = r.call_id",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE callstats_callrevision ALTER COLUMN source_id SET NOT NULL,"
    " ALTER COLUMN external_id SET NOT NULL, DROP COLUMN call_id",
    "ALTER TABLE callstats_callrevision ADD CONSTRAINT callrevision_source_fk"
    " FOREIGN KEY (source_id) REFERENCES callstats_source (id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE callstats_callrevision ADD CONSTRAINT revision_is_kept_once"
    " UNIQUE (source_id, external_id, revision)",
    "ALTER TABLE callstats_call DROP COLUMN id",
    "ALTER TABLE callstats_call DROP CONSTRAINT call_is_stored_once",
    "ALTER TABLE callstats_call ADD CONSTRAINT callstats_call_pkey"
    " PRIMARY KEY (source_id, external_id)",
]


class Migration(migrations.Migration):
    """A call is known by its source and the source's own id; a number of ours says nothing more."""

    dependencies = [("callstats", "0002_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TO_IDENTITY, migrations.RunSQL.noop)],
            state_operations=[
                migrations.RemoveConstraint("callrevision", "revision_is_kept_once"),
                migrations.RemoveField("callrevision", "call"),
                migrations.RemoveConstraint("call", "call_is_stored_once"),
                migrations.RemoveField("call", "id"),
                migrations.AddField(
                    "call",
                    "pk",
                    models.CompositePrimaryKey(
                        "source_id",
                        "external_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                migrations.AddField(
                    "callrevision",
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        default=0,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="callstats.source",
                    ),
                    preserve_default=False,
                ),
                migrations.AddField(
                    "callrevision",
                    "external_id",
                    models.CharField(default="", max_length=120),
                    preserve_default=False,
                ),
                migrations.AddConstraint(
                    "callrevision",
                    models.UniqueConstraint(
                        fields=("source", "external_id", "revision"), name="revision_is_kept_once"
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            "call",
            "source",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="callstats.source",
            ),
        ),
    ]
