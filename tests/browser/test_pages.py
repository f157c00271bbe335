"""Every page in a real browser: accessible in both themes and widths, nothing from elsewhere, nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.visits import at, pages

PAGES = pages()
WIDTHS = (390, 1280)
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    " p { margin-bottom: 2em !important; }"
)


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(request, chromium: Browser):
    context = chromium.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def faults(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(themed, live, path):
    for language in ("", "/fr"):
        themed.goto(at(live, language + path))
        for width in WIDTHS:
            themed.set_viewport_size({"width": width, "height": 900})
            assert faults(themed) == [], f"{language}{path} at {width}"


def test_axe_sees_a_careless_page(page):
    page.set_content("<html><body><img src='x'><input></body></html>")
    assert faults(page) != []


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_and_nothing_comes_from_elsewhere(chromium, live, path):
    context = chromium.new_context()
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for language in ("", "/fr"):
        page.goto(at(live, language + path))
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) <= 0, f"{language}{path} at {width}"
    context.close()
    assert [url for url in asked if not url.startswith(live)] == []
    assert [text for text in said if "the server responded with a status of 4" not in text] == []


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_wider_spacing_of_text_clips_nothing(chromium, live, path):
    context = chromium.new_context(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(at(live, path))
    page.add_style_tag(content=SPACING)
    assert overflow(page) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('h1,h2,h3,p,a,span,dd,dt,li,button')]
        .filter(e => e.checkVisibility() && getComputedStyle(e).overflow === 'hidden'
          && e.clientWidth > 1 && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    context.close()
    assert cut == []


@pytest.mark.browser
def test_the_first_tab_stop_skips_to_the_content(page, live):
    page.goto(live + "/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.browser
def test_focus_can_always_be_seen(page, live):
    page.goto(live + "/search?near=Guelph+ON&condition=neck+pain")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate(
            """() => { const e = document.activeElement;
            return [e, e.parentElement, e.closest('.inp')].filter(Boolean)
              .map(x => getComputedStyle(x))
              .some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) }"""
        )
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


@pytest.mark.browser
def test_controls_are_large_enough_for_a_thumb(chromium, live):
    context = chromium.new_context(viewport={"width": 390, "height": 900}, has_touch=True)
    page = context.new_page()
    small = {}
    for path in PAGES:
        page.goto(at(live, path))
        found = page.evaluate(
            """() => [...document.querySelectorAll('button, .btn, input:not([type=hidden]), select, summary, .chip')]
            .filter(e => e.checkVisibility() && !e.closest('p'))
            .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
            .filter(([e, r]) => r.width > 0 && r.height < 24)
            .map(([e, r]) => Math.round(r.height) + ' ' + e.outerHTML.slice(0, 90))"""
        )
        if found:
            small[path] = found
    context.close()
    assert small == {}


@pytest.fixture(scope="module")
def scriptless(chromium):
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_without_scripts(scriptless, live, path):
    for prefix, tag in (("", "en-CA"), ("/fr", "fr-CA")):
        scriptless.goto(at(live, prefix + path))
        expect(scriptless.locator("html")).to_have_attribute("lang", tag)
        expect(scriptless.locator("h1")).to_have_count(1)
        expect(scriptless.locator("h1")).to_be_visible()
        assert scriptless.title().strip(" —") not in {"", "Needlewise"}


@pytest.mark.browser
def test_a_search_needs_no_scripts(scriptless, live):
    scriptless.goto(live + "/fr/")
    scriptless.get_by_label("Ce qui fait mal, ou un problème").fill("mal de dos")
    scriptless.get_by_label("Ville, code postal ou adresse").fill("Québec")
    scriptless.get_by_role("button", name="Chercher", exact=True).click()
    assert scriptless.url.startswith(live + "/fr/search?")
    expect(scriptless.locator("h1")).to_contain_text("Québec")
