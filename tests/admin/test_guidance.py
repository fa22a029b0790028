import json

import pytest
from django.forms import modelform_factory

from finder.admin.guidance import CrisisLineForm
from finder.models import CrisisLine

WaysForm = modelform_factory(CrisisLine, form=CrisisLineForm, fields=("ways",))


def faults(ways: object) -> bool:
    return "ways" in WaysForm({"ways": json.dumps(ways)}).errors


@pytest.mark.parametrize("href", ["tel:988", "sms:741741", "https://988lifeline.org/chat/"])
def test_a_way_to_reach_a_line_calls_texts_or_opens_a_page(href: str) -> None:
    assert not faults([{"action": "CALL", "label": "Call", "href": href}])


@pytest.mark.parametrize(
    "ways",
    [
        [],
        {},
        [{"action": "CALL", "label": "Call", "href": "javascript:alert(1)"}],
        [{"action": "CALL", "label": "", "href": "tel:988"}],
        [{"action": "SHOUT", "label": "Shout", "href": "tel:988"}],
        ["tel:988"],
    ],
)
def test_a_way_that_leads_nowhere_is_refused(ways: object) -> None:
    assert faults(ways)
