"""Who is given which bytes by which address, and what each route of ours answers whom."""

import base64
import io
import re

from odoo.http import Request, _generate_routing_rules
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..codabox.sandbox import pdf
from .rights_case import RightsCase

HEAD = """# Files and addresses

Written by `tests/test_rights_files.py`, which fails when this is not so: whose files an address gives whom.
"""
ROUTES = """## Routes

What our own addresses do for whom, of the mandate or the questions of a client of A and of B; *link*: with
its token.
"""
NOBODY = "who is not logged in"
PARTS = {"<int:mandate_id>", "<int:page>", "<int:contact_id>", "<int:question_id>"}


@tagged("-at_install", "post_install")
class TestRightsFiles(RightsCase):
    def log_in(self, name):
        if name != NOBODY:
            return super().log_in(name)
        return self.authenticate(None, None)

    def everybody(self):
        return [NOBODY, *self.users]

    # -------------------------------------------------------------------------
    # Bytes
    # -------------------------------------------------------------------------

    def files(self):
        """Return what there is of bytes: kind of address, owner -> (addresses, how they begin)."""
        found = {}
        for model in [*self.own_models(), *self.core_models()]:
            if self.env[model]._transient or not self.env[model]._auto:
                continue
            for owner, record in self.records(model).items():
                self._files_of(found, owner, record)
        return found

    def _files_of(self, found, owner, record):
        owner = owner.replace("payroll entry", "wages")  # its files tell what the entry does not
        for name in self.own_fields(record._name):
            if record._fields[name].type == "binary" and record[name]:
                begin = base64.b64decode(record[name])[:8]
                for way in ("content", "image"):
                    address = f"/web/{way}/{record._name}/{record.id}/{name}"
                    found.setdefault(f"{way} {record._name} {name}", {})[owner] = (address, begin)
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id),
                  ("res_field", "!=", "x"), ("raw", "!=", False)]  # fmt: skip
        for attachment in self.env["ir.attachment"].sudo().search(domain[:3], limit=1):
            begin = attachment.raw[:8]
            for way in ("content/{}", "content/ir.attachment/{}/datas", "image/{}"):
                address = "/web/" + way.format(attachment.id)
                name = f"{way.format('N')} of {record._name}"
                found.setdefault(name, {})[owner] = (address, begin)

    @mute_logger("odoo.http")
    def test_every_file_that_an_address_gives_is_on_the_written_page(self):
        files = self.files()
        cells = {name: {user: [] for user in self.everybody()} for name in files}
        for user in self.everybody():
            self.log_in(user)
            for name, owners in files.items():
                for owner, (address, begin) in owners.items():
                    if begin and self.url_open(address).content.startswith(begin):
                        cells[name][user].append(owner)
        self.assertFalse([name for name in cells if cells[name][NOBODY]])
        routes = self.routes()
        self.assert_own_mandates_only(routes)
        parts = [HEAD, self.section("Files", cells), ROUTES, self.section("Routes", routes)]
        self.assert_page("rights/files.md", "\n".join(parts))

    # -------------------------------------------------------------------------
    # Routes
    # -------------------------------------------------------------------------

    def may_all_the_same(self, user, what):
        if what.startswith("Routes"):
            return (
                "a client comes to his own mandates and questions, and whoever has a link to them"
            )
        return super().may_all_the_same(user, what)

    def assert_own_mandates_only(self, routes):
        """Without a link a client comes to his own mandates, and nobody else from outside to any."""
        outside = {NOBODY: "", "employee A": "", "portal": "A", "portal of another client": "B"}
        for url, cells in routes.items():
            if "_id" in url and not url.endswith("link"):
                for user, whose in outside.items():
                    others = [f for f in cells[user] if not whose or not f.endswith(whose)]
                    self.assertFalse(others, (url, user))

    def own_routes(self):
        """Return the addresses of our controllers, and whether they are posted to."""
        modules = self.env["ir.module.module"].sudo().search([("state", "=", "installed")])
        rules = _generate_routing_rules(modules.mapped("name"), nodb_only=False)
        return {
            url: "POST" in (endpoint.routing.get("methods") or ())
            for url, endpoint in rules
            if "account_codabox" in endpoint.func.__module__
        }

    def routes(self):
        """Return the cells of the page: route -> user -> what it did."""
        cells = {}
        for url, is_posted in self.own_routes().items():
            self.assertFalse(set(re.findall("<[^>]*>", url)) - PARTS, url)
            for user in self.everybody():
                self.log_in(user)
                self._add_route(cells, user, url, is_posted)
        return cells

    def _add_route(self, cells, user, url, is_posted):
        model = "codabox.client.contact" if "contact_id" in url else "codabox.mandate"
        for owner, record in self.records(model).items():
            address = self._address(url, record)
            links = {url: ""}
            if "_id" in url:
                links[f"{url} link"] = f"?access_token={record._portal_ensure_token()}"
            for name, query in links.items():
                self.env.flush_all()
                found = cells.setdefault(name, {u: [] for u in self.everybody()})[user]
                with self.rolled_back():
                    if done := self.done(address + query, is_posted):
                        found.append(f"{done} of {owner}" if "_id" in url else done)
        for found in (cells[name][user] for name in cells):
            found[:] = sorted(set(found))

    def _address(self, url, record):
        """Return an address of ours with the ids of a mandate, or of a contact and its question."""
        for part in ("<int:mandate_id>", "<int:contact_id>"):
            url = url.replace(part, str(record.id))
        if "question_id" in url:
            url = url.replace("<int:question_id>", str(record.question_ids[:1].id))
        return url.replace("<int:page>", "1")

    def done(self, address, is_posted):
        """Return what an address did, in one word; nothing when it sends away."""
        given = {"allow_redirects": False}
        if is_posted:
            given["data"] = {"csrf_token": Request.csrf_token(self), "answer": "Bread"}
            given["files"] = {"signed": ("signed.pdf", io.BytesIO(pdf(["signed"])))}
        answer = self.url_open(address, **given)
        if "uploaded=1" in answer.headers.get("Location", ""):
            return "upload"
        if "answered=1" in answer.headers.get("Location", ""):
            return "answer"
        if answer.status_code != 200:
            return ""
        return "file" if answer.content.startswith(b"%PDF") else "page"
