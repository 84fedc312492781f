from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.own_company import opens_in_own_company

# What is kept of a document that stays at CodaBox: whose account or secretariat, and of which day.
KEPT = ("iban", "social_welfare_id", "new_balance_date", "issue_date", "period", "date")


class CodaboxDocument(models.Model):
    """A document that stays at CodaBox: what is kept of it, and the way around the gate.

    Without its legal step not even its name or amount is ours to have; all of it comes with the
    entry, which CodaBox lists until the document is here.
    """

    _inherit = "codabox.document"

    fetch_reason = fields.Text(
        "Fetched all the same because",
        readonly=True,
        copy=False,
        help="Why a person has it fetched though its mandate does not allow it.",
    )
    fetch_user_id = fields.Many2one("res.users", "Has it fetched", readonly=True, copy=False)
    can_fetch_anyway = fields.Boolean(compute="_compute_valid_actions")

    @api.depends("fetch_reason")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            document.can_fetch_anyway = document.state == "withheld" and not document.fetch_reason
        return result

    @api.model
    def _prepare_withheld(self, values):
        """Return what is kept of a document that is withheld.

        :param dict values: of the whole document: ``metadata``, ``kind``, ``remote_index``...
        :rtype: dict
        """
        metadata = {key: values["metadata"][key] for key in KEPT if key in values["metadata"]}
        day = values.get("document_date")
        model, index = values["document_model"], values["remote_index"]
        subject = metadata.get("iban") if values["kind"] == "coda" else ""
        words = (str(subject), str(day or "")) if subject else (model, index[:8])
        return {"metadata": metadata, "name": " ".join(filter(None, words)), "number": 0}

    def _withhold(self, code, facts):
        """Leave a document at CodaBox, and keep no more of it than that it is there.

        :param str code: of the reason.
        :param dict facts: of that reason.
        """
        self.ensure_one()
        if not self.acknowledged:  # else what is known of it would not come again
            names = ("metadata", "kind", "document_date", "document_model", "remote_index")
            whole = {name: self[name] for name in names}
            bare = self._prepare_withheld({**whole, "metadata": self.metadata or {}})
            changed = {name: value for name, value in bare.items() if self[name] != value}
            if changed:
                self.write(changed)
        self._set_state("withheld", code, **facts)

    def _unveil(self, values):
        """Take over what CodaBox says of a document that may come now.

        :param dict values: of the whole document, as for a new one.
        """
        self.write({name: values[name] for name in ("metadata", "name", "document_date", "number")})

    @opens_in_own_company
    def action_open_fetch_anyway(self):
        """Open the window that asks why."""
        self._check_fetch_anyway()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fetch all the same"),
            "res_model": "codabox.document.fetch",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": [fields.Command.set(self.ids)]},
        }

    def _check_fetch_anyway(self):
        """Return these documents with the rights to change them, when they may be fetched.

        :raise AccessError: for a user who orders no mandates.
        :raise UserError: when one of them is not withheld, or CodaBox lists its client no more.
        """
        self.connection_id._require_mandate_officer()
        documents = self._checked("can_fetch_anyway")
        gone = documents.feed_id.filtered(lambda f: f.state == "ended")
        if gone:
            raise UserError(gone[0].reason or gone[0].name)
        return documents

    def _fetch_anyway(self, reason):
        """Have these documents fetched in the background whatever their mandates say.

        :param str reason: why, in the words of the user.
        """
        documents = self._check_fetch_anyway()._lock()
        documents.write({"fetch_reason": reason, "fetch_user_id": self.env.uid})
        documents._set_state("withheld", "fetch_anyway", user=self.env.user.name, reason=reason)
        for document in documents:
            document._message_log(body=document.reason)
        documents.feed_id._mark()
        self.env["ir.cron"]._codabox_trigger("fetch")

    @api.model
    def _bare_withheld(self):
        """Forget what earlier versions kept of documents that are withheld."""
        for document in self.search([("state", "=", "withheld")]):
            document._withhold(document.reason_code, document.reason_facts or {})
