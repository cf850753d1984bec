"""Rules of trade promotion: the stages of a lead, codes of the Harmonized System."""
