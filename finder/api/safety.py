from collections.abc import Iterable

from finder.search.safety import SafetyText


def safety_as_json(texts: Iterable[SafetyText]) -> list[dict[str, str]]:
    """Without links: the numbers are in the text."""
    return [{"slug": found.slug, "title": found.title, "text": found.text} for found in texts]
