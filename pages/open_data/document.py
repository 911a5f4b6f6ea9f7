"""The OpenAPI document, with what django-ninja does not know of our answers."""

from pages.open_data.answers import CSV, GEOJSON
from pages.open_data.problems import PROBLEM

NOT_CHANGED = "Tidak berubah sejak jawaban dengan ETag ini."


def completed(document):
    """Say that problems are problems, and that a list also comes as CSV and GeoJSON."""
    for operations in document["paths"].values():
        for operation in operations.values():
            move_examples(operation)
            for status, response in operation["responses"].items():
                say_media_types(int(status), response, operation)
    return document


def move_examples(operation):
    """Examples of a parameter are a list within its schema; beside it, where django-ninja writes them too, a map."""
    for parameter in operation.get("parameters", ()):
        if examples := parameter.pop("examples", None):
            parameter["schema"]["examples"] = examples


def say_media_types(status, response, operation):
    content = response.get("content", {})
    if status == 304:
        response["description"] = NOT_CHANGED
    elif status >= 400 and "application/json" in content:
        content[PROBLEM] = content.pop("application/json")
    elif any(parameter["name"] == "format" for parameter in operation.get("parameters", ())):
        content[CSV] = {"schema": {"type": "string"}}
        content[GEOJSON] = {"schema": {"type": "object"}}
