"""A directory workbook in SAMHSA's layout, of facilities that do not exist."""

import random
from pathlib import Path

import zipcodes
from openpyxl import Workbook

from finder.importers.samhsa_codes import CODES

ADDRESS = ["name1", "name2", "street1", "street2", "city", "state", "zip"]
PHONES = ["phone", "intake1", "intake2", "intake1a", "intake2a"]
HEADER = [*ADDRESS, *PHONES, "service_code_info"]
BOOK_HEADER = ["category_code", "category_name", "service_code", "service_name", "service_description"]
AREAS = ("287", "288", "100", "799")


def write_directory(path: Path, *, facilities: int, seed: int = 7) -> Path:
    dice = random.Random(seed)
    codes = [code for code in CODES.values() if "S" in code.directories]
    places = [
        place
        for place in zipcodes.list_all()
        if place["zip_code"].startswith(AREAS) and place["zip_code_type"] == "STANDARD"
    ]
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(HEADER)
    for number in range(facilities):
        sheet.append(facility(number, dice, dice.choice(places), answers(dice)))
    book = workbook.create_sheet("Service Code Reference")
    book.append(BOOK_HEADER)
    for code in codes:
        book.append([code.category_code, "", code.service_code, code.service_name, ""])
    workbook.save(path)
    return path


def facility(number: int, dice: random.Random, place: dict[str, str], codes: str) -> list[str]:
    return [
        f"Example Center {number // 2}",
        dice.choice(["", f"Example Unit {number}"]),
        f"{number} Example Street",
        "",
        place["city"],
        place["state"],
        place["zip_code"],
        f"828-555-01{number % 100:02}",
        *[""] * 4,
        codes,
    ]


def answers(dice: random.Random) -> str:
    """Some questions left blank, the others answered by one to five of their codes."""
    questions: dict[str, list[str]] = {}
    for code in CODES.values():
        if "S" in code.directories:
            questions.setdefault(code.category_code, []).append(code.service_code)
    groups = [
        " ".join(dice.sample(choices, dice.randint(1, min(5, len(choices)))))
        for choices in questions.values()
        if dice.random() < 0.7
    ]
    return " * ".join(groups) or "SA"
