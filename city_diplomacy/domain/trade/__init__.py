"""Rules of trade promotion: leads and their stages, codes of goods, filing, wins and what a grant brought."""
