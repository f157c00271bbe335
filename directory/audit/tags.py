"""Every kind of event, with the keys it must carry. Each has its sentence in templates/events/."""

TAGS: dict[str, frozenset[str]] = {
    "catalog:seed": frozenset({"added", "changed", "removed"}),
    "credential:check": frozenset({"credential", "kind", "status", "found"}),
    "import:part": frozenset({"file", "layout", "added", "changed", "refused"}),
    "seed:demo": frozenset({"added"}),
}
