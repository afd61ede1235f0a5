"""What the README shows is what really happens: every console block is run, and its output compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, list[str]]]:
    """(command, lines of output shown) of every console block, in order."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(README.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line.rstrip())
    return found


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines shown are those printed; a line of `…` stands for any number of lines."""
    if not shown:
        return not printed
    if shown[0] == "…":
        return any(fits(shown[1:], printed[skip:]) for skip in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and fits(shown[1:], printed[1:])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", where / "examples")
    return where


def test_every_command_of_the_readme_prints_what_is_shown(folder):
    assert len(commands()) >= 8
    scripts = sysconfig.get_path("scripts")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")},
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
    }
    started = False
    try:
        for command, shown in commands():
            if command.startswith("kg-builder neo4j start"):
                started = True
            done = subprocess.run(
                shlex.split(command), cwd=folder, env=environment, capture_output=True, text=True, timeout=600
            )
            assert done.returncode == 0, f"$ {command}\n{done.stderr}"
            printed = [line.rstrip() for line in done.stdout.splitlines()]
            assert fits(shown, printed), f"$ {command}\nshown:\n{shown}\nprinted:\n{printed}"
    finally:
        if started:
            subprocess.run(
                ["kg-builder", "neo4j", "stop", "-g", "papers.kg"], cwd=folder, env=environment, check=False
            )
