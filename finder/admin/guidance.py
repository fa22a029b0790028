import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin
from finder.admin.site import desk
from finder.admin.typed import ModelForm
from finder.enums import CrisisAction
from finder.models import CrisisLine

SAFE_LINK = re.compile(r"(tel:|sms:|https://)\S+")


class CrisisLineForm(ModelForm):
    class Meta:
        model = CrisisLine
        fields: tuple[str, ...] = ()  # the admin names them

    def clean_ways(self) -> Any:
        """Someone in danger taps these links: each must lead somewhere."""
        ways = self.cleaned_data["ways"]
        if not isinstance(ways, list) or not ways:
            raise forms.ValidationError(_("A list of at least one way to reach the line."))
        for way in ways:
            if not isinstance(way, dict) or way.get("action") not in CrisisAction.values:
                raise forms.ValidationError(_("Each way has an action: CALL, TEXT, CHAT or RELAY."))
            if not way.get("label") or not SAFE_LINK.fullmatch(str(way.get("href", ""))):
                raise forms.ValidationError(_("Each way has a label and a link: tel:, sms: or https://."))
        return ways


@admin.register(CrisisLine, site=desk)
class CrisisLineAdmin(DeskAdmin):
    form = CrisisLineForm
    list_display = ("name", "hours", "is_emergency", "called_on", "position")
    list_filter = ("is_emergency",)
    search_fields = ("name", "description")
    fixed_after_creation = ("slug",)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("slug", "is_emergency", "position", "ways", "languages")}),
        (_("In English"), {"fields": ("name", "description", "hours")}),
        (_("In Spanish"), {"fields": ("name_es", "description_es", "hours_es")}),
        (_("How we know"), {"fields": ("source_url", "called_on")}),
    )

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """A line that no longer answers must go at once, and there is no archive of lines."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
