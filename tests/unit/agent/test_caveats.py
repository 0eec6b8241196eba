"""Caveats come with the studies that an answer cites, and with the notes of its calculations; each once."""

from made_studies import QX, QZ
from turns import DOCUMENT

from assistant.agent.caveats import caveats
from assistant.values import Calculation, CalculationInput, Citation, Result

IN_MICE = "preclinical, in mice"


def citation(start, end, document=DOCUMENT):
    return Citation(id=1, document=document, quote="x" * (end - start), start=start, end=end, passage="x")


def calculation(*notes, name="activity"):
    entry = CalculationInput(name=name, value=1, unit="MBq")
    return Calculation(id="c1", tool="decay", formula="f", inputs=(entry,), results=(Result(name="r", value=1, unit="MBq"),), notes=notes)


QX_MEASURED = citation(890, 950)  # survival of the two doses at 900
QZ_MEASURED = citation(1490, 1550)


def test_animals_are_named_where_their_measurements_are_cited():
    assert caveats("90 days [1].", [QX_MEASURED], [], [QX]) == (IN_MICE,)


def test_a_study_that_is_not_cited_brings_none():
    assert caveats("Hello.", [], [], [QX, QZ]) == ()
    assert caveats("The president [1].", [citation(0, 50)], [], [QX]) == ()
    elsewhere = DOCUMENT.model_copy(update={"id": "d9"})
    assert caveats("90 days [1].", [citation(890, 950, elsewhere)], [], [QX]) == ()


def test_other_species_and_people():
    dogs, people, unknown = (QX.model_copy(update={"species": species}) for species in ("dog", "human", None))
    assert caveats("90 days [1].", [QX_MEASURED], [], [dogs]) == ("preclinical, in dogs",)
    assert caveats("90 days [1].", [QX_MEASURED], [], [people, unknown]) == ()


def test_an_inferred_nuclide_is_said_to_be_where_the_answer_speaks_of_it():
    said = caveats("Of 7.4 MBq of 161Tb or Tb-161 [1].", [QZ_MEASURED], [], [QZ])
    assert len(said) == 2
    assert "QX 161" in said[1]
    assert "inferred" in said[1]
    assert caveats("150 days [1].", [QZ_MEASURED], [], [QZ]) == (IN_MICE,)
    by_input = caveats("150 days [1].", [QZ_MEASURED], [calculation(name="half-life(Tb-161)")], [QZ])
    assert any("inferred" in line for line in by_input)
    assert caveats("Lu-177 [1].", [QX_MEASURED], [], [QX]) == (IN_MICE,)  # stated by the document


def test_notes_of_calculations_follow_and_none_comes_twice():
    said = caveats(
        "90 [1] [c1].", [QX_MEASURED], [calculation("physical decay only"), calculation("physical decay only", "confounded")], [QX, QX]
    )
    assert said == (IN_MICE, "physical decay only", "confounded")
