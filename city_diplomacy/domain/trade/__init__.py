"""Rules of trade promotion: codes of the Harmonized System."""
