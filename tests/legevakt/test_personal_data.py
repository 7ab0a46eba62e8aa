"""Every field of ours is classified, once."""

import pytest
from django.apps import apps

from legevakt.personal_data import NOT_PERSONAL, PERSONAL

MODELS = [
    model
    for name in ("municipalities", "callstats", "reporting")
    for model in apps.get_app_config(name).get_models()
    if not hasattr(model, "pgh_obj")  # history repeats the fields of its model
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified_as_personal_or_not(model):
    label = model._meta.label
    fields = {field.name for field in model._meta.concrete_fields if field.name != "id"}
    personal, other = set(PERSONAL.get(label, {})), set(NOT_PERSONAL.get(label, "").split())

    assert personal | other == fields
    assert not personal & other


def test_no_model_is_classified_that_does_not_exist():
    assert set(PERSONAL) | set(NOT_PERSONAL) == {model._meta.label for model in MODELS}
