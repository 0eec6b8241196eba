"""The Assistant in a team's Slack: a Bolt app that takes events into a durable queue, and workers that answer them exactly once."""
