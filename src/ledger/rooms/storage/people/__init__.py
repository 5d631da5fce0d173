"""Who may do what: users, their grants, sessions and tokens, and the access log.

A database of its own: a page view must never wait for the journal's lock, nor for its sync.
"""
