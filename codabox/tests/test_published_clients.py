"""What four published clients ask, in their order and their manner, and read of the answers.

Their code is not here: paths, headers and bodies are those that ``docs/reference/api.md`` 3 to 6
and 8.2 notes of them. A sandbox on which they work is one that our own client may be tried on.
"""

from __future__ import annotations

import requests

from ..sandbox import (
    CLIENT_NUMBER,
    COMPANY_CREDENTIALS,
    FEED_ID,
    PASSWORD,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
    USERNAME,
)
from ..sandbox.const import CLIENT_ID, FIDUCIARY_ID
from .invoice_case import ubl
from .sandbox_case import SandboxCase

KEY = {"X-Software-Company": SOFTWARE_KEY}
JSON = {"Accept": "application/json"}
ANY = {"Accept": "*/*"}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


class PublishedClientsTest(SandboxCase):
    def get(self, path, status=200, **headers):
        """Ask with a slash at the end, as Valuya, Inocrea and Noviat do."""
        answer = self.ask("GET", path, headers=headers)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def test_valuya_lists_offices_and_clients_and_confirms_entry_by_entry(self):
        (office,) = self.get("fiduciaries/", **JSON).json()
        self.assertEqual(office, self.get(f"fiduciaries/{FIDUCIARY_ID}/", **JSON).json())
        clients = self.get("clients/", **JSON).json()
        self.assertEqual(clients[0], self.get(f"clients/{CLIENT_ID}/", **JSON).json())
        pod = self.get("delivery/pod-client/", **JSON).json()
        self.assertEqual({c["client_id"] for c in pod["feed_clients"]}, {c["id"] for c in clients})
        for client in pod["feed_clients"]:
            self.confirm_all(client["id"], pod["allowed_formats"])
            self.assertEqual(self.listed(client["id"]), [])

    def confirm_all(self, feed, formats):
        """Fetch each format of each entry and confirm it, with the number of the feed."""
        for entry in self.get(f"delivery/feed/{feed}/", **JSON).json()["feed_entries"]:
            index = entry["feed_index"]
            for name in formats[entry["document_model"]]:
                self.assertTrue(self.get(f"delivery/download/{index}/{name}/", **ANY).content)
            body = {"id": feed, "feed_offset": index}
            answer = self.ask("PUT", f"delivery/feed/{feed}/", json=body, headers=JSON)
            self.assertEqual((answer.status_code, answer.json()), (200, body))

    def test_valuya_reads_and_confirms_what_is_delivered_again(self):
        self.assertEqual(self.listed(FEED_ID, "redownload-feed"), [])
        again = self.sandbox.redeliver(self.listed(FEED_ID)[0])
        self.assertEqual(self.listed(FEED_ID, "redownload-feed"), [again])
        self.assertTrue(self.get(f"delivery/redownload/{again}/cod/", **ANY).content)
        self.get(f"delivery/redownload/{UNKNOWN}/cod/", 404, **ANY)
        path = f"delivery/redownload-feed/{FEED_ID}/"
        for index, status in ((UNKNOWN, 400), (again, 200)):
            body = {"id": FEED_ID, "feed_offset": index}
            self.assertEqual(self.ask("PUT", path, json=body).status_code, status)
        self.assertEqual(self.listed(FEED_ID, "redownload-feed"), [])
        self.assertEqual(
            len(self.listed(FEED_ID)), 2, "the two channels know nothing of each other"
        )

    def test_niboo_asks_a_token_and_reads_without_slashes(self):
        path = "request-access-token/invoicing-software/"
        answer = self.ask("POST", path, json={"vat": CLIENT_NUMBER}, auth=None)
        self.assertEqual(answer.status_code, 201)
        refused = self.ask("POST", path, json={"vat": "BE0000000097"}, auth=None)
        self.assertGreaterEqual(refused.status_code, 400)
        self.assertTrue(refused.json()["detail"])
        token = self.sandbox.mails(CLIENT_NUMBER)[-1].token
        pair = self.follow(f"get-credentials/{token}").json()
        auth = (pair["username"], pair["password"])
        again = self.follow(f"get-credentials/{token}", 404)
        self.assertTrue(again.json()["detail"])
        (client,) = self.follow("delivery/pod-client/", auth=auth).json()["feed_clients"]
        feed = f"delivery/feed/{client['id']}"
        for entry in self.follow(feed, auth=auth).json()["feed_entries"]:
            index = entry["feed_index"]
            self.assertTrue(self.follow(f"delivery/download/{index}/cod", auth=auth).text)
            put = self.ask("PUT", f"{feed}/", json={"feed_offset": index}, auth=auth)
            self.assertEqual(put.status_code, 200)
        self.assertEqual(self.follow(feed, auth=auth).json()["feed_entries"], [])

    def follow(self, path, status=200, auth=None):
        """Ask with a library that follows redirects and sends its headers along."""
        answer = requests.get(self.url + path, headers=KEY, auth=auth, timeout=5)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def test_inocrea_passes_over_entries_it_does_not_want_and_never_empties_redelivery(self):
        again = self.sandbox.redeliver(self.listed(FEED_ID)[0])
        for _round in range(2):
            feeds = [
                client["id"] for client in self.get("delivery/pod-client/").json()["feed_clients"]
            ]
            self.assertEqual(self.listed(feeds[0], "redownload-feed"), [again])
            self.assertTrue(self.get(f"delivery/redownload/{again}/cod/").content)
        self.assertEqual(feeds, [FEED_ID, SECOND_FEED_ID])
        unwanted, wanted = self.get(f"delivery/feed/{FEED_ID}/").json()["feed_entries"]
        self.assertNotEqual(unwanted["metadata"]["iban"], wanted["metadata"]["iban"])
        index = wanted["feed_index"]
        printed, read = (self.get(f"delivery/download/{index}/{name}/") for name in ("pdf", "cod"))
        self.assertTrue(printed.content.startswith(b"%PDF"))
        self.assertEqual({len(line) for line in read.text.splitlines()}, {128})
        self.assertEqual(self.put(index).status_code, 200)
        self.assertEqual(self.listed(), [], "the one before is passed over as well")

    def test_noviat_connects_and_sends_over_peppol(self):
        pair = self.ask("GET", f"get-credentials/{TOKEN}/", auth=None).json()
        self.assertEqual((pair["username"], pair["password"]), (USERNAME, PASSWORD))
        self.sandbox.connect_company(CLIENT_NUMBER, COMPANY_CREDENTIALS)
        auth = (COMPANY_CREDENTIALS.username, COMPANY_CREDENTIALS.password)
        licence = self.ask("GET", "peppol/licences/", auth=auth).json()[0]
        self.assertEqual(licence["state"], "active")
        asked = {"scheme_id": "BE:CBE", "value": CLIENT_NUMBER.removeprefix("BE")}
        found = self.ask("POST", "peppol/receiver/check-presence/", json=asked, auth=auth)
        self.assertEqual(found.status_code, 200)
        files = {"file": ("invoice.xml", ubl(), "application/xml")}
        path = f"peppol/licences/{licence['id']}/upload/"
        self.assertEqual(self.ask("POST", path, files=files, auth=auth).status_code, 200)
        self.assertEqual([sent.content for sent in self.sandbox.peppol_uploads()], [ubl()])
