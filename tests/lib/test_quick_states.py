"""What is rendered quickly is what Django renders: tables, relations, constraints."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from legevakt.lib.quick_states import quick_states

OPERATIONS = (
    migrations.CreateModel("Owner", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Thing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("owner", models.ForeignKey("shed.Owner", models.CASCADE)),
        ],
    ),
    migrations.AddConstraint("thing", models.UniqueConstraint(fields=["owner"], name="one_each")),
    migrations.AddField("thing", "count", models.IntegerField(default=0)),
    migrations.AddIndex("thing", models.Index(fields=["count"], name="by_count")),
    migrations.AddField("thing", "colour", models.CharField(max_length=10)),
    migrations.AddField("thing", "gone", models.IntegerField(default=0)),
    migrations.AddConstraint("thing", models.UniqueConstraint(fields=["colour"], name="in_vain")),
    migrations.AlterField("thing", "colour", models.CharField(max_length=20)),
    migrations.RenameField("thing", "colour", "paint"),
    migrations.RemoveConstraint("thing", "in_vain"),
    migrations.RemoveField("thing", "gone"),
)


def rendered_after(operations) -> ProjectState:
    """As a migration does: rendered before the first operation, changed by each."""
    state = ProjectState()
    assert state.apps is not None
    for operation in operations:
        operation.state_forwards("shed", state)
    return state


@pytest.fixture
def quick():
    with quick_states():
        return rendered_after(OPERATIONS)


def test_the_state_is_the_one_of_django(quick):
    assert quick == rendered_after(OPERATIONS)


def test_the_rendered_model_knows_its_fields_constraints_and_relation(quick):
    thing = quick.apps.get_model("shed", "thing")
    assert [field.name for field in thing._meta.fields] == ["id", "owner", "count", "paint"]
    assert thing._meta.get_field("paint").max_length == 20
    assert [each.name for each in thing._meta.constraints] == ["one_each"]
    assert [each.name for each in thing._meta.indexes] == ["by_count"]
    assert thing._meta.get_field("owner").related_model is quick.apps.get_model("shed", "owner")


def test_python_in_a_migration_has_all_models_rendered_anew(quick):
    before = quick.apps
    quick.clear_delayed_apps_cache()
    assert quick.apps is not before
    assert quick.apps.get_model("shed", "owner")._meta.related_objects


def test_django_is_itself_again_afterwards(quick):
    del quick
    assert ProjectState.add_model.__module__ == "django.db.migrations.state"
