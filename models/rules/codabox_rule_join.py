from collections import defaultdict

from odoo import api, models

# So many clients of an office do the same before it is proposed for all of them. What is told apart
# by an account alone may be a person, whose name the rule would show: more clients are asked for.
CLIENTS, CLIENTS_BY_ACCOUNT = 2, 3


class CodaboxRule(models.Model):
    """What several clients of an office are proposed alike becomes one proposal for all its clients."""

    _inherit = "codabox.rule"

    @api.model
    def _join(self):
        """Join what the software proposed to single clients; what a person touched stays."""
        single = [("is_found", "=", True), ("state", "=", "proposal"), ("scope", "=", "company")]
        found = self.sudo().search(single)
        offices = self._office_of(found.company_id)
        groups = defaultdict(self.browse)
        for rule in found:
            for office in offices.get(rule.company_id, ()):
                groups[office, self._key_of(rule)] |= rule
        for (office, _key), rules in groups.items():
            alike = self._most_alike(rules.exists())  # a client of two offices is joined once
            asked = CLIENTS_BY_ACCOUNT if alike[:1].account_number else CLIENTS
            if len(alike.company_id) >= asked:
                self._join_one(office, alike)

    @api.model
    def _office_of(self, companies):
        """Return company -> the offices of which it is a client.

        :rtype: dict
        """
        feeds = self.env["codabox.feed"].sudo()
        rows = feeds._read_group(
            [("company_id", "in", companies.ids)], ["connection_id", "company_id"]
        )
        found = defaultdict(set)
        for connection, company in rows:
            if connection.company_id:
                found[company].add(connection.company_id)
        return found

    @api.model
    def _most_alike(self, rules):
        """Return those of these proposals that say the account which most of them say."""
        by_account = rules.grouped(lambda rule: (rule.account_code or "").rstrip("0"))
        return max(by_account.values(), key=len, default=rules)

    def _join_one(self, office, alike):
        """Make one proposal for all clients of an office out of these.

        Not for clients that book such lines otherwise, nor for those with a rule of their own.

        :param res.company office: the company of the connection.
        :param codabox.rule alike: proposals that say the same, each of one client.
        """
        joined = self.sudo().create(self._prepare_joined(office, alike))
        joined.not_company_ids = joined._otherwise_companies(alike)
        alike.unlink()
        joined.action_try()

    @api.model
    def _prepare_joined(self, office, alike):
        """Return the values of the proposal for all clients."""
        first, partner = alike[0], alike.partner_id
        is_shared = (
            len(partner) == 1 and not partner.company_id and all(r.partner_id for r in alike)
        )
        return {
            "name": first.name,
            "company_id": office.id,
            "scope": "clients",
            "is_found": True,
            "code": first.code,
            "account_number": first.account_number,
            "creditor": first.creditor,
            "is_state": first.is_state,
            "text": first.text,
            "sign": first.sign,
            "account_code": first.account_code,
            "partner_id": partner.id if is_shared else False,
            "learned_count": sum(alike.mapped("learned_count")),
            "learned_clients": len(alike.company_id),
        }

    def _otherwise_companies(self, alike):
        """Return the clients for which this proposal is not: they do otherwise, or said so.

        :param codabox.rule alike: the proposals that it was made of.
        """
        own = self.sudo().search(
            [("scope", "=", "company"), ("company_id", "in", self._companies().ids)]
        )
        key = self._key_of(self)
        said = (own - alike).filtered(lambda rule: self._key_of(rule) == key)
        done = self._tried_lines().filtered("is_reconciled")
        other = done.filtered(lambda line: not self._booked_the_same(line))
        return said.company_id | other.company_id
