"""The briefing book of a visit: what whoever receives or travels has to know, on one page and as PDF."""
