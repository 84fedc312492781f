"""Where the sample files of SODA are; they stay outside the repository."""

from .coda_samples import FOLDER as _CODA

FOLDER = _CODA.parent / "soda"
MISSING = f"no sample files in {FOLDER}: set CODABOX_SAMPLES"
MONTHLY = "synthetic_01_monthly.xml"
REGULARISATION = "synthetic_02_regularisation_other_social_period.xml"
TWO_EMPLOYERS = "synthetic_03_two_employers.xml"
ONE_CENT = "synthetic_04_unbalanced_one_cent.xml"
NEGATIVE = "synthetic_05_negative_amounts_and_zero_line.xml"
