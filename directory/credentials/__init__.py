"""Licence, permission, training, certification, insurance: what was claimed, what was checked, where it stands."""
