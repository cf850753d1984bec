"""Trade promotion: what it decides, beside the registers of `tests/registers`."""
