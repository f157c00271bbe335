"""Every route says who may call it; what says nothing is shut."""

import re

import pytest
from flask import Flask

from directory.web import access, errors, locale
from directory.web.access import Permission, access_of, public, requires

KEBAB = re.compile(r"/|(/([a-z0-9.]+(-[a-z0-9]+)*|<[a-z]+:[a-z_]+>(\.[a-z]+)?))+/?")


def undeclared(site: Flask) -> list[str]:
    return [rule.endpoint for rule in site.url_map.iter_rules() if access_of(site, rule.endpoint) is None]


def badly_spelt(site: Flask) -> list[str]:
    """Addresses that are not kebab-case, or hold a parameter without a type."""
    return [rule.rule for rule in site.url_map.iter_rules() if not KEBAB.fullmatch(rule.rule)]


@pytest.fixture
def careless() -> Flask:
    """A site with one view that forgot to say who may call it, one that is for the few, and one that is public."""
    site = Flask("careless")
    locale.init_app(site)
    access.init_app(site)
    site.register_error_handler(errors.DomainError, lambda error: (error.status.phrase, error.status))

    @site.get("/Forgot_It/<thing>")
    def forgot(thing: str) -> str:
        return thing

    @site.get("/desk")
    @requires(Permission.CREDENTIAL_DECIDE)
    def desk() -> str:
        return "desk"

    @site.get("/home")
    @public
    def home() -> str:
        return "home"

    site.static_folder = None
    return site


def test_every_route_declares_access(app):
    assert undeclared(app) == []


def test_every_address_is_kebab_case_with_typed_parameters(app):
    assert badly_spelt(app) == []


def test_the_guards_see_a_careless_view(careless):
    assert "forgot" in undeclared(careless)
    assert "/Forgot_It/<thing>" in badly_spelt(careless)


def test_a_view_that_says_nothing_is_shut(careless):
    client = careless.test_client()
    assert [client.get(path).status_code for path in ("/Forgot_It/x", "/desk", "/home")] == [403, 403, 200]
