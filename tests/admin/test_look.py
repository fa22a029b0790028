import re
from pathlib import Path

from django.conf import settings

TOKEN = re.compile(r"--([\w-]+): ([^;]+);")
KEPT_APART = {"leave", "focus", "focus-ink"}
"""On the desk, `leave` colors the text of errors, which needs another red in the dark."""


def tokens(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Light ones, then dark ones: each is declared in this order."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name, value in TOKEN.findall(path.read_text()):
        if value.startswith("#"):
            (dark if name in light else light).setdefault(name, value)
    return light, dark


def test_the_desk_has_the_colors_of_the_site() -> None:
    static = Path(settings.BASE_DIR) / "static"
    for desk, site in zip(tokens(static / "admin-desk.css"), tokens(static / "site.css"), strict=True):
        shared = desk.keys() - KEPT_APART
        assert len(shared) >= 15
        assert {name: desk[name] for name in shared} == {name: site.get(name) for name in shared}


def test_nothing_comes_from_elsewhere() -> None:
    css = (Path(settings.BASE_DIR) / "static" / "admin-desk.css").read_text()
    assert "url(" not in css
    assert "@import" not in css
