"""What programs that serve until they are stopped have in common: a web server, a log, an end, what they have loaded."""
