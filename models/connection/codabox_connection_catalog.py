from contextlib import suppress

from psycopg2 import IntegrityError

from odoo import fields, models

from ...codabox import Forbidden, NotFound, NotOffered, bank_name, bank_rule


class CodaboxConnection(models.Model):
    """What can be ordered: offices, banks and social secretariats, as CodaBox lists them."""

    _inherit = "codabox.connection"

    office_ids = fields.One2many("codabox.office", "connection_id", "Offices at CodaBox")
    mandate_banks = fields.Json(
        readonly=True, copy=False, help="Bank -> name and way of signing, as CodaBox lists them."
    )

    def _refresh_catalog(self):
        """Read what can be ordered.

        :raise UserError: with the sentence of what CodaBox answered.
        """
        self.ensure_one()
        connection = self.sudo()
        takes_orders = connection._takes_orders()
        offices, banks, secretariats = connection._call_or_break(
            lambda client: (
                _listed(client.fiduciaries),
                _listed(client.banks) if takes_orders else None,
                (takes_orders and _listed(client.social_secretariats)) or (),
            )
        )
        if offices is not None:
            connection._apply_offices(offices)
        if banks is not None:
            connection._apply_banks(banks)
        connection._apply_secretariats(secretariats)

    def _apply_banks(self, banks):
        """Keep the banks that CodaBox lists."""
        catalog = {bank.bank_id: {"name": bank.name, "signing": bank.signing} for bank in banks}
        if _is_partial(banks):
            catalog = {**(self.mandate_banks or {}), **catalog}
        if self.mandate_banks != catalog:
            self.mandate_banks = catalog

    def _apply_offices(self, offices):
        """Bring the offices of this connection up to date."""
        prepared = [
            {
                "connection_id": self.id,
                "ref": office.id,
                "name": office.name,
                "email": office.contact_email,
                "is_mailing": office.delegates_mandate_delivery,
                "may_order_payroll": office.allows_social_mandates,
            }
            for office in offices
        ]
        domain = [("connection_id", "=", self.id)]
        partial = _is_partial(offices)
        _synchronize(self.env["codabox.office"], domain, "ref", prepared, partial=partial)

    def _apply_secretariats(self, secretariats):
        """Bring the secretariats up to date; an empty list says nothing."""
        if secretariats:
            prepared = [
                {"code": item.social_welfare_id, "name": item.name} for item in secretariats
            ]
            partial = _is_partial(secretariats)
            _synchronize(self.env["codabox.secretariat"], [], "code", prepared, partial=partial)

    def _codabox_bank_ids(self):
        """Return the BICs of the banks that CodaBox lists."""
        self.ensure_one()
        return list(self.sudo().mandate_banks or {})

    def _codabox_bank_name(self, bic):
        """Return how people call a bank, its BIC when that is all we know."""
        self.ensure_one()
        listed = (self.sudo().mandate_banks or {}).get(bic) or {}
        name = None if bank_rule(bic) else listed.get("name")
        return name or bank_name(bic) or bic or ""

    def _codabox_signing(self, bic):
        """Return how a bank has mandates signed; CodaBox's list of today goes first.

        :param str bic: its BIC, of eight characters.
        :return: ``codabox_sign``, ``twikey``, ``app`` or ``paper``; ``""`` when it is not known.
        """
        self.ensure_one()
        rule = bank_rule(bic)
        listed = ((self.sudo().mandate_banks or {}).get(bic) or {}).get("signing")
        if rule and listed in (None, rule.signing):
            return rule.method
        return {"online": "codabox_sign"}.get(listed, listed or "")


def _listed(call):
    """Return a list that CodaBox may not offer, then ``None``: what it says when ordered counts."""
    try:
        return call()
    except (Forbidden, NotFound, NotOffered):
        return None


def _is_partial(listed):
    """Return whether a list has items that could not be read: it says of nobody that he left."""
    return not getattr(listed, "is_complete", True)


def _synchronize(model, domain, key, prepared, *, partial=False):
    """Create, change and archive records; those that are right are not written.

    :param domain: of the records that the list is about.
    :param str key: the field that says which one it is.
    :param prepared: values of the records that there are.
    :param bool partial: there are more: none is archived.
    """
    known = {record[key]: record for record in model.with_context(active_test=False).search(domain)}
    for vals in prepared:
        record = known.pop(vals[key], None)
        if record is None:
            # Somebody else may have opened his first order in the same second.
            with suppress(IntegrityError), model.env.cr.savepoint():
                model.create(vals)
            continue
        wanted = {"active": True, **vals}
        changed = {
            name: value
            for name, value in wanted.items()
            if record._fields[name].convert_to_write(record[name], record) != (value or False)
        }
        if changed:
            record.write(changed)
    for record in () if partial else known.values():
        if record.active:
            record.active = False


class CodaboxOffice(models.Model):
    """An accounting office as CodaBox knows it; a connection may see several."""

    _name = "codabox.office"
    _description = "Office at CodaBox"
    _order = "name, id"

    connection_id = fields.Many2one(
        "codabox.connection", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True, index=True)
    ref = fields.Char("Office at CodaBox", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    email = fields.Char("E-mail", readonly=True)
    active = fields.Boolean(default=True, readonly=True)
    is_mailing = fields.Boolean(
        "CodaBox mails the clients",
        readonly=True,
        help="CodaBox sends the mandates to the clients itself, and reminds them.",
    )
    may_order_payroll = fields.Boolean(readonly=True)

    _ref_unique = models.UniqueIndex("(connection_id, ref)")


class CodaboxSecretariat(models.Model):
    """A social secretariat that gives payroll entries through CodaBox."""

    _name = "codabox.secretariat"
    _description = "Social secretariat at CodaBox"
    _order = "name, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    active = fields.Boolean(default=True, readonly=True)

    _code_unique = models.UniqueIndex("(code)")
