"""Signed checkpoints, proofs and tiles in the formats of C2SP; knows no database."""
