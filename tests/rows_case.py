"""What the database holds of records, so that two ways of booking can be compared."""

from .common import CodaboxCase

# What differs between any two entries, whoever makes them.
OWN = {
    "id",
    "name",
    "journal_id",
    "access_token",
    "create_date",
    "write_date",
    "internal_index",
    "sequence_prefix",
    "display_name",
}


class RowsCase(CodaboxCase):
    """Rows that can be compared whatever their ids are."""

    relative = (
        "account.move",
        "account.bank.statement",
        "account.bank.statement.line",
        "account.move.line",
    )

    def rows(self, records, journal):
        """Return the stored values of records as the database has them, ids made relative."""
        names = [
            field.name
            for field in records._fields.values()
            if field.store and field.column_type and field.name not in OWN
        ]
        first = {}
        rows = []
        for row in records.sudo().read(names, load=None):  # payroll fields are not for everybody
            for name, value in list(row.items()):
                field = records._fields.get(name)
                if field is None or field.type != "many2one" or not value:
                    continue
                if field.comodel_name in self.relative:
                    row[name] = value - first.setdefault(name, value)
                elif name == "account_id" and value == journal.default_account_id.id:
                    row[name] = "bank account"
            row.pop("id")
            if row.get("move_name"):
                row["move_name"] = row["move_name"].removeprefix(journal.code)
            rows.append(row)
        return rows
