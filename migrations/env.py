"""Runs the migrations against the app's own engine, each in a transaction that takes the writer's lock first."""

from alembic import context
from flask import current_app

from directory.database import db

options = current_app.extensions["migrate"].configure_args

if context.is_offline_mode():
    context.configure(url=current_app.config["SQLALCHEMY_DATABASE_URI"], target_metadata=db.metadata, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with db.engine.connect().execution_options(writes=True) as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
