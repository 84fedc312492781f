from odoo import fields, models


class ResUsers(models.Model):
    """Who gets the to-dos of somebody who is away, or has left."""

    _inherit = "res.users"

    codabox_deputy_id = fields.Many2one(
        "res.users",
        "Deputy",
        groups="base.group_system",
        copy=False,
        domain="[('share', '=', False), ('id', '!=', id)]",
        help="Gets the new CodaBox to-dos of this user while he is away, and when he has left.",
    )
    codabox_away_until = fields.Date(
        "Away until",
        groups="base.group_system",
        copy=False,
        help="Up to this day new CodaBox to-dos go to the deputy.",
    )

    def _codabox_acting(self, record):
        """Return who gets a new to-do of this user: he himself, or who stands in for him.

        A deputy who may not read what it is about is none. Who has left gets nothing any more.

        :param record: what the to-do is about.
        :rtype: res.users
        """
        self.ensure_one()
        user = self.sudo()
        is_away = user.codabox_away_until and user.codabox_away_until >= fields.Date.today()
        if user.active and not is_away:
            return self
        deputy = user.codabox_deputy_id
        if deputy.active and deputy._codabox_readable(record):
            return deputy
        return self if user.active else self.env.ref("base.user_admin")

    def _codabox_readable(self, records):
        """Return those of some records that this user may read, in any of his companies.

        :param records: of any model; what was deleted is left out.
        """
        self.ensure_one()
        companies = self.sudo().company_ids.ids
        reader = records.with_user(self).with_context(allowed_company_ids=companies)
        return records.browse(reader.exists()._filtered_access("read").ids)
