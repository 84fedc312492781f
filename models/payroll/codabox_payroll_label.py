from odoo import models

from ...codabox import FormatError, entry_totals, parse_soda


class CodaboxPayroll(models.Model):
    """Texts that may be names in payrolls that are in the books already."""

    _inherit = "codabox.payroll"

    def _note_hidden_labels(self):
        """Note the texts that are hidden on the entries of these payrolls, from their stored files."""
        for document, payrolls in self.grouped("document_id").items():
            file = document._readable_file()
            try:
                entries = parse_soda(file._raw()).entries if file else ()
            except FormatError:
                continue
            for payroll in payrolls:
                for entry in entries[payroll.position :][:1]:
                    payroll._link_hidden_labels(entry_totals(entry))

    def _link_hidden_labels(self, totals):
        """Say of the items of this entry which text is hidden; items that a person renamed are left.

        :param totals: the ``Total`` values of this payroll.
        """
        labels = self.env["codabox.soda.label"]._seen(self.company_id, self.source, totals)
        items = {(i.codabox_soda_code, i.name): i for i in self.move_id.line_ids}
        for total in totals:
            label = labels.get((total.account, total.hidden))
            item = items.get((total.account, f"{total.period} {total.account}"))
            if label and item:
                item.codabox_soda_label_id = label
