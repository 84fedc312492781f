from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CodaboxDialogMixin(models.AbstractModel):
    """A dialog shows only what its user may read.

    Odoo takes any id for a many2one of a dialog, and reads its name, and what is computed from it,
    as superuser. So whoever may open a dialog could read any record through it. Every record that
    is put in a dialog is therefore checked: when it is made, written, or only filled in.
    """

    _name = "codabox.dialog.mixin"
    _description = "CodaBox dialog"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_readable(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_readable([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        # EXTENDS web: what is only filled in is never created, and shown all the same
        self._check_readable([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        # Whoever opens a dialog by its address gives its defaults.
        values = super().default_get(fields)
        self._check_readable([values])
        return values

    def _check_company(self, fnames=None):
        # EXTENDS base: a sentence instead of a list of inconsistencies
        try:
            return super()._check_company(fnames)
        except UserError as error:
            text = self.env._("Choose only what belongs to the company that this is about.")
            raise UserError(text) from error

    @api.model
    def _check_readable(self, vals_list):
        """Check that the user may read every record that stands in these values.

        :param list[dict] vals_list: as for ``create``, or as a form sends them.
        :raise odoo.exceptions.AccessError: when one of them is not for this user.
        """
        if self.env.su:
            return
        named = defaultdict(set)
        for vals in vals_list:
            _add_named(self, vals, named)
        for model, ids in named.items():
            self.env[model].browse(ids).check_access("read")


def _add_named(model, vals, named):
    """Add the ids that stand in values of a model, and in values of records inside them.

    A form may fill in records of any model inside a dialog, so these are looked through whatever
    they are of.

    :param dict[str, set[int]] named: ids by the name of their model.
    """
    for name, value in vals.items():
        field = model._fields.get(name)
        if not value or field is None or not field.relational:
            continue
        comodel = model.env[field.comodel_name]
        for found, inner in map(_named_in, _items(field, value)):
            ids = list(filter(_is_stored, found))
            if ids:
                named[comodel._name].update(ids)
            _add_named(comodel, inner, named)


def _items(field, value):
    """Return what stands in a relational value: ids, commands or records as a form shows them."""
    if isinstance(value, models.BaseModel):
        return value._origin.ids
    if not isinstance(value, (list, tuple)):
        return [value]
    return value[:1] if field.type == "many2one" else value  # of a many2one, its id and name


def _named_in(item):
    """Return the ids in one of these, and the values of a record inside it.

    :rtype: tuple[list, dict]
    """
    if isinstance(item, dict):
        return [item.get("id")], item
    if not isinstance(item, (list, tuple)):
        return [item], {}
    code, id_, given = (*item, 0, 0, 0)[:3]
    if code == Command.SET:
        return list(given or ()), {}
    return [] if code == Command.CREATE else [id_], given if isinstance(given, dict) else {}


def _is_stored(id_):
    """Whether this is the id of a record, not of a line that stands only in the form.

    PostgreSQL takes ``"7"`` and ``7.0`` for a number as well; nobody sends that in good faith.

    :raise ValueError: when it is neither.
    """
    if not id_ or (isinstance(id_, str) and id_.startswith("virtual_")):
        return False
    if type(id_) is not int:
        raise ValueError(f"Not an id: {id_!r}")
    return True
