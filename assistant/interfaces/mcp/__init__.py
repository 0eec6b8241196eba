"""The Model Context Protocol: the Assistant as tools of other programs, through the official SDK (the extra ``mcp``)."""
