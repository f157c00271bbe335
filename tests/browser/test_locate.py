"""“Use where I am now”: asked only when pressed; refused, the typed field stays and says why."""

import pytest
from playwright.sync_api import expect

GUELPH = {"latitude": 43.5448, "longitude": -80.2482}


@pytest.mark.browser
def test_a_place_that_is_told_goes_into_the_address_no_finer_than_needed(chromium, live):
    context = chromium.new_context(geolocation=GUELPH, permissions=["geolocation"])
    page = context.new_page()
    page.goto(f"{live}/")
    page.get_by_label("What hurts").fill("neck pain")
    page.get_by_role("button", name="Use where I am now").click()
    page.wait_for_url("**/search?*")
    assert "condition=neck+pain" in page.url
    assert "lat=43.545&lon=-80.248" in page.url
    page.go_back()
    assert page.locator("[name=lat]").count() == 0
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("root", "button", "message"),
    [
        ("", "Use where I am now", "We may not see where you are. Type your town or postal code."),
        (
            "/fr",
            "Utiliser ma position",
            "Nous n’avons pas accès à votre position. Écrivez votre ville ou votre code postal.",
        ),
    ],
)
def test_a_place_that_is_refused_leaves_the_typed_field_in_focus(chromium, live, root, button, message):
    context = chromium.new_context(permissions=[])
    page = context.new_page()
    page.goto(f"{live}{root}/")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_have_text(message)
    expect(page.locator("#near")).to_be_focused()
    assert page.url == f"{live}{root}/"
    context.close()


@pytest.mark.browser
def test_without_scripts_the_button_is_not_there_and_the_search_works(chromium, live):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live}/")
    expect(page.locator("[data-locate]")).to_be_hidden()
    page.locator("#near").fill("Guelph")
    page.get_by_role("button", name="Search").click()
    assert page.url == f"{live}/search?condition=&near=Guelph"
    context.close()
