"""Django's admin classes with the parameters that only the type checker knows."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as AuthUserAdmin
from django.forms import BaseInlineFormSet
from django.forms import ModelForm as AnyModelForm

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
    ModelForm = AnyModelForm[Any]
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
    UserAdmin = AuthUserAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline
    TabularInline = admin.TabularInline
    ModelForm = AnyModelForm
    InlineFormSet = BaseInlineFormSet
    UserAdmin = AuthUserAdmin

__all__ = ["InlineFormSet", "ModelAdmin", "ModelForm", "StackedInline", "TabularInline", "UserAdmin"]
