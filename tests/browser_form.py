"""A page's form as a browser would send it, with all its fields: read from the page, never made up."""

from html.parser import HTMLParser

Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """Fields of the form with this id."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.is_inside = form_id, False
        self.fields: Fields = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = said.get("id") == self.form_id
        elif self.is_inside and tag == "input":
            self.input(said)
        elif self.is_inside and tag == "select":
            self.select = said["name"]
            self.fields.setdefault(self.select, [])
        elif self.select and tag == "option" and "selected" in said:
            self.fields[self.select].append(said["value"])
        elif self.is_inside and tag == "textarea":
            self.textarea = said["name"]
            self.fields[self.textarea] = [""]

    def input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in {"submit", "button"} or (kind in {"checkbox", "radio"} and "checked" not in said):
            return
        unsaid = "on" if kind in {"checkbox", "radio"} else ""
        self.fields.setdefault(said["name"], []).append(said.get("value", unsaid))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea] = [(self.fields[self.textarea][0] + data).removeprefix("\n")]


def fields_of(html: str, form_id: str) -> Fields:
    """Without the empty rows that scripts copy."""
    reader = FormReader(form_id)
    reader.feed(html)
    return {name: said for name, said in reader.fields.items() if "__prefix__" not in name}
