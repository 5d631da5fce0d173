"""The verbs: recording, the one way in; reporting, the one way out; tracing, the way back; checking."""
