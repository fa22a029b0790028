"""The safety texts above a plan: those of what was said, then those of words that were typed."""

from finder.plans.topics import topics
from finder.search.plans.question import PlanQuestion
from finder.search.safety import SafetyText, texts_on


def safety_of(question: PlanQuestion) -> tuple[SafetyText, ...]:
    """A text that was taken down is not shown; what is shown is its core, which never lapses."""
    return texts_on(topics(question.substances, question.situations), question.search.words)
