"""The table of nuclides by what they emit says what the decay data of ICRP 107 say."""

from __future__ import annotations

import pytest
import radioactivedecay

from assistant.resources import prompt_table

EMITTERS = prompt_table("nuclides.toml")["emitters"]


# What lives longer than a patient gives no dose.
_YEARS = 100


def modes(nuclide: str, *, with_progeny: bool = False) -> set[str]:
    """How a nuclide decays, and, where asked, what it decays to, as far as that decays within a life."""
    parent = radioactivedecay.Nuclide(nuclide)
    found = set(parent.decay_modes())
    for child in map(radioactivedecay.Nuclide, parent.progeny() if with_progeny else ()):
        found |= set(child.decay_modes()) if child.half_life("y") < _YEARS else set()
    return found


@pytest.mark.parametrize("nuclide", EMITTERS["alpha"])
def test_alpha_particles_come_from_the_nuclide_or_what_it_decays_to(nuclide):
    assert "α" in modes(nuclide, with_progeny=True)


@pytest.mark.parametrize("nuclide", EMITTERS["beta"])
def test_beta_particles_and_no_alpha(nuclide):
    assert "β-" in modes(nuclide)
    assert "α" not in modes(nuclide, with_progeny=True)


@pytest.mark.parametrize("nuclide", sorted(set(EMITTERS["auger"]) - set(EMITTERS["beta"])))
def test_auger_electrons_follow_electron_capture(nuclide):
    assert "EC" in modes(nuclide)


@pytest.mark.parametrize("nuclide", EMITTERS["positron"])
def test_positrons(nuclide):
    assert "β+ & EC" in modes(nuclide)
