from directory.audit.models import Event
from directory.audit.record import record
from directory.database import db, transaction


def test_home_answers_in_both_languages(client, catalog):
    assert client.get("/").status_code == 200
    assert client.get("/fr/").status_code == 200


def test_a_write_is_gone_in_the_next_test(app):
    assert db.session.query(Event).count() == 0
    with transaction():
        record("seed:demo", actor="cli", subject="demo", added=1)


test_a_write_is_gone_in_the_next_test_again = test_a_write_is_gone_in_the_next_test
