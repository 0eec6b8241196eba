"""The parts of the safety benchmark: each does something cruel to a library and tells what it found."""
