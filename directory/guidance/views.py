"""Home, the condition guides and the general guides."""
