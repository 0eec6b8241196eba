"""Question → topic: what is asked, in which form and unit, about which studies and arms, on its own or following up."""
