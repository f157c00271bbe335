"""The pages a visitor may open: one example of every address, each in both languages."""

import re
from functools import cache
from urllib.request import urlopen

from flask import Flask

from directory.app import create_app
from directory.config import from_environment

EXAMPLES = {
    "guidance.condition": ["/conditions/plantar-heel-pain", "/conditions/headache"],
    "guidance.guide": ["/guides/side-effects", "/guides/what-happens", "/guides/speak-up-first"],
    "guidance.sheet": ["/questions/sheet?condition=neck-pain&practitioner=maren-kowalczyk"],
    "profiles.show": [  # together they have every standing; the last is not listed
        "/practitioners/maren-kowalczyk",
        "/practitioners/beatriz-monteverde",
        "/practitioners/noor-haddad",
        "/practitioners/callum-aberfoyle",
        "/practitioners/cyrus-rahbar-lane",
        "/practitioners/ingrid-vasquez-thorne",
        "/practitioners/ada-example",
    ],
    "profiles.verify": ["/verify/", "/verify/?code=NW-7F3K-29"],
    "profiles.verify_code": ["/verify/{maren-kowalczyk}", "/verify/{ada-example}", "/verify/NW-7F3K-29"],
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


def at(live: str, path: str) -> str:
    """The address to visit: {slug} stands for that person's code, which every demo world draws anew."""
    slug = re.search(r"\{(.+)\}", path)
    return live + (path.replace(slug[0], _code(live, slug[1])) if slug else path)


@cache
def _code(live: str, slug: str) -> str:
    with urlopen(f"{live}/practitioners/{slug}") as answer:
        return re.search(r"NW-\w{4}-\w{2}", answer.read().decode())[0]


def _is_page(site: Flask, path: str) -> bool:
    return not path.startswith(("/api/", "/assets/")) and path not in {
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/sitemap.xml",
    }
