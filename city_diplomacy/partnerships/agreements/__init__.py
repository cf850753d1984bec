"""Agreements: what may be said of one, its parties, texts and terms, its signature, standing, renewal and amendment."""
