"""Drafts whose number another bill of their supplier has are to be decided: the filter finds them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    moves = env["account.move"]
    drafts = moves.search(
        [
            ("state", "=", "draft"),
            ("codabox_number", "!=", False),
            ("move_type", "in", moves.get_purchase_types(include_receipts=True)),
        ]
    )
    env.add_to_compute(moves._fields["codabox_has_flags"], drafts)
    drafts.flush_recordset(["codabox_has_flags"])
