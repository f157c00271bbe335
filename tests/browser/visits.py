"""The pages a visitor may open: one example of every address, each in both languages."""

from flask import Flask

from directory.app import create_app
from directory.config import from_environment

EXAMPLES = {
    "guidance.condition": ["/conditions/plantar-heel-pain", "/conditions/headache"],
    "guidance.guide": ["/guides/side-effects", "/guides/what-happens", "/guides/speak-up-first"],
    "guidance.sheet": ["/questions/sheet?condition=neck-pain&practitioner=maren-kowalczyk"],
    "profiles.show": ["/practitioners/maren-kowalczyk", "/practitioners/noor-haddad"],
    "profiles.verify": ["/verify/", "/verify/?code=NW-7F3K-29"],
    "profiles.verify_code": [],
    "search.results": [
        "/search",
        "/search?near=Guelph+ON&condition=neck+pain",
        "/search?near=Portland&condition=neck+pain",
        "/search?near=Xyzzyville",
        "/search?near=X0A+0H0&condition=sciatica&within=25&profession=dentist",
        "/search?near=Guelph+ON&condition=qqqq&within=9999",
    ],
}


def pages() -> list[str]:
    """An address for each page of the site, from its own map; "/nothing-here…" stands for the error pages."""
    site = create_app(from_environment())
    found = ["/nothing-here", f"/nothing-here-{'x' * 200}"]
    for rule in site.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and _is_page(site, rule.rule):
            found += EXAMPLES.get(rule.endpoint, [] if rule.arguments else [rule.rule])
    return sorted(set(found))


def _is_page(site: Flask, path: str) -> bool:
    return not path.startswith(("/api/", "/assets/")) and path not in {
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/sitemap.xml",
    }
