"""Who may know of what at Frappe's own doors. This package imports nothing else of the app; approvals say,
through the hook `routed_doctypes`, which DocTypes of other apps are routed.

`guarded` says which DocTypes are answered for here, `rows` which of their rows a person may know of,
`requests` looks at every request before Frappe answers it, `doors` answers in place of the methods of Frappe
that do not ask for permission.
"""
