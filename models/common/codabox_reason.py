from odoo import api, fields, models

from ...codabox import clean_json
from ...reasons import explain


class CodaboxReasonMixin(models.AbstractModel):
    """A state that explains itself, in the language of whoever reads it.

    What is stored is a code and its facts; the sentence is made when it is shown.
    """

    _name = "codabox.reason.mixin"
    _description = "CodaBox reason"

    reason_code = fields.Char(readonly=True, copy=False, export_string_translation=False)
    reason_facts = fields.Json(readonly=True, copy=False)
    reason = fields.Text(compute="_compute_reason")

    @api.depends("reason_code", "reason_facts")
    @api.depends_context("lang", "uid")  # who may not enter a company does not read its name
    def _compute_reason(self):
        for record in self:
            record.reason = explain(self.env, record.reason_code, record.reason_facts)

    @api.model
    def _reason_vals(self, code=False, **facts):
        """Return the values that store a reason.

        :param str code: code of ``reasons.REASONS``; nothing clears the reason.
        :param facts: facts of that reason; they may quote what came from outside.
        :rtype: dict
        """
        return {"reason_code": code, "reason_facts": clean_json(facts) or False}

    @api.model
    def _reason_vals_of(self, error):
        """Return the values that store a ``CodaboxError`` as reason.

        :param CodaboxError error: what the library raised.
        :rtype: dict
        """
        facts = {
            key: value if isinstance(value, (int, float, str, dict)) else str(value)
            for key, value in error.details.items()
            if value not in (None, "", {})
        }
        return self._reason_vals(error.code, **facts)
