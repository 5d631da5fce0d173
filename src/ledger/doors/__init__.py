"""The doors: the command line, and later the pages and the HTTP API."""
