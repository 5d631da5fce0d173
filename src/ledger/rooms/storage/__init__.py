"""The only place that knows a database: the journal, the facts, and their tables."""
