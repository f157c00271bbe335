"""Append-only memory: who did what to which, when, why."""
