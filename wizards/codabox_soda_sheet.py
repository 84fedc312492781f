import base64
import csv
import io
import zipfile

import openpyxl
import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError

from .codabox_soda_sheet_rows import SheetRows

XLSX = b"PK"  # a spreadsheet is a zip


class CodaboxSodaSheet(models.TransientModel):
    """A payroll mapping as a spreadsheet: taken out, corrected elsewhere, brought back whole.

    The first row holds titles; after it, one row is one code. All rows are checked before one is
    changed.
    """

    _name = "codabox.soda.sheet"
    _inherit = "codabox.dialog.mixin"
    _description = "Payroll mapping as a spreadsheet"

    # Bytes of a spreadsheet, unpacked: some thousands of codes. A few packed ones can hold millions
    # of cells, which would keep a worker busy for minutes.
    _largest = 8 * 1024 * 1024

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )
    content = fields.Binary("Spreadsheet", attachment=False)
    filename = fields.Char()

    # -------------------------------------------------------------------------
    # Export
    # -------------------------------------------------------------------------

    @api.model
    def _export(self, mappings):
        """Return the action that downloads these rows, of one company.

        :raise UserError: for rows of several companies, whose accounts differ.
        """
        if len(mappings.company_id) > 1:
            raise UserError(self.env._("Choose the rows of one company: each has its accounts."))
        company = mappings.company_id or self.env.company
        self.env["codabox.audit"]._note_export(mappings)
        rows = SheetRows(self.env, company)
        sheet = self.create(
            {
                "company_id": company.id,
                "filename": f"{self.env._('Payroll mapping')} {company.name}.xlsx",
                "content": base64.b64encode(
                    self._write([rows.titles(), *(rows.written(row) for row in mappings)])
                ),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{sheet.id}/content?filename_field=filename"
            "&download=true",
            "target": "download",
        }

    @api.model
    def _write(self, rows):
        """Return a spreadsheet of these rows; every cell is text, so that no code loses a zero."""
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            text = book.add_format({"num_format": "@"})
            sheet.set_column(0, len(rows[0]) - 1, 24, text)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, value, text)
        return buffer.getvalue()

    # -------------------------------------------------------------------------
    # Import
    # -------------------------------------------------------------------------

    def action_import(self):
        """Bring the rows of a spreadsheet in: all of them, or none.

        :raise UserError: with the number of each row that is wrong, and what is wrong in it.
        """
        self.ensure_one()
        if not self.content:
            raise UserError(self.env._("Choose a spreadsheet first."))
        if self.company_id not in self.env.user.company_ids:
            raise UserError(self.env._("You do not keep the books of this company."))
        rows = SheetRows(self.env, self.company_id)
        content = base64.b64decode(self.content)
        self._check_size(content)
        found = rows.checked(self._read(content))
        mapping = self.env["codabox.soda.mapping"].with_company(self.company_id)
        changed = mapping
        for source, code, values in found:
            row = mapping._row(self.company_id, source, code)
            row.write(values)
            changed |= row
        return changed._action_open(self.env._("Imported payroll mapping"))

    @api.model
    def _check_size(self, content):
        """Check how much a file holds before it is read.

        :param bytes content: the file.
        :raise UserError: when it is more than a mapping can be.
        """
        size = len(content)
        if content.startswith(XLSX):
            try:
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    size = sum(member.file_size for member in packed.infolist())
            except zipfile.BadZipFile:
                return  # reading it says what is wrong
        if size > self._largest:
            raise UserError(self.env._("This file is too large for a payroll mapping."))

    @api.model
    def _read(self, content):
        """Return the rows of a file as lists of texts, titles first.

        :param bytes content: an .xlsx, or a .csv with comma, semicolon or tab.
        :raise UserError: when it is neither.
        """
        try:
            if content.startswith(XLSX):
                book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
                return [
                    [self._text(cell) for cell in row]
                    for row in book.worksheets[0].iter_rows(values_only=True)
                ]
            text = content.decode("utf-8-sig")
            dialect = csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
            return [
                [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect)
            ]
        except Exception as error:
            # A file of any other kind breaks in as many ways as there are kinds.
            raise UserError(
                self.env._("This file cannot be read. Choose an .xlsx, or a .csv in UTF-8.")
            ) from error

    @api.model
    def _text(self, cell):
        """Return a cell as text; a code that became a number there is no decimal here."""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else str(cell).strip()


class CodaboxSodaMapping(models.Model):
    _inherit = "codabox.soda.mapping"

    def action_export(self):
        """Download these rows as a spreadsheet; of the company when none is ticked."""
        mappings = self or self.search([("company_id", "=", self.env.company.id)])
        return self.env["codabox.soda.sheet"]._export(mappings)
