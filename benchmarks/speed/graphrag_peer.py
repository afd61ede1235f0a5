"""neo4j-graphrag's pipeline of extraction with a model that answers at once: its overhead alone.

Run by the peers' Python:

    python graphrag_peer.py TEXTS.json

reads a list of texts, and prints an object: the seconds that splitting and extracting took, and the texts read.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from neo4j_graphrag.experimental.components.entity_relation_extractor import LLMEntityRelationExtractor
from neo4j_graphrag.experimental.components.text_splitters.fixed_size_splitter import FixedSizeSplitter
from neo4j_graphrag.llm import LLMInterface, LLMResponse

_ANSWER = json.dumps(
    {
        "nodes": [
            {"id": "0", "label": "Model", "properties": {"name": "GPT-4o"}},
            {"id": "1", "label": "Benchmark", "properties": {"name": "GSM8K"}},
        ],
        "relationships": [
            {"type": "EVALUATED_ON", "start_node_id": "0", "end_node_id": "1", "properties": {}}
        ],
    }
)


class InstantModel(LLMInterface):
    """A language model that has the same answer to everything, at once."""

    def invoke(self, *_: Any, **__: Any) -> LLMResponse:
        """The answer."""
        return LLMResponse(content=_ANSWER)

    async def ainvoke(self, *_: Any, **__: Any) -> LLMResponse:
        """The answer."""
        return LLMResponse(content=_ANSWER)


async def extracted(texts: list[str]) -> int:
    """Split and extract each text; the number of nodes found."""
    splitter = FixedSizeSplitter()
    extractor = LLMEntityRelationExtractor(llm=InstantModel(model_name="instant"))
    nodes = 0
    for text in texts:
        graph = await extractor.run(chunks=await splitter.run(text=text))
        nodes += len(graph.nodes)
    return nodes


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    started = time.process_time()
    found = asyncio.run(extracted(given))
    print(json.dumps({"texts": len(given), "nodes": found, "cpu": time.process_time() - started}))
