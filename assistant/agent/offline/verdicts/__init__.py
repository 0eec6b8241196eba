"""Yes or No: whether a sentence affirms or denies what a question asks, or leaves it open."""
