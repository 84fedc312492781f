from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ConcurrencyError


class CodaboxDocument(models.Model):
    """Several workers book at the same moment: what two documents ask for is still made once.

    A lock alone is not enough: a transaction does not see what another one committed since it
    began. So after the lock is had, a fresh look at the database says whether the other one was
    first; then this transaction begins again and finds it.
    """

    _inherit = "codabox.document"

    def _make_invoice_partner(self, parsed):
        # EXTENDS account_codabox: a supplier is shared by companies that are booked side by side
        party = self._invoice_party(parsed)
        self._lock_name(f"partner {party.enterprise or party.vat}")
        with self._fresh_look() as other:
            found, _problem = other._invoice_partner(parsed)
        if found:
            raise ConcurrencyError("The partner was made by another transaction.")
        return super()._make_invoice_partner(parsed)

    def _make_invoice(self, parsed, partner):
        # EXTENDS account_codabox: a company may get the same invoice from two clients of CodaBox
        feeds = self.env["codabox.feed"].search_count(
            [("company_id", "child_of", self.company_id.root_id.id)], limit=2
        )
        if feeds > 1 and not self.is_another_invoice:
            self._lock_name(f"invoice {self.company_id.root_id.id} {parsed.number}")
            with self._fresh_look() as other:
                known = other._known_invoices(parsed, other.env["res.partner"].browse(partner.ids))
            if known:
                raise ConcurrencyError("The invoice was booked by another transaction.")
        return super()._make_invoice(parsed, partner)

    def _lock_name(self, name):
        """Take a lock on a name until the end of the transaction.

        :raise ConcurrencyError: when another transaction has it.
        """
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"codabox {name}"]
        )
        if not self.env.cr.fetchone()[0]:
            raise ConcurrencyError(f"Another transaction makes the same {name.split()[0]}.")

    @contextmanager
    def _fresh_look(self):
        """Give this document as the database has it now."""
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env[self._name].browse(self.id).with_company(self.company_id.id)
