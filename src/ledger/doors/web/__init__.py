"""The web application: pages for people, and their `.json` twins for programs."""
