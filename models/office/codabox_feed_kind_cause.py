from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

# What waits because of it, and is cured with it.
OWN = {"choose_company": {"waiting"}}


class CodaboxFeedKind(models.Model):
    """One row per cause: a client without company, a connection that does not work.

    It holds every kind of the client, or hundreds of clients. It stands above the rows once; a row
    that needs something else too stays in the list.
    """

    _name = "codabox.feed.kind"
    _inherit = ["codabox.feed.kind", "codabox.cause.mixin"]

    shares_cause = fields.Boolean(
        help="Other rows wait for the same, and this one for nothing else: it stands once above the list."
    )

    @api.model
    def _shared_causes(self):
        """Return what holds more than one row, and nothing else holds.

        :return: (what cures it, whose) -> its rows.
        :rtype: dict[tuple, codabox.feed.kind]
        """
        rows = self._troubled_rows()
        facts = rows._office_facts()
        found = defaultdict(self.browse)
        for line in rows:
            cure, numbers = facts[line.id].cure, facts[line.id].numbers
            whose = line._cause_owner(cure)
            if whose and not numbers.keys() - OWN.get(cure, set()) and not facts[line.id].is_late:
                found[cure, whose] |= line
        return {cause: lines for cause, lines in found.items() if len(lines) > 1}

    @api.model
    def _troubled_rows(self):
        """Return the rows of which the client or the connection has some trouble: mostly none.

        What all rows say takes long, and is not asked for those that share no cause.
        """
        trouble = Domain.OR(
            [
                Domain("state", "=", "new"),
                Domain("connection_id.state", "!=", "connected"),
                Domain("connection_id.failing_since", "!=", False),
                Domain("connection_id.fetch_automatically", "=", False),
            ]
        )
        feeds = self.env["codabox.feed"].sudo().search(trouble)
        return self.search([("feed_id", "in", feeds.ids)], order="feed_id, id")

    def _cause_owner(self, cure):
        """Return whose cause this is: of the client or its connection; empty: of this row."""
        feed = self.sudo().feed_id
        connection = feed.connection_id
        if cure == "choose_company":
            return feed
        if (
            cure == "connection"
            or (cure == "failing" and connection.failing_since)
            or (cure == "fetch_off" and not connection.fetch_automatically)
        ):
            return connection
        return None

    def action_shared_causes(self):
        """Return what stands above the rows: each cause, its rows and its button.

        :rtype: list[dict]
        """
        self.check_access("read")
        return [
            {
                "key": f"{cure}-{whose.id}",
                "text": lines._cause_text(cure, whose),
                "shows": lines._cause_list(lines._cause_text(cure, whose)),
                "button": lines._cause_button(cure),
            }
            for (cure, whose), lines in self._shared_causes().items()
        ]

    def _cause_text(self, cure, whose):
        """Return what holds these rows, in the language of the reader."""
        since = "failing_since" in whose and whose.failing_since
        sentence = self[0]._cure_sentence(cure, 0, since and format_date(self.env, since))
        if cure == "choose_company":
            return f"{whose.name}: {sentence}"
        return f"{sentence} " + self.env._("Clients: %s.", len(self.feed_id))

    def _cause_list(self, text):
        """Return the action of the list of these rows."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_overview_action"
        )
        return action | {"name": text, "domain": [("id", "in", self.ids)], "context": {}}

    def _cause_button(self, cure):
        """Return the button that cures all of these, none where the user may not.

        :rtype: dict | None
        """
        user = self.env.user
        if cure == "failing":
            fetch = {"method": "action_office_fetch", "label": self.env._("Fetch now")}
            return {**fetch, "ids": self.ids} if user._codabox_is_accountant() else None
        if not user.has_group("account_codabox.group_administrator"):
            return self._cause_question() if cure == "choose_company" else None
        if cure == "choose_company":
            label = self.env._("Choose company")
            return {"method": "action_office_cure", "label": label, "ids": self[:1].ids}
        connection = self._open_form(self.feed_id.connection_id)
        return {"label": self.env._("Connection"), "action": connection}

    def _cause_question(self):
        """Return the button that asks for the company of a client, where a document waits for it."""
        document = self.env["codabox.document"].search(
            [("feed_id", "in", self.feed_id.ids), ("reason_code", "=", "no_company")], limit=1
        )
        if not document or not self.env.user._codabox_is_accountant():
            return None
        label = self.env._("Ask for the company")
        return {
            "model": document._name,
            "method": "action_ask_company",
            "label": label,
            "ids": document.ids,
        }
