"""Questions to ask, the printable sheet, and how we check."""
