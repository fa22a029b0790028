import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.importers import samhsa_codes
from finder.importers.samhsa_codes import CODES, code_named

FOLDER = Path(samhsa_codes.__file__).parent


def rows(file_name):
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_code_of_2022_and_2024_is_known_once():
    codes = [row["service_code"] for row in rows("samhsa_codes.csv")]

    assert len(codes) == 317
    assert len(set(codes)) == 317


def test_the_directories_share_86_codes():
    assert Counter(code.directories for code in CODES.values()) == {"SM": 86, "S": 141, "M": 90}


def test_a_code_knows_its_category_name_and_directories():
    code = CODES["HID"]

    assert (code.category_code, code.directories) == ("SET", "S")
    assert code.service_name == "Hospital inpatient detoxification"
    assert code.left_out_reason == ""


@pytest.mark.parametrize(
    ("code", "name"),
    [("MC", "Medicare"), ("MD", "Medicaid"), ("SF", "Cash or self-payment"), ("NP", "No payment accepted")],
)
def test_payment_codes_are_not_mixed_up(code, name):
    assert CODES[code].service_name == name


def test_codes_cannot_be_changed_while_running():
    with pytest.raises(TypeError):
        CODES["DT"] = CODES["SA"]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_every_code_is_found_by_its_own_category_and_name(code):
    assert code_named(code.category_code, code.service_name) == code.service_code


@pytest.mark.parametrize(
    ("category", "name", "code"),
    [
        ("SG", "Young adults", "TAY"),
        ("AGE", "Young adults", "YAD"),
        ("OMSC", "In-network prescribing entity", "INPE"),
        ("SMAT", "In-network prescribing entity", "AUINPE"),
        ("OMSC", "Other contracted prescribing entity", "RPE"),
        ("SMAT", "Other contracted prescribing entity", "AURPE"),
        ("OMSC", "No formal relationship with prescribing entity", "PC"),
        ("SMAT", "No formal relationship with prescribing entity", "AUPC"),
        ("SET", "Partial hospitalization/day treatment", "PHDT"),
        ("FT", "Partial hospitalization/day treatment", "PH"),
    ],
)
def test_the_category_tells_codes_of_one_name_apart(category, name, code):
    assert code_named(category, name) == code


@pytest.mark.parametrize(
    ("category", "name", "code"),
    [
        ("ASSES", "Comprehensive substance use assessment", "CSAA"),
        ("EDU", "Employment counseling or training", "EMP"),
        ("EDU", "Individual counseling offered", "ICO"),
        ("TOBAC", "Screening for tobacco use", "STU"),
        ("TOBAC", "Smoking/tobacco cessation counseling", "TCC"),
        ("SCR", "Breath analyzer or blood alcohol testing", "BABA"),
        ("SCR", "Screening for mental health disorders", "SMHD"),
        ("AS", "Consumer-run (peer-support) services", "PEER"),
        ("AS", "Self-help groups", "SHG"),
        ("OL", "Spanish", "SP"),
        ("OT", "Accepts clients on opioid medication", "MOA"),
        ("OT", "Prescribes/administers buprenorphine", "UB"),
        ("PAY", "Military insurance (e.g., TRICARE)", "MI"),
        ("PHR", "Buprenorphine with naloxone  (Suboxone®)", "BWN"),
        ("SET", "Telemedicine/telehealth", "TELE"),
        ("SG", "Transitional age young adults", "TAY"),
    ],
)
def test_older_names_of_the_same_service_are_understood(category, name, code):
    assert code_named(category, name) == code


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("EXCL", "DUI/DWI clients"),
        ("EXCL", "Methadone and buprenorphine clients only"),
        ("FT", "Psychiatric hospital or psychiatric unit of a general hospital"),
        ("TAP", "Behavior modification"),
        ("SG", "Medicaid"),
        ("PAY", ""),
        ("", "Medicaid"),
    ],
)
def test_a_name_that_no_code_means_is_not_guessed(category, name):
    assert code_named(category, name) is None


@given(code=st.sampled_from(list(CODES.values())), mark=st.sampled_from([" ", "  ", " - ", "®", " / "]))
def test_case_punctuation_and_blanks_make_no_difference(code, mark):
    spoken = mark + re.sub(r"[^A-Za-z0-9]+", lambda _: mark, code.service_name).upper() + mark

    assert code_named(code.category_code, spoken) == code.service_code


@given(category=st.text(max_size=8), name=st.text(max_size=60))
def test_any_text_is_a_known_code_or_none(category, name):
    assert code_named(category, name) in {None, *CODES}


def test_every_older_name_leads_to_a_current_code():
    older = rows("samhsa_older_names.csv")

    assert {row["service_code"] for row in older} <= set(CODES)


def test_no_older_name_repeats_a_current_one():
    current = {(code.category_code, code.service_name.casefold()) for code in CODES.values()}

    assert not [
        row
        for row in rows("samhsa_older_names.csv")
        if (row["category_code"], row["service_name"].casefold()) in current
    ]
