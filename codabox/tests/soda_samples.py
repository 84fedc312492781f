"""The sample files of SODA, all of them ours."""

from .sample_files import OURS

FOLDER = OURS / "soda"
MONTHLY = "synthetic_01_monthly.xml"
REGULARISATION = "synthetic_02_regularisation_other_social_period.xml"
TWO_EMPLOYERS = "synthetic_03_two_employers.xml"
ONE_CENT = "synthetic_04_unbalanced_one_cent.xml"
NEGATIVE = "synthetic_05_negative_amounts_and_zero_line.xml"
