"""What the package offers by name is there."""

import kg_builder


def test_every_public_name_can_be_had():
    for name in kg_builder.__all__:
        assert getattr(kg_builder, name) is not None


def test_what_is_not_there_is_an_attribute_error():
    assert not hasattr(kg_builder, "no_such_thing")
