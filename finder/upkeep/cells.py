"""Cells of tables that a spreadsheet opens: none of them may be read as a formula."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def plain_cell(text: str) -> str:
    """With a mark before what a spreadsheet would calculate."""
    return f"{MARK}{text}" if text.startswith(FORMULA) else text


def text_of(cell: str) -> str:
    """As it was before `plain_cell`."""
    text = cell.strip()
    return text[1:] if text.startswith(MARK) and text[1:].startswith(FORMULA) else text
