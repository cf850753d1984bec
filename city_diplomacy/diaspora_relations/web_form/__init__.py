"""The public forms of diaspora relations."""
