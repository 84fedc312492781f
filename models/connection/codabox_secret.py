from odoo import fields, models
from odoo.exceptions import UserError


class CodaboxSecret(models.Model):
    """Secrets of other records, in a table of their own.

    Odoo logs a write that PostgreSQL refuses with all its values. So the tables of the records
    hold no secret, and this one is written without Odoo's log: `_keep_secret`, nothing else.
    Nobody has rights here, administrators neither.
    """

    _name = "codabox.secret"
    _description = "CodaBox secret"
    _log_access = False

    res_model = fields.Char(required=True, readonly=True, export_string_translation=False)
    res_id = fields.Integer(required=True, readonly=True, export_string_translation=False)
    name = fields.Char(required=True, readonly=True, export_string_translation=False)
    value = fields.Char(readonly=True, groups=fields.NO_ACCESS, export_string_translation=False)

    _one_of_each = models.UniqueIndex("(res_model, res_id, name)")


class CodaboxSecretMixin(models.AbstractModel):
    """A record with secrets: fields that are made by :func:`secret_field`."""

    _name = "codabox.secret.mixin"
    _description = "Has CodaBox secrets"

    def _compute_secret(self, name):
        self.env.cr.execute(
            "SELECT res_id, value FROM codabox_secret"
            " WHERE res_model = %s AND name = %s AND res_id = ANY(%s)",
            [self._name, name, self._origin.ids],
        )
        values = dict(self.env.cr.fetchall())
        for record in self:
            record[name] = values.get(record._origin.id) or False

    def _inverse_secret(self, name):
        for record in self:
            record._keep_secret(name, record[name])

    def _keep_secret(self, name, value):
        """Store a secret so that neither Odoo nor PostgreSQL logs it when that is refused.

        :param str name: the field.
        :param value: the secret; nothing forgets it.
        :raise UserError: for what cannot be a secret of CodaBox.
        """
        self.ensure_one()
        value = (value or "").strip()
        if not value.isprintable():
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("“%s” has characters that cannot be there.", label))
        self._lock_secret(name)
        # The row is ours until the end of the transaction: nobody can make this one fail.
        self.env.cr.execute(
            "UPDATE codabox_secret SET value = %s WHERE res_model = %s AND res_id = %s AND name = %s",
            [value or None, self._name, self.id, name],
            log_exceptions=False,
        )

    def _lock_secret(self, name):
        """Hold the row of a secret; what goes wrong with others goes wrong here, without it."""
        row = [self._name, self.id, name]
        self.env.cr.execute(
            "INSERT INTO codabox_secret (res_model, res_id, name) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            row,
        )
        self.env.cr.execute(
            "SELECT id FROM codabox_secret"
            " WHERE res_model = %s AND res_id = %s AND name = %s FOR UPDATE",
            row,
        )

    def unlink(self):
        self.env.cr.execute(
            "DELETE FROM codabox_secret WHERE res_model = %s AND res_id = ANY(%s)",
            [self._name, self.ids],
        )
        return super().unlink()


def secret_field(name, string=None, **options):
    """Return a field that has no column: its value is in ``codabox.secret``.

    Each has its own compute: one for all of them would overwrite what is being typed.

    :param str name: of the field.
    :param str string: its label.
    :param options: as of any field.
    :rtype: fields.Char
    """
    return fields.Char(
        string,
        compute=lambda records: records._compute_secret(name),
        inverse=lambda records: records._inverse_secret(name),
        copy=False,
        **options,
    )
