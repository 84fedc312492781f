"""Keys, names and numbers of the sandbox's seed, and of a world where they are not given.

The identifiers are those of the examples in sections 4 to 6 of the reference. Nothing here is
secret or real.
"""

from __future__ import annotations

from typing import Final

from ..domain import Credentials

SOFTWARE_KEY: Final = "0d5c0f4e-52b1-4d1c-9d0a-6c1f3a7b2e10"
USERNAME: Final = "AB-34127856-cdab-4f01-8203-abc"
PASSWORD: Final = "a1B2c3D4e5"
TOKEN: Final = "3f9a1c5d7e2b4860a1c3e5f7092b4d6f8a0c2e4f"
CREDENTIALS: Final = Credentials(USERNAME, PASSWORD)
COMPANY_TOKEN: Final = "8c1d5e2f7a3b4c6d9e0f1a2b3c4d5e6f7a8b9c0d"
COMPANY_CREDENTIALS: Final = Credentials("CD-5b0c6f1a-3e7d-4a52-9c18-f4d", "k7M2p9Q4x1")

POD_ID: Final = 66
FEED_ID: Final = 277
SECOND_FEED_ID: Final = 278
FIDUCIARY_ID: Final = "5a1f9f7e-2f60-4e5b-8f7b-7d0d3d9b1a22"
FIDUCIARY_NUMBER: Final = "BE1007200290"
CLIENT_ID: Final = "0b6b2c1e-6f0b-4c43-9a55-0f6d3a1c7e10"
CLIENT_NUMBER: Final = "BE1007190194"
SECOND_CLIENT_ID: Final = "f2f4c6a8-7c3b-4d6e-8b1a-2f0c5d7e9a31"
SECOND_CLIENT_NUMBER: Final = "BE1007200389"
BANK_ID: Final = "CDBXBE33"
SECOND_BANK_ID: Final = "CDBXBE34"
FEED_INDEXES: Final = (
    "2494b3f7-1512-4156-8778-c8a6caa5e600",
    "6b8f8082-888a-4479-a1a7-2b29f0943f00",
)
