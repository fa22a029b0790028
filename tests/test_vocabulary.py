"""The vocabulary as shipped: rules that a person editing it could break."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from finder.importers.samhsa_codes import CODES

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
TREATMENT = {"withdrawal_management", "behavioral_health"}
CATEGORIES = TREATMENT | {"support_group"}
GROUPS = {"TAKE_ME", "COST", "WHAT_HAPPENS", "GET_IN", "WHEN", "ABOUT"}
SPOKEN = ("name", "name_es", "explanation", "explanation_es", "question", "question_es")
BANNED = re.compile(
    r"\b(addicts?|adict[oa]s?|abus\w+|clean|limpi[oa]s?|dirty|suci[oa]s?|best|doses?|dosis|\d+ ?m[cl]?g)\b",
    re.I,
)
EXPECTED_SLUGS = [
    "medicaid",
    "medicare",
    "private_insurance",
    "military_insurance",
    "state_insurance",
    "cash",
    "free",
    "sliding_scale",
    "payment_assistance",
    "buprenorphine",
    "methadone",
    "naltrexone",
    "otp",
    "naloxone",
    "kratom",
    "detox",
    "hospital_detox",
    "residential_detox",
    "outpatient_detox",
    "medically_supervised",
    "detox_alcohol",
    "detox_opioids",
    "detox_benzodiazepines",
    "detox_cocaine",
    "detox_methamphetamines",
    "residential",
    "outpatient",
    "intensive_outpatient",
    "hospital_inpatient",
    "sober_living",
    "telehealth",
    "mental_health",
    "co_occurring",
    "alcohol_treatment",
    "opioid_treatment",
    "spanish",
    "sign_language",
    "vietnamese",
    "women",
    "men",
    "children",
    "adolescents",
    "young_adults",
    "seniors",
    "pregnant",
    "veterans",
    "lgbtq",
    "wheelchair_accessible",
    "in_person",
    "online",
    "alcoholics_anonymous",
    "narcotics_anonymous",
    "al_anon",
    "smart_recovery",
    "recovery_dharma",
    "lifering",
    "women_for_sobriety",
    "celebrate_recovery",
    "dual_recovery_anonymous",
    "open_meeting",
    "closed_meeting",
    "women_meeting",
    "men_meeting",
    "beginners_meeting",
    "spanish_meeting",
]


def fields_of(file_name, model):
    rows = json.loads((FIXTURES / file_name).read_text(encoding="utf-8"))
    return {row["pk"]: row["fields"] for row in rows if row["model"] == model}


TAXONOMIES = fields_of("vocabulary.json", "finder.taxonomy")
TERMS = fields_of("vocabulary.json", "finder.taxonomyterm")
BY_SLUG = {term["slug"]: term for term in TERMS.values()}


def samhsa(term):
    return term["source_codes"].get("samhsa", [])


def slugs(terms):
    return sorted(term["slug"] for term in terms)


def terms_fed_by(*codes):
    return {term["slug"] for term in TERMS.values() if set(codes) & set(samhsa(term))}


# Codes


def test_every_samhsa_code_feeds_a_term_or_says_why_not():
    mapped = {code for term in TERMS.values() for code in samhsa(term)}
    left_out = {code.service_code for code in CODES.values() if code.left_out_reason}

    assert mapped | left_out == set(CODES)
    assert not mapped & left_out


def test_few_codes_are_left_out():
    assert {code.service_code for code in CODES.values() if code.left_out_reason} == {"AIM", "PAIN", "PIEC"}


def test_no_term_lists_a_code_twice():
    assert not [slug for slug, term in BY_SLUG.items() if len(set(samhsa(term))) != len(samhsa(term))]


def test_special_programs_share_no_term_with_other_codes():
    kinds = {
        slug: {CODES[code].category_code == "SG" for code in samhsa(term)} for slug, term in BY_SLUG.items()
    }

    assert not [slug for slug, kind in kinds.items() if len(kind) > 1]


def test_special_programs_say_so_in_both_languages():
    special = terms_fed_by(*(code.service_code for code in CODES.values() if code.category_code == "SG"))

    assert len(special) == 24
    assert all("special program" in BY_SLUG[slug]["name"].lower() for slug in special)
    assert all("programa especial" in BY_SLUG[slug]["name_es"].lower() for slug in special)


def test_medical_supervision_is_stated_by_hospital_detox_or_routine_medicine():
    assert set(samhsa(BY_SLUG["medically_supervised"])) == {"HID", "MDET"}
    assert terms_fed_by("HID") == {"hospital_detox", "medically_supervised"}


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("medicare", "MC"),
        ("medicaid", "MD"),
        ("military_insurance", "MI"),
        ("cash", "SF"),
        ("sliding_scale", "SS"),
        ("free", "NP"),
        ("spanish", "SP"),
        ("sign_language", "AH"),
        ("pregnant", "PW"),
        ("sober_living", "HH"),
    ],
)
def test_codes_that_are_easily_confused_feed_the_right_term(slug, code):
    assert samhsa(BY_SLUG[slug]) == [code]


def test_every_medicine_code_of_buprenorphine_states_buprenorphine():
    assert set(samhsa(BY_SLUG["buprenorphine"])) == {"BU", "BUM", "BMW", "UB", "BWN", "BWON", "BERI", "BSDM"}


def test_detox_with_a_medicine_does_not_promise_the_medicine_afterward():
    assert terms_fed_by("DB") == {"buprenorphine_detox", "opioid_treatment"}
    assert terms_fed_by("DM") == {"methadone_detox", "opioid_treatment"}


def test_no_import_can_state_that_a_place_treats_kratom():
    assert BY_SLUG["kratom"]["source_codes"] == {}


def test_kratom_words_lead_only_to_the_term_that_asks():
    assert slugs(term for term in TERMS.values() if {"kratom", "7-oh"} & set(term["synonyms"])) == ["kratom"]


# Taxonomies


def test_every_term_belongs_to_a_taxonomy_with_terms():
    assert {term["taxonomy"] for term in TERMS.values()} == set(TAXONOMIES)


def test_taxonomies_name_known_categories_and_groups():
    assert all(set(taxonomy["categories"]) <= CATEGORIES for taxonomy in TAXONOMIES.values())
    assert all(taxonomy["categories"] for taxonomy in TAXONOMIES.values())
    assert {taxonomy["group"] for taxonomy in TAXONOMIES.values()} == GROUPS


def test_what_samhsa_states_constrains_both_treatment_categories_and_no_meeting():
    fed = {term["taxonomy"] for term in TERMS.values() if samhsa(term)}

    assert all(set(TAXONOMIES[slug]["categories"]) == TREATMENT for slug in fed)


def test_meeting_facts_constrain_only_meetings():
    for taxonomy in ("fellowship", "meeting_type", "attendance"):
        assert TAXONOMIES[taxonomy]["categories"] == ["support_group"]


def test_positions_are_unique_among_taxonomies_and_within_each():
    assert len({taxonomy["position"] for taxonomy in TAXONOMIES.values()}) == len(TAXONOMIES)
    places = Counter((term["taxonomy"], term["position"]) for term in TERMS.values())
    assert max(places.values()) == 1


# Slugs, offers, facets


def test_keys_and_slugs_are_unique_and_plain():
    rows = json.loads((FIXTURES / "vocabulary.json").read_text(encoding="utf-8"))

    assert len({(row["model"], row["pk"]) for row in rows}) == len(rows)
    assert len(BY_SLUG) == len(TERMS)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", slug) for slug in [*BY_SLUG, *TAXONOMIES])
    assert all(len(slug) <= 50 for slug in [*BY_SLUG, *TAXONOMIES])


@pytest.mark.parametrize("slug", EXPECTED_SLUGS)
def test_public_slugs_stay(slug):
    assert slug in BY_SLUG


@pytest.mark.parametrize(
    "code",
    [
        "DUO",
        "AUDO",
        "OUDO",
        "NAUT",
        "NOOP",
        "NMAUT",
        "NMOA",
        "VAMC",
        "VAHC",
        "IH",
        "TBG",
        "SMON",
        "SMOP",
        "VAPN",
        "PVTP",
        "STAG",
    ],
)
def test_restrictions_and_facts_about_the_place_are_shown_but_not_offered(code):
    assert CODES[code].left_out_reason == ""
    shown = terms_fed_by(code) - {"alcohol_treatment", "opioid_treatment"}
    assert shown
    assert not [slug for slug in shown if BY_SLUG[slug]["is_offered"]]


def test_a_need_has_a_question_in_both_languages_and_other_terms_have_none():
    for term in TERMS.values():
        assert bool(term["question"]) == bool(term["question_es"]) == term["is_offered"], term["slug"]


def test_questions_are_questions():
    for term in TERMS.values():
        assert not term["question"] or term["question"].endswith("?")
        assert not term["question_es"] or ("¿" in term["question_es"] and term["question_es"].endswith("?"))


def test_facets_are_few_and_offered():
    facets = [term for term in TERMS.values() if term["is_facet"]]

    assert len(facets) <= 40
    assert all(term["is_offered"] for term in facets)
    assert {
        category for term in facets for category in TAXONOMIES[term["taxonomy"]]["categories"]
    } == CATEGORIES


# Words


@pytest.mark.parametrize("language", ["", "_es"])
def test_names_are_filled_and_fit_a_chip(language):
    for entry in [*TERMS.values(), *TAXONOMIES.values()]:
        assert 0 < len(entry["name" + language]) <= 40, entry["name"]


@pytest.mark.parametrize("language", ["", "_es"])
def test_explanations_are_one_short_sentence(language):
    for term in TERMS.values():
        explanation = term["explanation" + language]
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ][^.!?]*\.", explanation), explanation
        assert len(explanation) <= 160, explanation


def test_explanations_are_short_enough_to_read_with_ease():
    assert not [term["slug"] for term in TERMS.values() if len(term["explanation"].split()) > 22]


def test_our_own_words_put_the_person_first_and_give_no_doses():
    assert not [term[key] for term in TERMS.values() for key in SPOKEN if BANNED.search(term[key])]


def test_the_check_for_banned_words_catches_them():
    for words in ("for addicts", "drug abuse", "get clean", "8 mg", "8mg", "la dosis", "the best care"):
        assert BANNED.search(words)


def test_synonyms_are_lower_case_and_said_once_per_term():
    for term in TERMS.values():
        assert all(word == word.lower().strip() and 1 < len(word) <= 60 for word in term["synonyms"])
        assert len(set(term["synonyms"])) == len(term["synonyms"]), term["slug"]


def test_no_synonym_could_be_read_as_a_state():
    states = {"al", "ca", "co", "de", "ga", "hi", "id", "in", "la", "ma", "me", "mi", "or", "pa", "va"}

    assert not states & {word for term in TERMS.values() for word in term["synonyms"]}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("suboxone", {"buprenorphine"}),
        ("vivitrol", {"naltrexone"}),
        ("rehab", {"residential", "outpatient"}),
        ("psych", {"mental_health"}),
        ("sober living", {"sober_living"}),
        ("halfway house", {"sober_living"}),
        ("aa", {"alcoholics_anonymous"}),
        ("narcan", {"naloxone"}),
        ("embarazada", {"pregnant"}),
        ("dual diagnosis", {"co_occurring"}),
        ("silla de ruedas", {"wheelchair_accessible"}),
        ("alcohólicos anónimos", {"alcoholics_anonymous"}),
    ],
)
def test_everyday_words_lead_to_terms(word, expected):
    assert expected <= {term["slug"] for term in TERMS.values() if word in term["synonyms"]}


@pytest.mark.parametrize("slug", [slug for slug, term in BY_SLUG.items() if term["is_facet"]])
def test_what_people_narrow_by_can_be_typed(slug):
    assert BY_SLUG[slug]["synonyms"]


def test_the_explanation_lists_every_code_that_is_left_out():
    page = (FIXTURES.parent / "docs" / "explanation" / "vocabulary.md").read_text(encoding="utf-8")

    for code in CODES.values():
        row = f"| `{code.service_code}` | {code.service_name} | {code.left_out_reason} |"
        assert (row in page) == bool(code.left_out_reason), code.service_code
