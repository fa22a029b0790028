"""Plots as SVG, drawn on the server: shapes for the template, and beside each the numbers as a table."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT, BAR = 600, 120, 22
GAP = 8


class Piece(NamedTuple):
    x: float
    width: float
    shade: int
    value: int


class Bar(NamedTuple):
    label: str
    y: int
    pieces: list[Piece]
    total: int


class Bars(NamedTuple):
    """Each bar is a whole of its own, divided into the same kinds."""

    kinds: list[str]
    bars: list[Bar]
    height: int
    width: int = WIDTH
    thickness: int = BAR


class Dot(NamedTuple):
    x: float
    y: float
    label: str
    value: int


class Line(NamedTuple):
    name: str
    points: str
    dots: list[Dot]
    shade: int


class Lines(NamedTuple):
    labels: list[str]
    lines: list[Line]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT


def bars(kinds: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> Bars:
    drawn = [bar(number, label, values) for number, (label, values) in enumerate(rows)]
    return Bars(list(kinds), drawn, len(drawn) * (BAR + GAP))


def bar(number: int, label: str, values: Sequence[int]) -> Bar:
    total, x, pieces = sum(values), 0.0, []
    for shade, value in enumerate(values):
        width = WIDTH * value / total if total else 0.0
        pieces.append(Piece(round(x, 2), round(width, 2), shade, value))
        x += width
    return Bar(label, number * (BAR + GAP), pieces, total)


def lines(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Lines:
    """All on one scale, from nothing to the highest."""
    highest = max((value for _name, values in series for value in values), default=0)
    step = WIDTH / max(len(labels) - 1, 1)
    drawn = []
    for shade, (name, values) in enumerate(series):
        dots = [
            Dot(round(number * step, 2), height_of(value, highest), label, value)
            for number, (label, value) in enumerate(zip(labels, values, strict=True))
        ]
        drawn.append(Line(name, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots, shade))
    return Lines(list(labels), drawn, highest)


def height_of(value: int, highest: int) -> float:
    return round(HEIGHT * (1 - value / highest), 2) if highest else float(HEIGHT)
