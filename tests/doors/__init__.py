"""Frappe's generic doors: every way Frappe offers to read any record, tried by every account.

`listed` finds the doors in the Frappe that is installed, `reviewed.csv` says of each how it is asked or why it is
not, `planted` puts a marker into every column of text of every DocType of ours, `asking` composes the requests.
"""
