"""Draft receipts of which nobody said who paid are to be decided: the filter finds them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    moves = env["account.move"]
    drafts = moves.search(
        [
            ("state", "=", "draft"),
            ("move_type", "=", "in_receipt"),
            ("codabox_document_id.kind", "=", "expense"),
        ]
    )
    env.add_to_compute(moves._fields["codabox_has_flags"], drafts)
    drafts.flush_recordset(["codabox_has_flags"])
