"""A prepared order as a spreadsheet that whoever enters it at CodaBox can read."""

import io
import re

import xlsxwriter

from ...codabox import grouped_iban, iban_problem

WIDTHS = (30, 34, 46)


def sheet_of(prepared, language):
    """Return the spreadsheet of one client.

    :param PreparedOrder prepared: what is asked.
    :param str language: in which it is.
    :rtype: bytes
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("CodaBox")
    bold = book.add_format({"bold": True})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    part = None
    for place, (title, label, value) in enumerate(prepared.rows(language)):
        # Never a formula or a number: names begin with =, and a number loses its zeros.
        sheet.write_string(place, 0, "" if title == part else title, bold)
        sheet.write_string(place, 1, label)
        sheet.write_string(place, 2, value if iban_problem(value) else grouped_iban(value))
        part = title
    book.close()
    return buffer.getvalue()


def sheet_name(prepared):
    """Return the name of the spreadsheet of one client, which no file system refuses."""
    new = prepared.order.new
    name = re.sub(r"[^\w .&-]", "-", f"CodaBox {new.client_code} {new.name}").strip()
    return f"{name[:80].strip()}.xlsx"
