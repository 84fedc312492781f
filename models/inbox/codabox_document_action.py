from odoo import fields, models
from odoo.exceptions import UserError

from ..common.own_company import open_in_own_company


class CodaboxDocument(models.Model):
    """What a person may do with a document. Each action checks itself, not only its button."""

    _inherit = "codabox.document"

    def _checked(self, flag):
        """Return these documents with the rights to change them, when that is allowed.

        :param str flag: name of the ``can_...`` field that must hold for each.
        :raise AccessError: for a user who is no accountant or may not read them.
        :raise UserError: when one of them does not allow it now.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        for document in self:
            if not document[flag]:
                raise UserError(
                    self.env._(
                        "This cannot be done with “%(document)s” now: it is “%(state)s”.",
                        document=document.name,
                        state=dict(document._fields["state"]._description_selection(self.env))[
                            document.state
                        ],
                    )
                )
        return self.sudo()

    def _lock(self, act="resolved"):
        """Lock these documents and their clients against a run at the same moment, and log the act.

        :param str act: what a person does with them, of the log.
        """
        if (
            self.try_lock_for_update() != self
            or self.feed_id.try_lock_for_update(allow_referencing=True) != self.feed_id
        ):
            raise UserError(
                self.env._("A run is working on this at the moment. Try again in a minute.")
            )
        self.env["codabox.audit"]._note(act, self)
        return self

    def action_retry(self):
        """Book these documents now."""
        documents = self._checked("can_retry")._lock()
        documents.sorted(
            lambda d: (d.document_date or fields.Date.today(), d.number, d.id)
        )._process()
        documents.feed_id._refresh_activity()
        return True

    def action_release(self):
        """Book documents that are older than the first day to book."""
        documents = self._checked("can_release")._lock()
        documents.released = True
        documents._process()
        documents.feed_id._refresh_activity()
        return True

    def action_accept_mismatch(self):
        """Book a statement though it does not add up."""
        documents = self._checked("can_accept_mismatch")._lock("overruled")
        documents.accept_mismatch = True
        documents._process()
        documents.feed_id._refresh_activity()
        return True

    def action_open_discard(self):
        """Open the wizard that asks why."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Discard")
            if not any(self.mapped("can_give_up"))
            else self.env._("Give up this entry"),
            "res_model": "codabox.document.discard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": [fields.Command.set(self.ids)]},
        }

    def _discard(self, reason):
        """Keep these documents out of the books, for a reason; their files stay.

        An entry of which CodaBox gives no file is *given up*: the offset may then pass it.

        :param str reason: why, in the words of the user.
        """
        given_up = self.filtered("can_give_up")
        for documents, flag, code, act in (
            (given_up, "can_give_up", "given_up", "gave_up"),
            (self - given_up, "can_discard", "discarded", "discarded"),
        ):
            documents._checked(flag)._lock(act)._set_state(
                "discarded", code, user=self.env.user.name, reason=reason
            )
        self.sudo().feed_id._refresh_activity()

    def action_undo(self):
        """Take the bank statements of these documents out of the books, lines included.

        :raise UserError: when a line is reconciled or lies in a closed period.
        """
        documents = self._checked("can_undo")._lock()
        statements = documents.statement_ids.bank_statement_id
        statements._codabox_check_undo()
        statements._codabox_unlink_with_lines()
        documents._forget_results("undone")
        documents.feed_id._refresh_activity()
        return True

    def _forget_results(self, code):
        """The results are gone: these documents wait for a decision.

        :param str code: of the reason: ``undone``, ``result_deleted``, ``expense_deleted``.
        """
        self.statement_ids.unlink()
        self._set_state("waiting", code, user=self.env.user.name)

    def action_choose_company(self):
        """Choose the company of the client of this document."""
        return self.feed_id.action_choose_company()

    def action_open_mandates(self):
        """Open the mandates of the client: one of them withholds this document."""
        return self.feed_id.action_open_mandates()

    def action_open_statements(self):
        """Open the bank statements of these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_bank_statement_tree")
        statements = self.statement_ids.bank_statement_id
        action |= {"domain": [("id", "in", statements.ids)], "context": {}}
        return open_in_own_company(action, statements or self)

    def action_download_zip(self):
        """Download every file of this document in one archive."""
        self.ensure_one()
        files = self.file_ids.filtered(lambda f: f.state == "here")
        if not files:
            raise UserError(
                self.env._("“%(document)s” has no files that you may read.", document=self.name)
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/archive/{files[:1].name.rpartition('.')[0]}.zip"
            "?download=true",
            "target": "download",
        }
