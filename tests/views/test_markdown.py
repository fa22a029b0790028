import pytest
from django.utils import translation

from finder.views.markdown import html_of, line_of


def test_paragraphs_lists_and_bold_are_shown() -> None:
    assert html_of("One.\n\n- **Two**\n- Three") == (
        '<p>One.</p>\n<ul class="bullets">\n<li><strong>Two</strong></li>\n<li>Three</li>\n</ul>\n'
    )
    assert '<ol class="steps">' in html_of("1. First\n2. Then")


def test_a_line_has_no_paragraph_around_it() -> None:
    assert line_of("Call [911](tel:911).") == 'Call <a href="tel:911">911</a>.'


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '<img src=x onerror="x">', "<!-- x -->", "a <b>c</b>", "&lt;script&gt;"],
)
def test_html_is_shown_as_text(text: str) -> None:
    assert "<script" not in html_of(text) + line_of(text)
    assert "<img" not in html_of(text) + line_of(text)
    assert "<b>" not in html_of(text) + line_of(text)
    assert "<!--" not in html_of(text) + line_of(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "http://plain.example/",
        "//other.example/",
        "x",
    ],
)
def test_a_link_that_is_not_safe_is_no_link(address: str) -> None:
    assert "<a" not in html_of(f"[words]({address})")


def test_images_headings_and_quotes_stay_text() -> None:
    assert "<img" not in html_of("![x](https://x.example/x.png)")
    assert "<h1" not in html_of("# x")
    assert "<blockquote" not in html_of("> x")


def test_another_site_learns_nothing() -> None:
    assert 'rel="noreferrer nofollow"' in html_of("[words](https://other.example/)")


def test_our_own_pages_open_in_the_readers_language() -> None:
    assert 'href="/about/"' in html_of("[words](/about/)")
    with translation.override("es"):
        assert 'href="/es/about/"' in html_of("[words](/about/)")
        assert 'href="tel:911"' in html_of("[911](tel:911)")
