"""Drawing: what the verbs answer, as text for people and as JSON for programs."""
