"""Provinces and states, and who regulates whom there."""
