"""The errors that kg-builder raises: one tree, each message naming what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path


class KgBuilderError(Exception):
    """Base of every error that kg-builder raises on purpose.

    The message is complete by itself: it names the file, paper or line, what is wrong, and what to do.
    """


class SourceError(KgBuilderError):
    """A source could not be read.

    Args:
        reason: what is wrong, and what to do about it.
        location: the source as the user named it.
        line: the 1-based line where reading stopped making sense.
        paper: the title or id of the paper concerned.
    """

    def __init__(
        self,
        reason: str,
        *,
        location: str | Path | None = None,
        line: int | None = None,
        paper: str | None = None,
    ) -> None:
        self.reason = reason
        self.location = None if location is None else str(location)
        self.line = line
        self.paper = paper
        super().__init__(reason)

    def __str__(self) -> str:
        where = self.location or ""
        if self.line is not None:
            where += f":{self.line}" if where else f"line {self.line}"
        if self.paper is not None:
            where += f" ({self.paper})" if where else self.paper
        return f"{where}: {self.reason}" if where else self.reason


class UnknownFormatError(SourceError):
    """No reader recognises the content of a source, or the format asked for does not exist."""


class EvidenceError(KgBuilderError):
    """A fact's evidence does not reproduce in the passage it names; the fact is refused."""


class ExtractionError(KgBuilderError):
    """Extraction is set up wrongly, or fails at every paper."""


class SparkError(KgBuilderError):
    """Spark is not installed, could not be started, or a job of it failed."""


class SchemaError(KgBuilderError):
    """The schema file is wrong, or data does not fit the schema."""


class WorkspaceError(KgBuilderError):
    """The workspace file is missing, locked, damaged, or of another version."""


class QueryError(KgBuilderError):
    """A query is unknown, its parameters are wrong, or an engine refused it."""


class ReadOnlyError(QueryError):
    """A query would write, read files, reach the network, or call what is not on the allow-list."""


class DatabaseError(KgBuilderError):
    """Neo4j could not be reached, refused the credentials, or failed."""


class LocalServerError(KgBuilderError):
    """The local Neo4j server could not be installed, started or stopped."""


class ExportError(KgBuilderError):
    """An export could not be written."""


class ViewError(KgBuilderError):
    """A view is unknown, or what it should show does not exist."""


class EvaluationError(KgBuilderError):
    """The gold file or the export to be evaluated cannot be used."""


class UsageError(KgBuilderError):
    """Options that do not fit together; the command line exits with 2."""


class AnalysisError(KgBuilderError):
    """An analysis has nothing to work on, or asks for someone whom the graph does not know."""
