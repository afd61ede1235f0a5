"""Nothing that a user can meet is without a word on what it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from kg_builder.cli import app
from kg_builder.schema import graph_schema


def commands(command: Any, name: str = "kg-builder") -> Iterator[tuple[str, Any]]:
    """Every command that does something by itself, with its whole name."""
    below = getattr(command, "commands", {})
    if not below or (getattr(command, "invoke_without_command", False) and name != "kg-builder"):
        yield name, command
    for part, one in below.items():
        yield from commands(one, f"{name} {part}")


COMMANDS = dict(commands(get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_shows_an_example(name):
    said = COMMANDS[name].help or ""
    assert said
    assert f"{name} " in said.partition("Example: ")[2] + " "


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_of_a_command_says_what_it_does(name):
    for parameter in COMMANDS[name].params:
        if getattr(parameter, "hidden", False):
            continue
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


@pytest.mark.parametrize("label", graph_schema().labels.values(), ids=lambda label: label.name)
def test_a_label_and_its_properties_are_described(label):
    assert label.description
    assert all(p.description for p in label.properties.values())


@pytest.mark.parametrize("kind", graph_schema().relationships.values(), ids=lambda kind: kind.name)
def test_a_relationship_type_and_its_properties_are_described(kind):
    assert kind.description
    assert all(p.description for p in kind.properties.values())
