from odoo.exceptions import UserError

SHOWN = 20


class SheetRows:
    """The rows of a spreadsheet with a payroll mapping: written, read and checked.

    :param env: the environment of the user.
    :param res.company company: whose mapping it is.
    """

    def __init__(self, env, company):
        self.env = env(context={**env.context, "allowed_company_ids": company.ids})
        self.company = company
        self._chart = self.env["codabox.soda.mapping"]._chart(company)

    def titles(self):
        """Return the titles, in the order of the cells."""
        return [
            self.env._("Social secretariat"),
            self.env._("Code"),
            self.env._("Label"),
            self.env._("Account"),
            self.env._("Analytic distribution"),
        ]

    # -------------------------------------------------------------------------
    # Write
    # -------------------------------------------------------------------------

    def written(self, mapping):
        """Return the cells of a row of the mapping."""
        account = mapping.account_id.with_company(self.company)
        return [
            mapping.source or "",
            mapping.code,
            mapping.label or "",
            account.code or "",
            self._written_distribution(mapping.analytic_distribution or {}),
        ]

    def _written_distribution(self, distribution):
        """Return a distribution as text: ``Shop 60; Office + Project 40``."""
        analytic = self.env["account.analytic.account"]
        parts = []
        for ids, percent in distribution.items():
            accounts = analytic.browse(map(int, ids.split(",")))
            parts.append(f"{' + '.join(accounts.mapped('name'))} {percent:g}")
        return "; ".join(parts)

    # -------------------------------------------------------------------------
    # Read
    # -------------------------------------------------------------------------

    def checked(self, rows):
        """Return (secretariat, code, values) of each row.

        :param list rows: lists of texts; the first is the titles.
        :rtype: list[tuple[str, str, dict]]
        :raise UserError: when anything in them is wrong.
        """
        found, problems, seen = [], [], {}
        for number, cells in enumerate(rows[1:], start=2):
            if not any(cells):
                continue
            source, code, _label, account, distribution = [*cells, "", "", "", "", ""][:5]
            try:
                self._check_code(code, (source, code), seen, number)
                values = {"account_id": self._read_account(account).id}
                values["analytic_distribution"] = self._read_distribution(distribution)
                found.append((source, code, values))
            except ValueError as error:
                problems.append(
                    self.env._("Row %(row)s: %(problem)s", row=number, problem=str(error))
                )
        if not found and not problems:
            problems = [self.env._("There is no row below the titles.")]
        if problems:
            told = [*problems[:SHOWN], *(["…"] if len(problems) > SHOWN else [])]
            raise UserError("\n".join([self.env._("Nothing was imported."), *told]))
        return found

    def _check_code(self, code, key, seen, number):
        if not code:
            raise ValueError(self.env._("the code is missing."))
        if key in seen:
            raise ValueError(
                self.env._("the code %(code)s is in row %(row)s too.", code=code, row=seen[key])
            )
        seen[key] = number

    def _read_account(self, code):
        """Return the account of a code of the chart; none for an empty cell."""
        if not code:
            return self.env["account.account"]
        if code not in self._chart:
            raise ValueError(
                self.env._(
                    "%(company)s has no account %(code)s.", company=self.company.name, code=code
                )
            )
        return self._chart[code]

    def _read_distribution(self, text):
        """Return the distribution of a cell, as ``_written_distribution`` wrote it."""
        distribution = {}
        for part in filter(None, (part.strip() for part in text.split(";"))):
            names, _blank, percent = part.rpartition(" ")
            try:
                share = float(percent.replace(",", ".").rstrip("%"))
            except ValueError:
                raise ValueError(
                    self.env._("“%s” should be an analytic account and a percentage.", part)
                ) from None
            if not names or not 0 < share <= 100:
                raise ValueError(
                    self.env._("“%s” should be an analytic account and a percentage.", part)
                )
            ids = [self._read_analytic(name.strip()).id for name in names.split(" + ")]
            distribution[",".join(map(str, ids))] = share
        return distribution or False

    def _read_analytic(self, name):
        """Return the one analytic account of this name in the reach of the company."""
        found = self.env["account.analytic.account"].search(
            [("name", "=", name), ("company_id", "in", (False, self.company.id))]
        )
        if len(found) != 1:
            raise ValueError(self.env._("there is no single analytic account “%s”.", name))
        return found
