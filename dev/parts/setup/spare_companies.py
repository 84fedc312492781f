"""Run in `dev/odoo shell` on the template of the Odoo tests; `env` is given by the shell.

Loading a chart of accounts takes seconds, and nearly every test class wants two companies that have
one. `make_company` of tests/common.py takes these, and makes one itself where there is none left.
"""

belgium, euro = env.ref("base.be"), env.ref("base.EUR")
for chart, count in {"generic_coa": 2, "be_comp": 3}.items():
    for number in range(count):
        company = env["res.company"].create(
            {
                "name": f"Spare {chart} {number}",
                "country_id": belgium.id,
                "currency_id": euro.id,
            }
        )
        env["account.chart.template"].try_loading(chart, company, install_demo=False)
        company.currency_id = euro  # the generic chart brings its own
env.cr.commit()
