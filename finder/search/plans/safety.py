"""The safety texts above a plan: those of what was said, then those of words that were typed."""

from finder.models import Guidance
from finder.plans.topics import topics
from finder.search.plans.question import PlanQuestion
from finder.search.safety import SafetyText, safety_texts


def safety_of(question: PlanQuestion) -> tuple[SafetyText, ...]:
    """A text that was taken down is not shown; what is shown is its core, which never lapses."""
    wanted = topics(question.substances, question.situations)
    shown = Guidance.objects.shown().filter(slug__in=wanted).exclude(routed="").order_by("position", "pk")
    said = {
        text.slug: SafetyText(text.slug, str(text), text.routed_text)
        for text in shown.only("slug", "title", "title_es", "routed", "routed_es")
    }
    typed = {text.slug: text for text in safety_texts(question.search.words)}
    ordered = {slug: said[slug] for slug in wanted if slug in said}
    return tuple((ordered | {slug: text for slug, text in typed.items() if slug not in ordered}).values())
