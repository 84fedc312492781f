"""Where the sample files are.

Those that this project wrote are in ``samples/``. Those published by others stay outside the
repository, because their licences differ: ``CODABOX_SAMPLES`` names the folder that has them,
otherwise it is ``../shared/samples`` beside the repository. Tests of these say so and are skipped
where there is no such folder.
"""

import os
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parents[2]
OURS = Path(__file__).parent / "samples"
PUBLISHED = Path(os.environ.get("CODABOX_SAMPLES") or _REPOSITORY.parent / "shared/samples")
HAS_PUBLISHED = PUBLISHED.is_dir()
MISSING = (
    "files published by others are not in this repository;"
    f" CODABOX_SAMPLES names a folder with them, {PUBLISHED} is none"
)
