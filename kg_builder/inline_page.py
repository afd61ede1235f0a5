"""A page of a view that shows itself where it is: in a notebook, below the cell that made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

#: An address in a frame's own document is otherwise one of the page around it, and the view could not note its state
#: in its fragment. It stands before the page's policy, which allows no base.
_BASE = '<base href="about:srcdoc">'

#: Pixels that a view needs for its picture, its panel and its controls.
HEIGHT = 640


@dataclass(frozen=True, slots=True)
class InlinePage:
    """The page of a view. Jupyter shows it; `save` writes it to a file.

    Args:
        html: the page, complete in itself.
        title: what it shows.
        height: of the frame in a notebook, in pixels.
    """

    html: str = field(repr=False)
    title: str
    height: int = HEIGHT

    def save(self, path: str | Path) -> Path:
        """Write the page to a file that works offline.

        Returns:
            The file.
        """
        path = Path(path)
        path.write_text(self.html, encoding="utf-8", newline="\n")
        return path

    def _repr_html_(self) -> str:
        """The page in a frame that holds it whole: saved with the notebook, shown again without the graph.

        The frame is a sandbox: the page's own script runs, and reaches neither the notebook nor the network.
        """
        framed = self.html.replace("<head>", f"<head>\n{_BASE}", 1)
        return (
            f'<iframe title="{escape(self.title, quote=True)}" srcdoc="{escape(framed, quote=True)}" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
            f'width="100%" height="{self.height}" style="border:1px solid #8793a3;border-radius:8px"></iframe>'
        )
