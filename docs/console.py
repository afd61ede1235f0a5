"""The console blocks of the README and the tutorial: read, run, and written anew after a change of what is printed.

python docs/console.py

A block begins with a command; the lines behind it are what it prints. A last line of ``…`` stands for all the rest;
where nothing is shown nothing is printed to standard output.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
REST = "…"

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """A command and the lines of its output that the page shows."""

    command: str
    shown: list[str] = field(default_factory=list)


def steps(block: str) -> list[Step]:
    """The commands of a block, in order."""
    found: list[Step] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Step(line.removeprefix("$ ")))
        else:
            found[-1].shown.append(line.rstrip())
    return found


def page_steps(page: Path) -> list[Step]:
    """The commands of a page, in order."""
    return [step for block in _BLOCK.findall(page.read_text(encoding="utf-8")) for step in steps(block)]


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines shown are those printed."""
    if shown and shown[-1] == REST:
        return printed[: len(shown) - 1] == shown[:-1]
    return printed == shown


def run(command: str, folder: Path) -> list[str]:
    """The lines that a command prints to standard output.

    Args:
        command: as the page has it.
        folder: where it runs; the examples are there.

    Raises:
        RuntimeError: it fails; with what it told.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    environment["PATH"] = f"{sysconfig.get_path('scripts')}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(  # noqa: S603
        shlex.split(command),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"$ {command}\n{done.stdout}{done.stderr}")
    return [line.rstrip() for line in done.stdout.splitlines()]


def prepared(folder: Path) -> Path:
    """A folder with the examples, as the pages have it."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def main() -> None:
    """Run every block of every page and write what is printed today into it."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            where = prepared(Path(folder))
            text = page.read_text(encoding="utf-8")
            anew = _BLOCK.sub(lambda block, where=where: "\n".join(_anew(block[0], where)) + "\n", text)
        page.write_text(anew, encoding="utf-8")
        sys.stdout.write(f"{page.name}: {'as it was' if anew == text else 'written anew'}\n")


def _anew(block: str, folder: Path) -> Iterator[str]:
    for step in steps(block):
        printed = run(step.command, folder)
        yield f"$ {step.command}"
        if step.shown[-1:] == [REST]:
            yield from (*printed[: len(step.shown) - 1], REST)
        else:
            yield from printed


if __name__ == "__main__":
    main()
