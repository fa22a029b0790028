"""The page that describes the API, made from the same description that machines read."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finder.api.openapi import description

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a field: `kind` is its type, `limits` what it may be."""

    name: str
    kind: str
    limits: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    description: str
    shape: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    summary: str
    description: str
    parameters: tuple[Row, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    description: str
    fields: tuple[Row, ...]


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    described = description()
    context = {
        "operations": [
            operation(path, methods["get"]) for path, methods in sorted(described["paths"].items())
        ],
        "shapes": [
            shape(name, schema)
            for name, schema in described["components"]["schemas"].items()
            if "properties" in schema
        ],
        "version": described["info"]["version"],
        "rate": settings.API_RATE,
    }
    return render(request, "api_reference.html", context)


def operation(path: str, described: Schema) -> Operation:
    return Operation(
        path=path,
        summary=described["summary"],
        description=described["description"],
        parameters=tuple(
            row(parameter["name"], parameter["schema"], parameter["description"])
            for parameter in described.get("parameters", ())
        ),
        answers=tuple(answer(status, given) for status, given in described["responses"].items()),
    )


def answer(status: str, described: Schema) -> Answer:
    content = described["content"]["application/json"]
    examples = [example["value"] for example in content["examples"].values()]
    return Answer(
        status=status,
        description=described["description"],
        shape=name_of(content["schema"]["$ref"]),
        example="\n".join(json.dumps(example, indent=2, ensure_ascii=False) for example in examples),
    )


def shape(name: str, schema: Schema) -> Shape:
    fields = tuple(row(field, rule, "") for field, rule in schema["properties"].items())
    return Shape(name, schema.get("description", ""), fields)


def row(name: str, schema: Schema, words: str) -> Row:
    shown = choices_shown(schema)
    return Row(name, kind(shown), limits(shown), words or schema.get("description", ""))


def choices_shown(schema: Schema) -> Schema:
    """With the choices themselves in place of the name of their list."""
    if "items" in schema:
        return {**schema, "items": choices_shown(schema["items"])}
    (reference,) = schema.get("allOf", [schema])[:1]
    named = description()["components"]["schemas"].get(name_of(reference.get("$ref", "")), {})
    return named if "enum" in named else schema


def kind(schema: Schema) -> str:
    """A type in a few words: "string or null", "list of Facet"."""
    if "$ref" in schema:
        return name_of(schema["$ref"])
    for choice in ("oneOf", "allOf"):
        if choice in schema:
            return " or ".join(map(kind, schema[choice]))
    if schema["type"] == "array":
        return f"list of {kind(schema['items'])}"
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    said = [schema["format"] if known == "string" and "format" in schema else known for known in types]
    return " or ".join(said)


def limits(schema: Schema) -> tuple[str, ...]:
    rule = schema.get("items", schema)
    said = []
    if "enum" in rule:
        said.append("one of " + ", ".join(rule["enum"]))
    if "minimum" in rule and "maximum" in rule:
        said.append(f"{rule['minimum']:,} to {rule['maximum']:,}")
    if "maxLength" in rule:
        said.append(f"at most {rule['maxLength']} characters")
    if "default" in rule:
        said.append(f"{rule['default']} unless you say")
    return tuple(said)


def name_of(reference: str) -> str:
    return reference.rpartition("/")[2]
