"""The OpenAPI description as something to read: operations, parameters and an example of each answer."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

DEEPEST = 8


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    type: str
    is_required: bool
    description: SafeString


@dataclass(frozen=True)
class Refusal:
    status: str
    description: SafeString


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    description: SafeString
    scope: str
    parameters: list[Parameter]
    example: str
    refusals: list[Refusal]


@dataclass(frozen=True)
class Reference:
    title: str
    introduction: list[SafeString]
    operations: list[Operation]

    @classmethod
    def of(cls, schema: dict[str, Any], scopes: dict[str, str]) -> "Reference":
        """Read a schema; `scopes` says by operation what a token needs."""
        schemas = schema["components"]["schemas"]
        return cls(
            title=schema["info"]["title"],
            introduction=[_words(part) for part in schema["info"]["description"].split("\n\n")],
            operations=[
                _operation(path, method, operation, schemas, scopes)
                for path, methods in schema["paths"].items()
                for method, operation in methods.items()
            ],
        )


def _operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any], scopes: dict[str, str]
) -> Operation:
    answers = operation["responses"]
    good = next(answer for status, answer in answers.items() if str(status).startswith("2"))
    content = good.get("content")
    example = _example(content["application/json"]["schema"], schemas) if content else None
    return Operation(
        id=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=_words(operation.get("description", "")),
        scope=scopes.get(operation["operationId"], ""),
        parameters=[_parameter(parameter, schemas) for parameter in operation.get("parameters", [])],
        example=json.dumps(example, indent=2, ensure_ascii=False) if content else "",
        refusals=[
            Refusal(str(status), _words(answer["description"]))
            for status, answer in answers.items()
            if not str(status).startswith("2")
        ],
    )


def _parameter(parameter: dict[str, Any], schemas: dict[str, Any]) -> Parameter:
    return Parameter(
        name=parameter["name"],
        place=parameter["in"],
        type=_type(parameter["schema"], schemas),
        is_required=parameter.get("required", False),
        description=_words(parameter.get("description") or parameter["schema"].get("description", "")),
    )


def _type(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """A type in one line."""
    if "$ref" in schema:
        return _type(_referred(schema, schemas), schemas)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        parts = [_type(part, schemas) for part in schema["anyOf"] if part.get("type") != "null"]
        return " | ".join(parts)
    if schema.get("type") == "array":
        return f"{_type(schema['items'], schemas)}, …"
    words = [str(schema.get("format") or schema.get("type", ""))]
    if "minimum" in schema and "maximum" in schema:
        words.append(f"{schema['minimum']}–{schema['maximum']}")
    return " ".join(words)


def _example(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> Any:
    """Something that the schema allows, from the examples it gives."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return _example(_referred(schema, schemas), schemas, depth + 1)
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "allOf", "oneOf"):
        if several in schema:
            told = [part for part in schema[several] if part.get("type") != "null"]
            return _example(told[0], schemas, depth) if told else None
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _example(field, schemas, depth + 1) for name, field in fields.items()}
    if kind == "array":
        return [] if depth > DEEPEST else [_example(schema["items"], schemas, depth + 1)]
    examples = {"date-time": "2026-11-20T09:30:00Z", "date": "2026-11-20"}
    plain = {"string": "…", "integer": 0, "number": 0, "boolean": True}
    return examples.get(schema.get("format", ""), plain.get(str(kind)))


def _referred(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return schemas[schema["$ref"].rpartition("/")[2]]


def _words(text: str) -> SafeString:
    """A description with what stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if number % 2 else part,) for number, part in parts)
    )
