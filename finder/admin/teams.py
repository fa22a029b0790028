"""Teams that share referral lists. Whose lists they are and what stands on them is not seen here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin
from finder.admin.site import desk
from finder.admin.typed import TabularInline
from finder.models import Team, TeamMember


class TeamMembers(TabularInline):
    model = TeamMember
    extra = 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("username", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Team, site=desk)
class TeamAdmin(DeskAdmin):
    list_display = ("name", "member_names")
    search_fields = ("name", "members__user__username")
    search_help_text = _("Name of the team or of a member")
    inlines = (TeamMembers,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members__user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its lists go back to their owners alone."""
        return bool(request.user.has_perm("finder.delete_team"))

    @admin.display(description=_("members"))
    def member_names(self, team: Team) -> str:
        return ", ".join(f"{member.user} ({member.get_role_display()})" for member in team.members.all())
