"""Where people meet the assistant."""
