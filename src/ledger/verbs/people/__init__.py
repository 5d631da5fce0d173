"""What is done with accounts: passwords, one-time links, roles, tokens, and the access log."""
