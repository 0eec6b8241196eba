"""Which names are compounds, what they carry, and which disease a model stands for."""

from __future__ import annotations

import pytest

from assistant.studies.extract import extract_studies
from assistant.studies.facts import Study

LIVED = " Median survival was 40 days with 12 MBq and 20 days with vehicle."


def _study(text: str) -> Study:
    (study,) = extract_studies("doc", text)
    return study


@pytest.mark.parametrize("code", ["XR 7", "XR-7", "LUXEL-3"])
def test_a_code_of_one_digit_is_a_compound_where_it_is_given(code: str) -> None:
    study = _study(f"Mice bearing PC3 xenografts received 12 MBq of {code} or vehicle. {code} carries lutetium-177." + LIVED)
    assert (study.compound, study.nuclide and study.nuclide.name) == (code, "Lu-177")


@pytest.mark.parametrize("said", ["XR 7 = 177Lu-labelled ligand.", "XR 7 is a 177Lu-labelled ligand.", "XR 7 is an yttrium-90 chelate."])
def test_a_code_of_one_digit_is_a_compound_where_it_is_labelled(said: str) -> None:
    assert _study(f"{said} Mice bearing PC3 xenografts received 12 MBq or vehicle." + LIVED).compound == "XR 7"


@pytest.mark.parametrize(
    "said", ["an antibody against PARP 1", "a peptide that targets PARP-1", "a PARP-1 inhibitor", "a ligand of the PARP-1 receptor"]
)
def test_a_code_of_one_digit_may_be_a_target(said: str) -> None:
    study = _study(f"Mice bearing PC3 xenografts received 12 MBq of 177Lu-ABC-12, {said}, or vehicle." + LIVED)
    assert study.compound == "177Lu-ABC-12"


@pytest.mark.parametrize("said", ["Study QRS-101 tested 90Y-zalumab.", "QRS-101 was an open-label, randomised trial of 90Y-zalumab."])
def test_the_code_of_a_study_is_no_compound(said: str) -> None:
    study = _study(
        f"{said} Patients with lymphoma were treated with 12 MBq of 90Y-zalumab. Median overall survival was 9 months in QRS-101."
    )
    assert study.compound == "90Y-zalumab"


def test_the_only_code_is_the_compound_where_animals_lived_after_doses() -> None:
    text = "The QRS-214 team is glad: in the PC3 xenograft model, mice that had two doses lived for a median of 81 days."
    assert _study(text).compound == "QRS-214"
    assert _study(text.replace("The QRS-214 team is", "The QRS-214 and QRS-300 teams are")).compound is None


def test_an_alpha_emitter_may_be_inferred_from_the_name_and_nothing_else() -> None:
    text = "QRS-225 is an {}. Mice bearing PC3 xenografts received 12 kBq of QRS-225. Median survival was 40 days."
    alpha = _study(text.format("alpha-emitting conjugate")).nuclide
    assert alpha and (alpha.name, alpha.stated) == ("Ac-225", False)
    assert _study(text.format("antibody conjugate")).nuclide is None


def test_a_disease_may_head_a_paragraph_or_be_said_of_all_models() -> None:
    heads = extract_studies(
        "doc",
        "Glioblastoma. Mice bearing U-87 MG xenografts received 12 MBq of 177Lu-ABC-12. Median survival was 40 days.\n\n"
        "Ovarian cancer. Mice bearing SKOV-3 xenografts received 12 MBq of 177Lu-ABC-12. Median survival was 50 days.\n",
    )
    assert [(study.model, study.disease) for study in heads] == [("U-87 MG", "Glioblastoma"), ("SKOV-3", "Ovarian cancer")]
    both = extract_studies(
        "doc",
        "177Lu-ABC-12 in ovarian cancer models\n\n"
        "Mice bearing OVCAR-8 xenografts received 12 MBq of 177Lu-ABC-12. Median survival was 40 days.\n\n"
        "Mice bearing SKOV-3 xenografts received 12 MBq of 177Lu-ABC-12. Median survival was 50 days.\n",
    )
    assert [(study.model, study.disease) for study in both] == [("OVCAR-8", "ovarian cancer"), ("SKOV-3", "ovarian cancer")]


def test_the_species_stands_where_the_model_does() -> None:
    study = _study(
        "- Model: B16-F10 melanoma under the skin of C57BL/6 mice\n\nSurvival after 12 MBq of 177Lu-ABC-12 was 30 days.\n\n"
        "- Next: a dog with melanoma is to be imaged\n"
    )
    assert study.species == "mouse"


def test_a_study_may_be_called_by_its_compound() -> None:
    told = "Mice bearing PC3 xenografts received 12 MBq of {}. Median survival was 40 days."
    assert _study(f"Final results of the ABC-12 study.\n\n{told.format('ABC-12, a labelled peptide')}").compound == "ABC-12"
    assert _study(f"Final results of the ABC-12 study.\n\n{told.format('177Lu-XYZ-9')}").compound == "177Lu-XYZ-9"


def test_experiments_in_two_species_are_two_studies() -> None:
    studies = extract_studies(
        "doc",
        "QXR-177, a labelled ligand\n\n"
        "Mice got saline or 11 MBq of QXR-177. Their median survival was 40 days after saline and 53 days after 11 MBq.\n\n"
        "Dogs with osteosarcoma got 30 MBq/kg of QXR-177. Their median survival was 8 months.\n",
    )
    assert [(study.species, len(study.arms)) for study in studies] == [("mouse", 2), ("dog", 1)]
