import stat

import pytest

from directory.config import ConfigError, from_environment

PUBLIC = {"SITE_URL": "https://example.org", "SECRET_KEY": "k" * 32}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ({"SITE_URL": "http://example.org"}, "https://"),
        ({"SITE_URL": "example.org"}, "SITE_URL must be an address"),
        ({"SITE_URL": "ftp://example.org"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://[::1"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://example.org:port"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://example.org/below"}, "SITE_URL must be an address"),
        ({"SITE_URL": "https://name:password@example.org"}, "SITE_URL must be an address"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must begin with"),
    ],
)
def test_a_public_site_does_not_start_on_bad_settings(tmp_path, wrong, said):
    with pytest.raises(ConfigError, match=said):
        from_environment(PUBLIC | {"DATA_DIR": str(tmp_path)} | wrong)


def test_a_public_site_starts_on_good_settings(tmp_path):
    settings = from_environment(PUBLIC | {"DATA_DIR": str(tmp_path)})
    assert (settings.production, settings.secret_key) == (True, "k" * 32)


def test_this_machine_needs_no_settings_and_keeps_its_secret_to_itself(tmp_path):
    first, second = (from_environment({"DATA_DIR": str(tmp_path / "made")}) for _ in range(2))
    assert first == second
    assert (first.production, first.site_url, first.site_name) == (False, "http://127.0.0.1:8000", "Needlewise")
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "made" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_always_reached_through_psycopg(tmp_path, scheme):
    settings = from_environment({"DATA_DIR": str(tmp_path), "DATABASE_URL": f"{scheme}://u:p@h/d"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize("url", ["https://example.org/", "https://Example.org:8443", "https://[2001:db8::1]:8443"])
def test_a_public_address_may_have_a_port(tmp_path, url):
    assert from_environment(PUBLIC | {"SITE_URL": url, "DATA_DIR": str(tmp_path)}).site_url == url.rstrip("/")


def test_settings_do_not_show_what_is_secret(tmp_path):
    settings = from_environment(
        PUBLIC
        | {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://u:password@h/d", "MAIL_URL": "smtp://u:password@h"}
    )
    assert ("password" in repr(settings), "kkkk" in repr(settings), "example.org" in repr(settings)) == (
        False,
        False,
        True,
    )
