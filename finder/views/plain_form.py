"""Forms of public pages: their fields look and read like all others of the site."""

from typing import Any

from django import forms

TICKED = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


class PlainForm(forms.Form):
    use_required_attribute = False
    """Browsers would say what is missing in a language of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, TICKED):
                field.widget.attrs["class"] = "field"


def form_name(field: str) -> str:
    """Of a field of a listing: a point would end a name in a template."""
    return field.replace(".", "__")
