from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError

from .codabox_feed_kind_light import CURES


class CodaboxFeedKind(models.Model):
    """What stands above the rows: what waits of all clients, and how the nights are."""

    _inherit = "codabox.feed.kind"

    def action_office_header(self):
        """Return what the header says, of all that the user sees.

        :return: ``counts`` as in a row, ``last`` and ``next`` run, ``failed`` clients, how far a fetch
            that is under way is, and whether the user may fetch.
        :rtype: dict
        """
        self.check_access("read")
        numbers = Counter()
        for found in self._all_rows()._office_facts().values():
            numbers.update({**found.numbers, "overdue": int(found.is_late)})
        names = dict(self._fields["waits_for"]._description_selection(self.env))
        names["overdue"] = dict(self._fields["rhythm"]._description_selection(self.env))["overdue"]
        return {
            "counts": [
                {"name": name, "label": names[name], "number": numbers[name], "light": CURES[name]}
                for name in CURES
                if numbers[name]
            ],
            **self._header_runs(),
        }

    def _header_runs(self):
        """Return how the nights are of the clients that the user sees."""
        feeds = self.env["codabox.feed"].search([("state", "!=", "ended")])
        connections = self.env["codabox.connection"].search([("state", "!=", "draft")])
        planned = feeds.connection_id.sudo().filtered("next_fetch").mapped("next_fetch")
        running = feeds.filtered("fetch_pending")
        return {
            "last": _moment(max(feeds.filtered("last_fetch").mapped("last_fetch"), default=None)),
            "next": _moment(min(planned, default=None)),
            "failed": len(feeds.filtered("failing_since")),
            "running": len(running),
            "progress": " ".join(filter(None, connections.mapped("progress_text"))),
            "can_fetch": bool(connections) and self.env.user._codabox_is_accountant(),
        }

    def action_office_failed(self):
        """Open the clients of which the last nights failed."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_feed_action"
        )
        domain = [("failing_since", "!=", False), ("state", "!=", "ended")]
        return action | {"domain": domain, "context": {}}

    def action_office_fetch(self):
        """Fetch these clients now, or all that the user sees; that goes on in the background.

        :raise AccessError: for a user who is no accountant, or may not read them.
        :raise UserError: when CodaBox cannot be reached or refuses.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        chosen = self.feed_id
        connections = self.env["codabox.connection"].search([("state", "=", "connected")])
        connections = chosen.connection_id & connections if chosen else connections
        if not connections:
            raise UserError(self.env._("None of your companies is connected to CodaBox."))
        for connection in connections:
            connection._fetch_in_background(chosen & connection.sudo().feed_ids)
        return connections._notify(
            self.env._("CodaBox is asked in the background; see above the list how far it is."),
            "info",
        )

    def action_office_stop(self):
        """Stop fetching what the user sees; the next night goes on.

        :raise AccessError: for a user who is no accountant.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        return self.env["codabox.feed"].search([("fetch_pending", "=", True)]).action_stop()


class CodaboxConnection(models.Model):
    _inherit = "codabox.connection"

    def _fetch_in_background(self, feeds):
        """Mark clients of this connection and have them fetched at once, by the scheduled action.

        :param codabox.feed feeds: these clients; none: all of them.
        :raise UserError: when CodaBox cannot be reached or refuses.
        """
        connection = self.sudo()
        if not connection._start_round(feeds.sudo() or None):
            raise UserError(
                connection.reason
                or self.env._("Another run is fetching at this moment. Look again in a minute.")
            )
        self.env["codabox.audit"]._note("fetched", feeds or self)
        self.env["ir.cron"]._codabox_trigger("fetch")


def _moment(moment):
    return moment and fields.Datetime.to_string(moment)
