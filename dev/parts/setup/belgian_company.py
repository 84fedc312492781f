"""Run in `dev/odoo shell` on the new template database; `env` is given by the shell."""

company = env.company
company.write(
    {
        "name": "Demo Company BV",
        "street": "Grote Markt 1",
        "zip": "1000",
        "city": "Brussel",
        "vat": "BE0477472701",
    }
)
found = (company.country_id.code, company.chart_template, company.currency_id.name)
if found != ("BE", "be_comp", "EUR"):
    raise SystemExit(f"the new database's company is not Belgian: {found}")
# The web client's scripts and styles, most of which the copies need not build again.
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
