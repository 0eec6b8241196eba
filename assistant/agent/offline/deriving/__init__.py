"""What a question wants worked out of figures that the likeliest sentences state, where no rule tells just which: candidates, weighed."""
