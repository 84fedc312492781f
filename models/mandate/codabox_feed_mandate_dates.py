from odoo import models
from odoo.tools import SQL


class CodaboxFeed(models.Model):
    """Since when a mandate brings nothing: the date of its last document."""

    _inherit = "codabox.feed"

    def _refresh_mandate_dates(self):
        """Store the date of the last document of each mandate of this client."""
        self.ensure_one()
        if not self.mandate_ids:
            return
        dates = self._last_document_dates()
        for mandate in self.mandate_ids:
            for account in mandate.account_ids:
                account._keep_later_date(dates.get(("coda", account.iban)))
            found = [*mandate.account_ids.mapped("last_document_date")]
            if mandate.service != "coda":
                keys = {(mandate.service, ""), (mandate.service, mandate.secretariat_ref)}
                found = [dates.get(key) for key in keys]
            mandate._keep_later_date(max(filter(None, found), default=None))

    def _last_document_dates(self):
        """Return kind and account (or secretariat, if CodaBox says which) -> last date."""
        documents = self.env["codabox.document"]
        documents.flush_model(["feed_id", "kind", "state", "metadata", "document_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind,
                       COALESCE(metadata->>'iban', metadata->>'social_welfare_id', ''),
                       max(document_date)
                  FROM codabox_document
                 WHERE feed_id = %s AND state != 'withheld' AND document_date IS NOT NULL
              GROUP BY 1, 2
                """,
                self.id,
            )
        )
        return {(kind, subject): day for kind, subject, day in rows}
