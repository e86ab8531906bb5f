"""The schema that editors check a question set by: `python -m tests.set_schema` prints it.

A process of its own. The text under each field is its description, and pydantic reads those from
the source only while classes are made: a bart that did so would start a seventh slower.
"""

import json
from typing import Any

from bart_tool.domain.base import Frozen


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12. To be called before any model but `Frozen` is imported."""
    Frozen.model_config["use_attribute_docstrings"] = True
    from bart_tool.domain.question_set import QuestionSet

    made = QuestionSet.model_json_schema()
    plain = {"type": "string", "description": "The same text in Dutch and English."}
    both = {**made["$defs"]["Text"], "description": "A text in Dutch (nl) and English (en)."}
    made["$defs"]["Text"] = {"anyOf": [plain, both]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "bart question set",
    }


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=True))
