"""The safety texts that typed words call for, ready to stand above an answer."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from finder.search.safety import safety_texts
from finder.views.markdown import line_of


@dataclass(frozen=True, slots=True)
class ShownSafety:
    title: str
    url: str
    text: SafeString


def shown_safety(*typed: str) -> list[ShownSafety]:
    return [
        ShownSafety(found.title, reverse("guidance", args=[found.slug]), line_of(found.markdown))
        for found in safety_texts(*typed)
    ]
