"""An address as a picture that phones read: segno counts the squares, nothing else draws."""

from typing import NamedTuple

import segno


class Picture(NamedTuple):
    """An SVG path over squares of one, with the margin that readers need."""

    side: int
    path: str

    @property
    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/><path d="{self.path}"/></svg>'
        )


def picture(address: str) -> Picture:
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4)]
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Picture(len(rows), "".join(dark))
