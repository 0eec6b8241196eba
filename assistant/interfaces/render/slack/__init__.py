"""Answers, proofs and checks as Slack's Block Kit; pure functions from values to plain blocks that Slack never refuses."""
