"""What someone else changed while a page was open: told field by field, with nothing lost of either."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.admin.page_values import (
    PageValues,
    Rows,
    Sent,
    in_words,
    is_same,
    label_of,
    plain,
    row_in_words,
    sent_rows,
)


class Changed(NamedTuple):
    """`yours` is empty where you had not touched the field: theirs is in the form now."""

    name: str
    before: str
    theirs: str
    yours: str = ""


class Together(NamedTuple):
    """The form that both make: theirs where you changed nothing, yours where you typed."""

    changes: list[Changed]
    post: QueryDict


def bring_together(
    post: QueryDict,
    before: PageValues,
    now: PageValues,
    *,
    fields: Mapping[str, forms.Field],
    inlines: Sequence[Rows],
) -> Together:
    made = post.copy()
    changes = list(own_changes(made, before.own, now.own, fields))
    for rows in inlines:
        changes += inline_changes(made, before.inlines.get(rows.prefix, {}), rows)
    changes += told("", {}, before.state, now.state, {})
    return Together(changes, made)


def own_changes(
    made: QueryDict, before: Sent, now: Sent, fields: Mapping[str, forms.Field]
) -> Iterator[Changed]:
    typed = {name: list(map(plain, made.getlist(name))) for name in now}
    for name, said in merged(typed, before, now).items():
        made.setlist(name, said)
    yield from told("", typed, before, now, fields)


def merged(typed: Sent, before: Sent, now: Sent) -> Sent:
    return {
        name: now[name] if name in now and is_same(said, before.get(name, [])) else said
        for name, said in typed.items()
    }


def told(
    whose: str, typed: Sent, before: Sent, now: Sent, fields: Mapping[str, forms.Field]
) -> Iterator[Changed]:
    for name, said in now.items():
        was = before.get(name, [])
        if not is_same(said, was):
            field, mine = fields.get(name), typed.get(name, was)
            yield Changed(
                whose + label_of(fields, name),
                in_words(field, was),
                in_words(field, said),
                "" if is_same(mine, was) else in_words(field, mine),
            )


def inline_changes(made: QueryDict, before: Mapping[str, Sent], rows: Rows) -> list[Changed]:
    """Rows that they added come in, rows that they removed go, unless you typed something in them."""
    sent = list(sent_rows(made, rows))
    typed = {key: (goes, said) for key, goes, said in sent if key}
    changes: list[Changed] = []
    kept: list[tuple[str, bool, Sent]] = []
    for key, now in rows.rows.items():
        goes, said = typed.get(key, (False, now))
        if key not in before:
            changes.append(Changed(_("%(name)s added") % rows._asdict(), "", row_in_words(rows.fields, now)))
        else:
            changes += told(f"{rows.name}: ", said, before[key], now, rows.fields)
        kept.append((key, goes, merged(said, before.get(key, {}), now)))
    for key, (goes, said) in typed.items():
        if key not in rows.rows:
            was = before.get(key, {})
            is_typed = not goes and any(not is_same(text, was.get(name, [])) for name, text in said.items())
            kept += [("", False, said)] if is_typed else []
            mine = row_in_words(rows.fields, said) if is_typed else ""
            words = row_in_words(rows.fields, was)
            changes.append(Changed(_("%(name)s removed") % rows._asdict(), words, _("removed"), mine))
    kept += [(key, goes, said) for key, goes, said in sent if not key]
    send_rows(made, rows, kept)
    return changes


def send_rows(made: QueryDict, rows: Rows, kept: Sequence[tuple[str, bool, Sent]]) -> None:
    of_a_row = re.compile(rf"{re.escape(rows.prefix)}-\d+-")
    for name in [name for name in made if of_a_row.match(name)]:
        del made[name]
    made[f"{rows.prefix}-TOTAL_FORMS"] = str(len(kept))
    made[f"{rows.prefix}-INITIAL_FORMS"] = str(len(rows.rows))
    for number, (key, goes, said) in enumerate(kept):
        start = f"{rows.prefix}-{number}-"
        made[start + rows.key] = key
        if goes:
            made[f"{start}DELETE"] = "on"
        for name, texts in said.items():
            made.setlist(start + name, texts)
