"""Answers, studies and documents as something to look at; pure functions from values to text and Rich renderables."""
