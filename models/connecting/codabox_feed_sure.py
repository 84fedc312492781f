import time
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connection.codabox_feed import enterprise_digits

# A person waits at most this long; what is left stays, and the button goes on with it.
SURE_SECONDS = 25

# So many clients share one commit.
CHUNK = 50


class CodaboxFeed(models.Model):
    """The clients of whom the company is sure: one company and one client have that number."""

    _inherit = "codabox.feed"

    is_sure = fields.Boolean(
        "Sure",
        compute="_compute_is_sure",
        search="_search_is_sure",
        help="One company of yours has the enterprise number of this client, and no other client has it.",
    )

    @api.depends("state", "enterprise_number", "proposed_company_id")
    @api.depends_context("uid")
    def _compute_is_sure(self):
        sure = self._sure()
        for feed in self:
            feed.is_sure = feed in sure

    @api.model
    def _search_is_sure(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", self.search([("state", "=", "new")])._sure().ids)]

    def _sure(self):
        """Return those of these clients whose company is sure.

        Not sure: a number that two companies or two clients of one connection have, a company that
        is another client already, and one that the user does not keep the books of.
        """
        new = self.filtered(lambda f: f.state == "new" and enterprise_digits(f.enterprise_number))
        if not new:
            return new
        owners = Counter(
            company._codabox_enterprise_number()
            for company in self.env["res.company"].sudo().search([])
        )
        mine = self.env.user.company_ids
        others = self.sudo().search(
            [("connection_id", "in", new.connection_id.ids), ("state", "!=", "ended")]
        )
        clients = Counter((f.connection_id, enterprise_digits(f.enterprise_number)) for f in others)
        taken = {(f.connection_id, f.company_id) for f in others if f.company_id}
        return new.filtered(
            lambda f: (
                f.proposed_company_id in mine
                and f.proposed_company_id.sudo().active
                and owners[enterprise_digits(f.enterprise_number)] == 1
                and clients[f.connection_id, enterprise_digits(f.enterprise_number)] == 1
                and (f.connection_id, f.proposed_company_id) not in taken
            )
        )

    def _confirm_sure(self):
        """Confirm the sure ones of these clients, as many as fit in the time a person waits.

        Commits. One that fails is left to be confirmed by itself.

        :return: how many were confirmed, and how many sure ones are left.
        :rtype: tuple[int, int]
        """
        self.connection_id._require_administrator()
        deadline, sure, done = time.monotonic() + SURE_SECONDS, self._sure(), 0
        for start in range(0, len(sure), CHUNK):
            for feed in sure[start : start + CHUNK]:
                done += feed._confirm_alone()
            self.env["ir.cron"]._commit_progress()
            if time.monotonic() > deadline:
                break
        return done, len(self._sure())

    def _confirm_alone(self):
        """Confirm the proposed company, with the first day to book for each kind.

        :return: whether it could be.
        """
        try:
            with self.env.cr.savepoint():
                company = self.proposed_company_id
                self._confirm_company(company)
                self._ensure_kinds()
        except UserError:
            return False
        return True

    def _ensure_kinds(self):
        """Make the lines of the kinds that CodaBox gives, with one proposal for all."""
        feed = self.sudo()
        known = set(feed.kind_ids.mapped("kind"))
        kinds = self.env["codabox.feed.kind"].sudo()
        first = kinds._propose_book_from(feed.company_id)
        kinds.create(
            [
                {"feed_id": feed.id, "kind": kind, "book_from": first}
                for kind in feed.connection_id._offered_kinds()
                if kind not in known
            ]
        )

    def action_confirm_sure(self):
        """Confirm the clients whose company is sure; all of the connection when none is chosen.

        :raise AccessError: for who does not administer CodaBox.
        """
        self.env["codabox.connection"]._require_administrator()
        self.check_access("read")
        connection = self.env.context.get("codabox_connection_id")
        feeds = self or self.search([("connection_id", "=", connection), ("state", "=", "new")])
        done, left = feeds._confirm_sure()
        return self.env["codabox.connection"]._tell_confirmed(done, left)


class CodaboxConnection(models.Model):
    """What came of confirming the clients that are sure."""

    _inherit = "codabox.connection"

    @api.model
    def _tell_confirmed(self, done, left):
        """Tell the user what was confirmed, and what is left."""
        return self._notify(self._confirmed_text(done, left), "success")

    @api.model
    def _confirmed_text(self, done, left):
        if left:
            return self.env._(
                "Companies confirmed: %(done)s. Left: %(left)s, press again to go on.",
                done=done,
                left=left,
            )
        return self.env._("Companies confirmed: %(done)s.", done=done)
