"""The safety texts that typed words call for, ready to stand above an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.safestring import SafeString

from finder.search.safety import SafetyText, safety_texts
from finder.views.markdown import line_of

SAID_TONIGHT = "alcohol-and-benzodiazepine-withdrawal"


@dataclass(frozen=True, slots=True)
class ShownSafety:
    title: str
    url: str
    text: SafeString


def shown_safety(*typed: str) -> list[ShownSafety]:
    return [shown(found) for found in safety_texts(*typed)]


def shown_safety_of_plan(found: Iterable[SafetyText]) -> list[ShownSafety]:
    """What Tonight says above it is not said twice: of that text the link stays, last."""
    said_above = reverse("guidance", args=[SAID_TONIGHT])
    texts = list(map(shown, found))
    links = [replace(text, text=line_of("")) for text in texts if text.url == said_above]
    return [text for text in texts if text.url != said_above] + links


def shown(found: SafetyText) -> ShownSafety:
    return ShownSafety(found.title, reverse("guidance", args=[found.slug]), line_of(found.markdown))
