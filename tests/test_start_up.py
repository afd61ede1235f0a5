"""The command line comes at once: nothing heavy is imported before a command needs it."""

import subprocess
import sys

HEAVY = {"duckdb", "igraph", "jinja2", "kglite", "neo4j", "networkx", "numpy", "pyarrow", "pyvis", "spacy"}


def test_importing_the_command_line_imports_nothing_heavy():
    code = "import sys, kg_builder.cli; print(*{m.partition('.')[0] for m in sys.modules})"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "kg_builder" in printed.split()
    assert not HEAVY & set(printed.split())
