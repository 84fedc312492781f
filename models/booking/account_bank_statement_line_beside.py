import logging

from psycopg2 import OperationalError

from odoo import api, models

# Brings a screen of its own to split a line over accounts and to walk through lines.
OTHER_SCREEN = "account_reconcile_oca"

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    """Beside OCA's screen: it shows what we propose, and *Book on an account* steps back.

    It is no add-on that we depend on: what is called here is there where it is installed.
    """

    _inherit = "account.bank.statement.line"

    @api.model
    def _codabox_has_other_screen(self):
        """Return whether another add-on books bank lines, so that ours steps back."""
        return OTHER_SCREEN in self.env["ir.module.module"]._installed()

    def _codabox_match_on_booking(self):
        # EXTENDS account_codabox: what is not matched by itself is proposed there too
        result = super()._codabox_match_on_booking()
        if self._codabox_has_other_screen():
            self._codabox_offer_beside()
        return result

    def _codabox_offer_beside(self):
        """Put what is proposed for these lines on OCA's screen. Never stops what is being booked."""
        for line in self.filtered(lambda line: not line.is_reconciled):
            moves = line.codabox_proposal_ids
            if not moves or line._codabox_pays_wages():
                continue
            try:
                with self.env.cr.savepoint():
                    line.reconcile_data_info = line._default_reconcile_data()
                    for move in moves:
                        for item in line._codabox_open_items(move):
                            line._add_account_move_line(item, keep_current=True)
            except OperationalError:
                raise
            except Exception:
                _logger.exception("CodaBox bank line %s: not proposed on OCA's screen", line.id)
