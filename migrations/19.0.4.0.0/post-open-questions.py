"""What is in the books as a draft with an open question shows as such from now on."""

from odoo import SUPERUSER_ID, api

BY_HAND = {"invoice_pdf_only", "expense_not_read"}


def migrate(cr, version):
    """Have all drafts that CodaBox brought look whether something is to be decided."""
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    moves = env["account.move"]
    drafts = moves.search(
        [
            ("state", "=", "draft"),
            "|",
            ("codabox_document_ids", "!=", False),
            ("codabox_payroll_id", "!=", False),
        ]
    )
    for move in drafts.filtered("codabox_flags"):
        _ask(move)
    drafts._codabox_ask_again()
    env["codabox.document"]._look_again(drafts)
    env.flush_all()


def _ask(move):
    """Make the note that a draft is to be completed by hand the question that it is now."""
    flags = [
        {**flag, "blocking": True} if flag["code"] in BY_HAND else flag
        for flag in move.codabox_flags
    ]
    if flags != move.codabox_flags:
        move._codabox_set_flags(flags)
