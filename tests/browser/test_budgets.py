"""What a first visit weighs, as the wire carries it, against the budgets of each kind of page."""

import gzip
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

KB = 1024
# html, css, js, font, images, requests, total; bytes compressed with gzip
BUDGETS = {
    "/": (8, 8, 4, 35, 0, 4, 55),
    "/conditions/plantar-heel-pain": (8, 8, 4, 35, 0, 4, 55),
    "/guides/side-effects": (8, 8, 4, 35, 0, 4, 55),
    "/how-we-check": (8, 8, 4, 35, 0, 4, 55),
    "/search?near=Guelph+ON&condition=neck+pain": (12, 8, 12, 35, 25, 6, 95),
    "/practitioners/maren-kowalczyk": (10, 8, 4, 35, 20, 5, 80),
}
KINDS = {"document": 0, "stylesheet": 1, "script": 2, "font": 3, "image": 4}


def on_the_wire(url: str) -> int:
    """Bytes of the body as a browser that reads gzip receives it."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip" or len(gzip.compress(body)) > len(body) * 0.9
    return len(body)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "/fr"])
@pytest.mark.parametrize("path", BUDGETS)
def test_a_first_visit_stays_in_its_budget(page, live, path, language):
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    page.goto(live + language + path, wait_until="networkidle")
    asked = [(kind, url) for kind, url in asked if not urlsplit(url).path.endswith("favicon.svg")]
    assert [kind for kind, _ in asked].count("document") == 1
    weights = [0] * 5
    for kind, url in asked:
        weights[KINDS[kind]] += on_the_wire(url)
    print(f"{language}{path}: " + ", ".join(f"{kind} {weights[i] / KB:.1f} KB" for kind, i in KINDS.items()))
    *limits, most, total = BUDGETS[path]
    over = [kind for kind, i in KINDS.items() if weights[i] > limits[i] * KB]
    assert over == []
    assert len(asked) <= most
    assert sum(weights) <= total * KB


@pytest.mark.browser
def test_nothing_jumps_when_the_font_arrives(page, live):
    page.goto(live + "/")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
          .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300) })"""
    )
    assert shift < 0.1
