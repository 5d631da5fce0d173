"""The only readers of schemas/ and projections/."""
