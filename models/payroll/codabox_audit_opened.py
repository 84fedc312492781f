from odoo import models

# What gives the bytes of a file, by the name of its model.
BYTES = {
    "account.move": {"codabox_payroll_pdf"},
    "codabox.document": {"archive", "pdf"},
    "codabox.document.file": {"content"},
    "ir.attachment": {"raw", "datas", "db_datas"},
}


class CodaboxAudit(models.Model):
    """Who opened what tells who earns what: by its address, by a call, or in an export."""

    _inherit = "codabox.audit"

    def _note_read(self, records, names):
        """Tell that these fields of records were read, when they gave the bytes of closed files.

        :param names: of fields, or of their paths in an export.
        """
        if not BYTES[records._name].intersection(name.rpartition("/")[2] for name in names):
            return
        for found in records.sudo()._codabox_closed_files():
            if found:
                self._note_opened(found)


class ClosedFiles(models.AbstractModel):
    """Mixin of the models that give bytes of files."""

    _name = "codabox.closed.files"
    _description = "CodaBox files"

    def _codabox_closed_files(self):
        """Return the records of which somebody opens closed files here, by model."""
        return [self.filtered("is_closed")]

    def _read_format(self, fnames, load="_classic_read"):
        # EXTENDS base: what `read`, `web_read` and `search_read` have in common
        result = super()._read_format(fnames, load)
        if self and not self.env.su and not self.env.context.get("bin_size"):
            self.env["codabox.audit"]._note_read(self, fnames)
        return result

    def export_data(self, fields_to_export):
        """Extend: an export gives the bytes too."""
        result = super().export_data(fields_to_export)
        if self and not self.env.su:
            self.env["codabox.audit"]._note_read(self, fields_to_export)
        return result


class CodaboxDocument(models.Model):
    _name = "codabox.document"
    _inherit = ["codabox.document", "codabox.closed.files"]


class CodaboxDocumentFile(models.Model):
    _name = "codabox.document.file"
    _inherit = ["codabox.document.file", "codabox.closed.files"]

    def _codabox_closed_files(self):
        return [self.document_id.filtered("is_closed")]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "codabox.closed.files"]

    def _codabox_closed_files(self):
        return [self.filtered("codabox_payroll_id")]


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = ["ir.attachment", "codabox.closed.files"]

    def _codabox_closed_files(self):
        of_entries = self.filtered(lambda a: a.codabox_payroll and a.res_model == "account.move")
        of_files = self.filtered(lambda a: a.res_model == "codabox.document.file")
        files = of_files._codabox_owners("codabox.document.file")
        return [of_entries._codabox_owners("account.move"), *files._codabox_closed_files()]

    def _codabox_owners(self, model):
        """Return the records of one model to which these belong, each once."""
        return self.env[model].browse(set(self.mapped("res_id"))).exists()


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        # EXTENDS base: the bytes of a record by their address
        stream = super()._record_to_stream(record, field_name)
        if field_name in BYTES.get(record._name, ()):
            self.env["codabox.audit"]._note_read(record, [field_name])
        return stream
