"""The search index: entries by condition and place, listings by practice."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('search_entry',
    sa.Column('condition_id', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('band', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('lon', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('location_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('code_order', sa.Integer(), nullable=False),
    sa.Column('x', sa.Float(precision=53), nullable=False),
    sa.Column('y', sa.Float(precision=53), nullable=False),
    sa.Column('z', sa.Float(precision=53), nullable=False),
    sa.Column('attrs', sa.Integer(), nullable=False),
    sa.Column('languages', sa.Text(), nullable=False),
    sa.Column('licence_own_statement_until', sa.Integer(), nullable=False),
    sa.Column('licence_document_seen_until', sa.Integer(), nullable=False),
    sa.Column('licence_confirmed_until', sa.Integer(), nullable=False),
    sa.Column('permission_own_statement_until', sa.Integer(), nullable=False),
    sa.Column('permission_document_seen_until', sa.Integer(), nullable=False),
    sa.Column('permission_confirmed_until', sa.Integer(), nullable=False),
    sa.Column('training_own_statement_until', sa.Integer(), nullable=False),
    sa.Column('training_document_seen_until', sa.Integer(), nullable=False),
    sa.Column('training_confirmed_until', sa.Integer(), nullable=False),
    sa.Column('certification_own_statement_until', sa.Integer(), nullable=False),
    sa.Column('certification_document_seen_until', sa.Integer(), nullable=False),
    sa.Column('certification_confirmed_until', sa.Integer(), nullable=False),
    sa.Column('insurance_own_statement_until', sa.Integer(), nullable=False),
    sa.Column('insurance_document_seen_until', sa.Integer(), nullable=False),
    sa.Column('insurance_confirmed_until', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('condition_id', 'band', 'lon', 'location_id', name=op.f('pk_search_entry')),
    sqlite_with_rowid=False
    )
    op.create_table('search_listing',
    sa.Column('location_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('practitioner_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.SmallInteger(), nullable=False),
    sa.Column('lon', sa.Integer(), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('location_id', name=op.f('pk_search_listing'))
    )
    with op.batch_alter_table('search_listing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_listing_practitioner_id'), ['practitioner_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('search_listing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_listing_practitioner_id'))

    op.drop_table('search_listing')
    op.drop_table('search_entry')
