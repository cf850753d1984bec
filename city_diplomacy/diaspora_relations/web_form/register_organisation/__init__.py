"""The public form by which an organisation registers."""
