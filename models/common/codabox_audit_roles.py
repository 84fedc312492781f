from contextlib import contextmanager

from odoo import api, models

ROLES = ("group_accountant", "group_mandate_officer", "group_payroll", "group_administrator")
# What a company lets its people do: its field -> what is told when it is switched on, and off.
SWITCHES = {
    "codabox_wages_open": ("wages_opened", "wages_closed"),
    "codabox_mandates_restricted": ("orders_restricted", "orders_opened"),
}
MEMBERS = {"user_ids", "implied_ids", "implied_by_ids"}


class CodaboxAudit(models.Model):
    """Who gave and took which role, whichever way it came: on the user, on a group, by a call."""

    _inherit = "codabox.audit"

    @contextmanager
    def _noting_roles(self, users=None):
        """Tell which roles users have after this that they had not before, and the other way.

        :param res.users users: those whose roles may change; all, where it is not known.
        """
        # What an installation brings is told by what is installed.
        if not self.pool.ready:
            yield
            return
        before = self._role_holders(users)
        yield
        after = self._role_holders(users)
        self._note_roles("role_given", _without(after, before))
        self._note_roles("role_taken", _without(before, after))

    def _role_holders(self, users=None):
        """Return who has which role, also by way of another group.

        :rtype: dict[tuple[int, int], str]
        :return: a user and a group -> the name of the role
        """
        known = self.env["res.users"].sudo().with_context(active_test=False)
        some = [] if users is None else [("id", "in", users.ids)]
        found = {}
        for name in ROLES:
            # One that somebody deleted is nobody's.
            if group := self.env.ref(f"account_codabox.{name}", raise_if_not_found=False):
                holders = known.search([*some, ("all_group_ids", "in", group.ids)])
                found |= dict.fromkeys(((id, group.id) for id in holders.ids), group.sudo().name)
        return found

    def _note_roles(self, action, found):
        """Keep a row for each role of a user, in the company that is his own."""
        rows = []
        for (user_id, _group), name in sorted(found.items()):
            user = self.env["res.users"].sudo().browse(user_id)
            row = self._prepare(action, user, user.company_id)
            rows.append(row | {"subject": f"{user.display_name}: {name}"})
        self._keep(rows)


def _without(found, others):
    return {pair: name for pair, name in found.items() if pair not in others}


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if users.pool.ready:
            audit = self.env["codabox.audit"]
            audit._note_roles("role_given", audit._role_holders(users))
        return users

    def write(self, vals):
        if "group_ids" not in vals:
            return super().write(vals)
        with self.env["codabox.audit"]._noting_roles(self):
            return super().write(vals)


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        if not MEMBERS.intersection(*map(set, vals_list)):
            return super().create(vals_list)
        with self.env["codabox.audit"]._noting_roles():
            return super().create(vals_list)

    def write(self, vals):
        if not MEMBERS.intersection(vals):
            return super().write(vals)
        with self.env["codabox.audit"]._noting_roles():
            return super().write(vals)

    def unlink(self):
        """Extend: who had a role by this group has it no more."""
        with self.env["codabox.audit"]._noting_roles():
            return super().unlink()


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._codabox_note_switches({})
        return companies

    def write(self, vals):
        if not SWITCHES.keys() & vals.keys():
            return super().write(vals)
        before = {(company, name): company[name] for company in self.sudo() for name in SWITCHES}
        result = super().write(vals)
        self._codabox_note_switches(before)
        return result

    def _codabox_note_switches(self, before):
        """Tell what these companies let their people do from now on.

        :param dict before: company and name of a switch -> how it stood.
        """
        for company in self.sudo():
            for name, (on, off) in SWITCHES.items():
                now = bool(company[name])
                if now != bool(before.get((company, name))):
                    self.env["codabox.audit"]._note(on if now else off, company, company)
