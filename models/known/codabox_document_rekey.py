import json
import logging

from odoo import api, models

from ...codabox import FormatError, content_key, figures_key, parse_coda
from ..connection.codabox_feed import enterprise_digits

_logger = logging.getLogger(__name__)
# What of the key of a statement begins the keys of its bank lines.
KEPT = 40


class CodaboxDocument(models.Model):
    """Keys of earlier versions, which were made of figures only, become those of this one."""

    _inherit = "codabox.document"

    @api.model
    def _renew_coda_keys(self):
        """Compute the keys of every statement, bank statement and bank line from the stored files.

        Done twice it changes nothing. A file that cannot be read keeps the keys that it has.
        """
        renewed = {}
        for document in self.search([("kind", "=", "coda")], order="id"):
            for company, old, new in document._renew_keys():
                renewed.setdefault((company, old), new)
            self.env.flush_all()
            self.env.invalidate_all()
        self._renew_keys_of_books(renewed)
        self._tell_unseen_versions()

    def _renew_keys(self):
        """Renew the keys of the statements of one document.

        :return: company, old and new key of each statement in its file.
        """
        try:
            file = self._readable_file()
            parsed = parse_coda(file._raw() or b"").statements if file else ()
        except FormatError:
            return []
        records = {record.position: record for record in self.statement_ids}
        found = []
        for position, statement in enumerate(parsed):
            figures, key = figures_key(statement), content_key(statement)
            record = records.get(position)
            old = record.key if record else figures
            if record:
                record._renew_key(figures, key)
                record.enterprise_number = enterprise_digits(statement.enterprise_number)
            if old != key and (not record or record.state != "duplicate"):
                found.append((self.company_id.id, old, key))
        return found

    @api.model
    def _renew_keys_of_books(self, renewed):
        """Give bank statements and lines the keys of their statements.

        :param dict renewed: company and old key -> new key.
        """
        if not renewed:
            return
        cr = self.env.cr
        cr.execute("CREATE TEMPORARY TABLE codabox_renewed (company int, old varchar, new varchar)")
        cr.execute_values(
            "INSERT INTO codabox_renewed VALUES %s",
            [(company, old, new) for (company, old), new in renewed.items() if company],
        )
        cr.execute(
            """
            UPDATE account_bank_statement s SET codabox_key = r.new
              FROM codabox_renewed r, account_journal j
             WHERE j.id = s.journal_id AND j.company_id = r.company AND s.codabox_key = r.old
            """
        )
        cr.execute(
            """
            UPDATE account_bank_statement_line l
               SET codabox_key = left(r.new, %(kept)s) || substr(l.codabox_key, %(kept)s + 1)
              FROM codabox_renewed r, account_journal j
             WHERE j.id = l.journal_id AND j.company_id = r.company
               AND left(l.codabox_key, %(kept)s) = left(r.old, %(kept)s)
            """,
            {"kept": KEPT},
        )
        cr.execute("DROP TABLE codabox_renewed")
        self._renew_given_back({old[:KEPT]: new[:KEPT] for (_c, old), new in renewed.items()})
        self.env.invalidate_all()

    @api.model
    def _renew_given_back(self, starts):
        """Renew the keys that adopted lines get back when that is undone.

        :param dict starts: begin of an old key -> that of the new one.
        """
        cr = self.env.cr
        cr.execute(
            "SELECT id, codabox_before FROM account_bank_statement_line"
            " WHERE codabox_before IS NOT NULL"
        )
        for line_id, before in cr.fetchall():
            inner = before
            while isinstance(inner, dict):
                key = inner.get("codabox_key")
                if key and key[:KEPT] in starts:
                    inner["codabox_key"] = starts[key[:KEPT]] + key[KEPT:]
                inner = inner.get("codabox_before")
            cr.execute(
                "UPDATE account_bank_statement_line SET codabox_before = %s WHERE id = %s",
                [json.dumps(before), line_id],
            )

    @api.model
    def _tell_unseen_versions(self):
        """Tell on their documents which duplicates say other things than their original.

        Or have none any more.
        """
        copies = self.env["codabox.statement"].search([("state", "=", "duplicate")], order="id")
        lost = copies.filtered(lambda s: not s.original_id)
        for copy in lost:
            copy._lose_original(copy.document_id.duplicate_of_id.name or "")
        unseen = (copies - lost).filtered(lambda s: s.key != s.original_id.key)
        for copy in unseen:
            copy._wait("version_unseen", state="stored", original=copy.original_id.document_id.name)
        for document in (unseen | lost).document_id:
            document._settle_coda()
        if unseen:
            _logger.info("CodaBox: %s statements were no duplicates", len(unseen))


class CodaboxStatement(models.Model):
    _inherit = "codabox.statement"

    def _renew_key(self, figures, key):
        """Write both keys; never one that another statement of the company has already."""
        taken = self.state != "duplicate" and self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("key", "=", key),
                ("state", "!=", "duplicate"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        self.write({"figures": figures} if taken else {"figures": figures, "key": key})
