# Everyday commands; `make` alone lists them. What they need is installed on first use.
# Settings: ODOO_PATH=, ODOO_DEB=, PYTHON=, CODABOX_DEV_HOME=, PG* (see dev/setup).

.DEFAULT_GOAL := help
.PHONY: help setup unit unit-days lint format odoo-tests odoo-tests-alone live batch-test kill-test upgrade-test rights test demo screenshots db bench pot pot-check lock clean

MODULE := account_codabox
export ODOO_PATH ODOO_DEB PYTHON CODABOX_DEV_HOME EXTRA_ADDONS KEEP ALL REVERSE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "dev/odoo …        Odoo's own command line: dev/odoo shell -d NAME, dev/odoo server …"

setup: ## install what is missing: Odoo 19, PostgreSQL, browser, Python packages
	@dev/setup

unit: ## framework-free tests of codabox/, in seconds, without Odoo; DAY=2028-02-29 as if on that day
	@dev/python -W error $(if $(DAY),dev/parts/checks/unit_at.py $(DAY),-m unittest discover -s codabox/tests -t .)

unit-days: ## the same on the ends of February and of the year and on the changes of the clock
	@dev/python -W error dev/parts/checks/unit_at.py 2026-12-31 2027-02-28 2027-03-27 2027-10-30 2028-02-28 2028-02-29

lint: ## ruff and pylint-odoo
	@dev/lint

format: ## let ruff rewrite what it can
	@dev/python -m ruff check --quiet --fix-only .
	@dev/python -m ruff check --quiet --fix-only --unsafe-fixes --extend-select TC codabox
	@dev/python -m ruff format .

odoo-tests: ## tests inside Odoo; one class: make odoo-tests TAGS=/account_codabox:TestName; REVERSE=1 last first
	@dev/odoo_tests $(TAGS)

odoo-tests-alone: ## each test class in a fresh database of its own, half a minute each; CLASSES="TestA TestB" only
	@dev/odoo_tests_alone $(CLASSES)

live: ## what a real CodaBox answers, call by call, nothing changed; a report to mail. CODABOX_SOFTWARE_KEY= CODABOX_USERNAME= CODABOX_PASSWORD= CODABOX_URL=
	@dev/python -m codabox.live_check --file codabox-live.txt; status=$$?; \
		test $$status -eq 2 || echo "The report is in codabox-live.txt: mail it to whoever looks after this software."; exit $$status

batch-test: ## mandates ordered for 200 clients in one go, CodaBox answering in 50 ms; CLIENTS= of them
	@CODABOX_BATCH_CLIENTS=$(or $(CLIENTS),200) dev/odoo_tests \
		/$(MODULE):TestMandateOrderBatch.test_every_line_has_its_result_and_nothing_is_ordered_twice

kill-test: ## the nightly run killed at every step in turn; ALL=1 also where it makes no difference
	@dev/kill_test

upgrade-test: ## a database of the landed version, filled by its demo, upgraded to the working tree
	@dev/upgrade_test

rights: ## rewrite docs/rights.md and docs/rights: who may see and do what, as tests ask it
	@CODABOX_RIGHTS=1 dev/odoo_tests /$(MODULE):TestRights,/$(MODULE):TestRightsFields,/$(MODULE):TestRightsMethods,/$(MODULE):TestRightsDialogs,/$(MODULE):TestRightsFiles

test: setup ## everything: lint, unit, Odoo tests, kill test, upgrade, smoke test of the demo, texts
	@dev/python dev/test.py $(LAYERS)

demo: ## Odoo and a CodaBox sandbox with demo data, in the browser; RESET=1 starts afresh
	@dev/demo $(if $(RESET),--reset) $(if $(DB),--db $(DB))

screenshots: ## the five jobs of an accountant in a browser, clicks counted; pictures in screenshots/ or CODABOX_SCREENSHOTS=
	@CODABOX_SCREENSHOTS="$(or $(CODABOX_SCREENSHOTS),$(CURDIR)/screenshots)" dev/demo --jobs

db: ## a database with the add-on for a Belgian company: make db DB=name
	@dev/db "$(DB)"

bench: ## how fast we are against others; some parts only: make bench PARTS="parser"
	@dev/bench $(PARTS)

pot: ## rewrite the translation template from the sources
	@dev/pot

pot-check: ## fail when the translation template is out of date
	@dev/pot --check

lock: ## newest versions of the Python packages into dev/requirements.lock
	@dev/lock

clean: ## drop this checkout's databases and logs (the machine's cache stays)
	@dev/clean
