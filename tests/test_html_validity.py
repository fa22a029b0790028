"""The W3C's own checker finds nothing to say of any public page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory

from finder.views import errors
from finder.views.too_many import too_many
from tests.own_list_pages import own_list_pages
from tests.public_pages import public_pages

CHECKER = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
FAULTY = '<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><p id="a">'
JAVA = shutil.which("java")

pytestmark = [
    pytest.mark.usefixtures("vocabulary"),
    pytest.mark.skipif(
        JAVA is None or not CHECKER.exists(),
        reason="!!! HTML is NOT CHECKED: needs java and npm (apt-get install default-jre-headless npm)",
    ),
]


def complaints(folder: Path) -> list[str]:
    command = [str(JAVA), "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", str(folder)]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(message['url']).stem}: {message['message']} {message.get('extract', '')!r}"
        for message in json.loads(checked.stderr)["messages"]
    ]


def error_pages(request: HttpRequest) -> dict[str, bytes]:
    fault = Exception()
    return {
        "400": errors.bad_request(request, fault).content,
        "403": errors.forbidden(request, fault).content,
        "form expired": errors.form_expired(request).content,
        "429": too_many(request, 30).content,
        "500": errors.server_error(request).content,
    }


def test_every_page_is_valid_and_the_checker_awake(
    client: Client, rf: RequestFactory, tmp_path: Path
) -> None:
    """One run for all, a faulty page among them: starting Java takes longer than checking a page."""
    pages = {name: client.get(address).content for name, address in public_pages().items()}
    pages |= error_pages(rf.get("/somewhere/"))
    pages |= own_list_pages()
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page)
    (tmp_path / "faulty.html").write_text(FAULTY)
    found = complaints(tmp_path)
    assert len(pages) >= 35
    assert [complaint for complaint in found if complaint.startswith("faulty: Duplicate ID")]
    assert [complaint for complaint in found if not complaint.startswith("faulty:")] == []
