"""Two people on one page: what the first saved is never overwritten unseen by the second."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.refusals import Refused
from finder.admin.meanwhile import Changed, Together, bring_together
from finder.admin.page_values import PageValues, Rows, Sent, rows_of_formset, values_of_form
from finder.admin.typed import ModelAdmin

READ = "read"
"""The hidden field with all that the page showed, signed."""

CHANGED_MEANWHILE = gettext_lazy(
    "Someone changed this while you had it open. Nothing is saved yet: look at what changed, then save again."
)


class OneAtATime(ModelAdmin):
    change_form_template = "admin/one_at_a_time.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            found = self.locked(request, object_id)
            if found is not None and self.has_change_permission(request, found):
                self.look_back(request, found)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def locked(self, request: HttpRequest, object_id: str) -> Any:
        """With the rows that are edited on its page: whoever else saves them waits."""
        pk = unquote(object_id)
        try:
            rows = list(self.rows_to_lock().filter(pk=pk))
        except (ValidationError, ValueError):
            return None
        for inline in self.get_inline_instances(request, rows[0]) if rows else ():
            if inline.has_change_permission(request, rows[0]):
                of_row = {inline.get_formset(request, rows[0]).fk.name: pk}  # type: ignore[attr-defined]
                owned = inline.model._default_manager.select_for_update(of=("self",)).filter(**of_row)
                list(owned.order_by("pk").values_list("pk", flat=True))
        return self.get_object(request, pk) if rows else None

    def rows_to_lock(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = self.model._default_manager.select_for_update(of=("self",))
        return rows

    def look_back(self, request: HttpRequest, found: Any) -> None:
        """Where the page no longer says what it showed, its form is made of both, and refused once."""
        form, inlines = self.fresh(request, found)
        now = page_values(form, inlines, self.state_of(found))
        before = read_values(found, request.POST.get(READ, ""))
        request.now_read = now  # type: ignore[attr-defined]
        if before == now:
            return
        together = bring_together(
            request.POST.copy(), before or now, now, fields=form.fields, inlines=inlines
        )
        request.together = together  # type: ignore[attr-defined]
        request.POST = together.post  # type: ignore[assignment]

    def fresh(self, request: HttpRequest, found: Any) -> tuple[Any, list[Rows]]:
        """The page's forms as they would be shown now."""
        form = self.get_form(request, found, change=True)(instance=found)
        formsets = [
            made(instance=found, prefix=made.get_default_prefix(), queryset=inline.get_queryset(request))
            for made, inline in self.get_formsets_with_inlines(request, found)
            if inline.has_change_permission(request, found)
        ]
        return form, list(map(rows_of_formset, formsets))

    def state_of(self, found: Any) -> Sent:
        """What the page says beside its fields, by its name for people."""
        return {}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return refusing(form) if hasattr(request, "together") else form

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        found = context.get("original")
        if found is not None and self.has_change_permission(request, found):
            together: Together | None = getattr(request, "together", None)
            context[READ] = self.read(request, found, context)
            context["changed_meanwhile"] = together.changes if together else ()
        return super().render_change_form(request, context, *args, **kwargs)

    def read(self, request: HttpRequest, found: Model, context: Any) -> str:
        now: PageValues | None = getattr(request, "now_read", None)
        if now is None:
            inlines = [
                rows_of_formset(each.formset)
                for each in context["inline_admin_formsets"]
                if each.has_change_permission
            ]
            now = page_values(context["adminform"].form, inlines, self.state_of(found))
        return signed(found, now)

    def read_again(self, request: HttpRequest, found: Model) -> str:
        """For a page beside the form, which decides about what the form shows."""
        form, inlines = self.fresh(request, found)
        return signed(found, page_values(form, inlines, self.state_of(found)))

    def refuse_if_changed(self, request: HttpRequest, found: Any) -> None:
        """Before a verb of the page, such as publishing; a verb from elsewhere saw no page."""
        token = request.POST.get(READ, "")
        if not token:
            return
        self.locked(request, str(found.pk))
        form, inlines = self.fresh(request, found)
        now = page_values(form, inlines, self.state_of(found))
        before = read_values(found, token)
        if before != now:
            nothing_typed = QueryDict(mutable=True)
            made = bring_together(nothing_typed, before or now, now, fields=form.fields, inlines=inlines)
            raise Refused(in_a_sentence(made.changes))


def in_a_sentence(changes: list[Changed]) -> str:
    told = "; ".join(f"{each.name}: {each.before} → {each.theirs}" for each in changes)
    return _("Someone changed this while you had it open (%(changes)s). Look at it, then decide again.") % {
        "changes": told or _("not known")
    }


def page_values(form: Any, inlines: list[Rows], state: Sent) -> PageValues:
    return PageValues(values_of_form(form), {rows.prefix: rows.rows for rows in inlines}, state)


def signed(found: Model, now: PageValues) -> str:
    return signing.dumps(now, salt=salt_of(found), compress=True)


def read_values(found: Model, token: str) -> PageValues | None:
    """None for what this page never showed."""
    try:
        return PageValues(*signing.loads(token, salt=salt_of(found)))
    except (signing.BadSignature, TypeError):
        return None


def salt_of(found: Model) -> str:
    """A page's text is good for no other page."""
    return f"finder.read.{found._meta.label}.{found.pk}"


def refusing(form: Any) -> Any:
    class Refusing(form):  # type: ignore[misc]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, CHANGED_MEANWHILE)
            return cleaned

    return Refusing
