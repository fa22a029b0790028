"""Who works here. An administrator makes accounts and gives roles, and cannot make a superuser."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from finder.actions.second_steps import forget_second_steps
from finder.admin.site import desk
from finder.admin.typed import UserAdmin

FOR_ADMINISTRATORS = (
    (None, {"fields": ("username", "password")}),
    (_("Person"), {"fields": ("first_name", "last_name", "email")}),
    (_("Role"), {"fields": ("is_active", "is_staff", "groups")}),
    (_("Dates"), {"fields": ("last_login", "date_joined")}),
)


@admin.register(User, site=desk)
class DeskUserAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "role", "is_active", "is_staff", "last_login")
    list_filter = ("groups", "is_active", "is_staff")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    actions = ("forget_second_steps",)

    @admin.action(description=_("Let them set up a new second step"), permissions=["change"])
    def forget_second_steps(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Not of a superuser, unless by one: their accounts are not an administrator's to open."""
        people = [person for person in queryset if self.has_change_permission(request, person)]
        done = forget_second_steps(of=people)
        said = ngettext("%(count)d second step forgotten.", "%(count)d second steps forgotten.", done)
        self.message_user(request, said % {"count": done}, messages.SUCCESS)

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        return ", ".join(group.name.replace("_", " ") for group in user.groups.all())

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return FOR_ADMINISTRATORS

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return ("last_login", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Else an administrator could set a superuser's password and be one."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(request.user.is_superuser and request.user.is_active)


@admin.register(Group, site=desk)
class DeskGroupAdmin(GroupAdmin):
    """Roles are said in the migrations; here they are read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
