"""An event-sourced ledger of government information disclosure."""
