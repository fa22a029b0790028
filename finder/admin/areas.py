"""Where a member of staff may edit; whoever has no area may edit everywhere."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin
from finder.admin.site import desk
from finder.admin.typed import ModelForm
from finder.geography.gazetteer import counties
from finder.geography.states import STATE_NAMES
from finder.models import StaffArea


class CountiesField(forms.CharField):
    """One a line, as "Buncombe County, NC"; kept as the directory names them."""

    widget = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        known = {line: known_county(line) for line in lines}
        unknown = [line for line, county in known.items() if not county]
        if unknown:
            raise forms.ValidationError(
                _("We know no such county: %(lines)s. Write it as “Buncombe County, NC”."),
                params={"lines": "; ".join(unknown)},
            )
        return list(dict.fromkeys(known.values()))


def known_county(line: str) -> str:
    """Empty where there is none of this name in the state."""
    name, _comma, state = line.rpartition(",")
    found = counties(name.strip(), state.strip().upper()) if name.strip() and state.strip() else ()
    return f"{found[0].name}, {found[0].state}" if found else ""


class AreaForm(ModelForm):
    states = forms.MultipleChoiceField(
        choices=[(code, STATE_NAMES[code]) for code in sorted(STATE_NAMES, key=STATE_NAMES.__getitem__)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Whole states"),
    )
    counties = CountiesField(
        required=False, label=_("Single counties"), help_text=_("One a line: Buncombe County, NC.")
    )

    class Meta:
        model = StaffArea
        fields = ("user", "states", "counties")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not (self.cleaned_data["states"] or self.cleaned_data["counties"]):
            raise forms.ValidationError(
                _("Name a state or a county. To let them edit everywhere, delete the area.")
            )
        return cleaned


@admin.register(StaffArea, site=desk)
class StaffAreaAdmin(DeskAdmin):
    form = AreaForm
    list_display = ("user", "states_words", "counties_words")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name")
    search_help_text = _("Name of the person")
    fixed_after_creation = ("user",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An area limits a person; without one they may edit everywhere."""
        return bool(request.user.has_perm("finder.delete_staffarea"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("username", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("whole states"))
    def states_words(self, area: StaffArea) -> str:
        return ", ".join(STATE_NAMES.get(state, state) for state in area.states) or "–"

    @admin.display(description=_("single counties"))
    def counties_words(self, area: StaffArea) -> str:
        return "; ".join(area.counties) or "–"
