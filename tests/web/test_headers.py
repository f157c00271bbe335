import re

import pytest

from directory.app import create_app
from directory.config import from_environment

PAGES = ["/", "/fr/", "/conditions/", "/nothing-here", "/api/v1/nothing", "/healthz", "/assets/0/site.css"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client, catalog, path):
    headers = client.get(path).headers
    assert {name: headers[name] for name in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")} == {
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert headers.getlist("Content-Security-Policy") == [headers["Content-Security-Policy"]]
    assert "Strict-Transport-Security" not in headers


def test_the_policy_names_no_third_party_and_a_new_nonce_each_time(client, catalog):
    policies = [client.get("/").headers["Content-Security-Policy"] for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", policy)[1] for policy in policies]
    assert nonces[0] != nonces[1]
    directives = dict(part.split(" ", 1) for part in policies[0].split("; "))
    assert directives == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "script-src": f"'nonce-{nonces[0]}'",
        "style-src": "'self'",
    }


def test_scripts_on_a_page_carry_the_nonce_of_that_answer(client, catalog):
    response = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])[1]
    scripts = re.findall(r"<script([^>]*)>", response.get_data(as_text=True))
    assert scripts
    assert all(f'nonce="{nonce}"' in script for script in scripts)


def test_no_cookie_before_sign_in(client, catalog):
    assert [client.get(path).headers.getlist("Set-Cookie") for path in PAGES] == [[]] * len(PAGES)


def test_assets_are_kept_for_good_and_only_under_their_own_hash(client, catalog):
    address = re.search(r'href="(/assets/[0-9a-f]{12}/site\.css)"', client.get("/").get_data(as_text=True))[1]
    found = client.get(address)
    assert (found.status_code, found.mimetype) == (200, "text/css")
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    font = re.search(r"url\(\.\./([0-9a-f]{12}/fonts/[^)]+)\)", found.get_data(as_text=True))[1]
    assert client.get(f"/assets/{font}").status_code == 200
    assert client.get(address.replace("/assets/", "/assets/x")).status_code == 404


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_pages_go_out_compressed(client, catalog, encoding):
    plain, small = (client.get("/conditions/", headers={"Accept-Encoding": e}) for e in ("identity", encoding))
    assert small.headers["Content-Encoding"] == encoding
    assert len(small.data) < len(plain.data) / 3


def test_a_public_site_asks_for_https_and_keeps_cookies_to_it(tmp_path):
    settings = from_environment(
        {"SITE_URL": "https://example.org", "SECRET_KEY": "x" * 32, "DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    )
    site = create_app(settings)
    headers = site.test_client().get("/healthz").headers
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert (site.config["SESSION_COOKIE_SECURE"], site.config["SESSION_COOKIE_HTTPONLY"]) == (True, True)


def test_a_post_without_its_token_is_refused(tmp_path):
    site = create_app(from_environment({"DATA_DIR": str(tmp_path)}))

    def act() -> str:
        return "done"

    act.access = "public"
    site.add_url_rule("/act", view_func=act, methods=["POST"])
    assert site.test_client().post("/act").status_code == 400
    site.config["WTF_CSRF_ENABLED"] = False
    assert site.test_client().post("/act").get_data(as_text=True) == "done"
