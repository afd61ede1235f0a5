"""``kg-builder.toml``: what one would repeat on every command."""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from kg_builder.errors import UsageError

#: The file, in the current folder or the nearest above it; the variable names another.
FILE = "kg-builder.toml"
VARIABLE = "KG_BUILDER_CONFIG"

#: What an option that takes a path calls it.
_PATHS = ("FILE", "FOLDER")

#: Options that are no business of a file that people share.
_REFUSED = ("help", "quiet", "verbose", "yes")


def configuration_file() -> Path | None:
    """The configuration file that holds here, if there is one.

    Raises:
        UsageError: the variable names a file that is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise UsageError(f"{VARIABLE}: there is no file {named}")
        return Path(named)
    here = Path.cwd()
    return next((f / FILE for f in (here, *here.parents) if (f / FILE).is_file()), None)


def read_configuration(path: Path, commands: TyperGroup) -> dict[str, Any]:
    """Read the defaults that a file gives to options.

    What stands at the top holds for every command that has such an option, a table for the command it is named
    after::

        graph = "papers.kg"

        [coauthors]
        since = "2025"
        by = "month"

    Args:
        path: the file.
        commands: the commands whose options it may name.

    Returns:
        The defaults by command and parameter. A path is taken from the file's folder.

    Raises:
        UsageError: the file is no TOML, or names what no command has.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as TOML ({error})") from error
    shared = {name: value for name, value in told.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in told.items() if isinstance(value, dict)}
    known = {option for command in commands.commands.values() for option in _options(command)}
    for name in shared:
        _check(path, name, known, "option")
    for name in tables:
        _check(path, name, set(commands.commands), "command")
    return {
        name: _defaults(path, command, shared, tables.get(name, {}))
        for name, command in commands.commands.items()
    }


def _defaults(path: Path, command: Any, shared: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    if isinstance(command, TyperGroup):
        below = {name: value for name, value in own.items() if isinstance(value, dict)}
        for name in below:
            _check(path, name, set(command.commands), "command")
        return {
            name: _defaults(path, one, shared, below.get(name, {})) for name, one in command.commands.items()
        }
    options = _options(command)
    for name in own:
        _check(path, name, set(options), f"option of {command.name}")
    given = {name: value for name, value in (shared | own).items() if name in options}
    return {options[name].name: _value(path, options[name], value) for name, value in given.items()}


def _options(command: Any) -> dict[str, Any]:
    """The options of a command by their long names, without the hyphens before."""
    if isinstance(command, TyperGroup):
        return {k: v for one in command.commands.values() for k, v in _options(one).items()}
    return {
        long.removeprefix("--"): parameter
        for parameter in command.params
        for long in parameter.opts
        if long.startswith("--") and long.removeprefix("--") not in _REFUSED
    }


def _value(path: Path, option: Any, value: Any) -> Any:
    is_path = option.metavar in _PATHS and isinstance(value, str)
    return str(path.parent / value) if is_path else value


def _check(path: Path, name: str, known: set[str], kind: str) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{path}: there is no {kind} {name!r}{hint}")
