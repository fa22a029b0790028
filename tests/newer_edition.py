"""The next edition of a directory's workbook, in which most facilities say something else."""

import random
from pathlib import Path

from openpyxl import load_workbook


def write_newer_edition(path: Path, older: Path, *, seed: int = 11) -> Path:
    """A fifth is renamed, the others move, get another suite or another number; a few are gone."""
    dice = random.Random(seed)
    workbook = load_workbook(older)
    sheet = workbook.worksheets[0]
    columns = {cell.value: number for number, cell in enumerate(sheet[1])}
    for row in sheet.iter_rows(min_row=2):
        cell = {name: row[number] for name, number in columns.items()}
        if dice.random() < 0.2:
            cell["name1"].value = f"{cell['name1'].value} Renamed"
            continue
        if dice.random() < 0.6:
            cell["city"].value = f"{cell['city'].value} West"
        if dice.random() < 0.6:
            cell["street2"].value = f"Suite {dice.randint(1, 99)}"
        if dice.random() < 0.6:
            cell["phone"].value = f"828-555-01{dice.randint(0, 99):02}"
        if dice.random() < 0.1:
            cell["service_code_info"].value = dice.choice(["SA DT", "SA MH", "SA DT * MD"])
    for number in sorted(dice.sample(range(2, sheet.max_row + 1), sheet.max_row // 50), reverse=True):
        sheet.delete_rows(number)
    workbook.save(path)
    return path
