"""The parameters of a plan: those of a search, and what a person says about themselves."""

from dataclasses import replace

import django_filters
from django.utils.translation import gettext_lazy as _

from finder.filters import SearchFilterSet
from finder.plans.situations import Situation, Substance
from finder.search.plans.question import PlanQuestion


class PlanFilterSet(SearchFilterSet):
    substance = django_filters.MultipleChoiceFilter(
        label=_("What is used"),
        choices=Substance.choices,
        error_messages={
            "invalid_choice": _("“%(value).60s” is not a substance we know. Choose from the list.")
        },
    )
    situation = django_filters.MultipleChoiceFilter(
        label=_("Anything that matters"),
        choices=Situation.choices,
        error_messages={
            "invalid_choice": _("“%(value).60s” is not a situation we know. Choose from the list.")
        },
    )

    @property
    def plan_question(self) -> PlanQuestion:
        """Only of valid parameters; each answer once, in the order of the lists.

        Whether there is room is said beside each choice: to leave the others out would leave most people
        without a plan.
        """
        cleaned = self.form.cleaned_data
        return PlanQuestion(
            search=replace(self.question, has_room=False),
            substances=tuple(each for each in Substance.values if each in cleaned["substance"]),
            situations=tuple(each for each in Situation.values if each in cleaned["situation"]),
        )


PlanFilterSet.base_filters = {**SearchFilterSet.base_filters, **PlanFilterSet.base_filters}
"""With those that no class body can say: `not` and `from` are words of Python's."""
