"""Who may do what: the one table that DocType permissions, hooks and tests are checked against.

Rights are letters so that a row fits a line:
r read, w write, c create, d delete, s submit (also needed to edit a signed agreement's open fields),
e export, i import, p print, m e-mail, t report.
No role holds `cancel`, `amend` or `share`: a routed document is never cancelled or amended, and a share
would override a permission hook's refusal.

What a row grants is narrowed further by the hooks in `partnership_approvals/routing/permissions.py`:
confidential agreements are seen by those named on them, reviewers see what they were asked about.
"""

OFFICER = "International Affairs Officer"
MANAGER = "International Affairs Manager"
PROTOCOL = "Chief of Protocol"
TRADE = "Trade Officer"
COMMUNITY = "Community Officer"
DEPARTMENT = "Department Reviewer"
LEGAL = "Legal Reviewer"
MAYOR = "Mayor's Office"
CLERK = "Council Clerk"
POLICY_ADMIN = "Approval Administrator"
AUDITOR = "City Diplomacy Auditor"
OVERRIDE = "Approval Override"

# role: (needs Desk, what it is for)
ROLES: dict[str, tuple[bool, str]] = {
	OFFICER: (True, "Keeps the registers and prepares agreements."),
	MANAGER: (True, "Leads the office; records existing agreements and later changes of standing."),
	PROTOCOL: (True, "Visits, precedence, gifts and engagements."),
	TRADE: (True, "Trade leads and the companies behind them."),
	COMMUNITY: (True, "Diaspora organisations and community programmes."),
	DEPARTMENT: (False, "Answers for a city department; comes by a link."),
	LEGAL: (False, "Answers for the city attorney; comes by a link."),
	MAYOR: (False, "Decides for the mayor or city manager; comes by a link."),
	CLERK: (False, "Records what the council did and attests; comes by a link."),
	POLICY_ADMIN: (True, "Keeps the routing policies."),
	AUDITOR: (True, "Reads every record and verifies the ledger; changes nothing."),
	OVERRIDE: (True, "May answer in place of whoever was asked, with a reason; every use is reported."),
}

_FULL = "rwcdeipmt"
_KEEP = "rwceipmt"
_READ = "rpt"
_LOOK_UP = "r"

_REGISTER = {
	MANAGER: _FULL,
	OFFICER: _KEEP,
	PROTOCOL: "rwpmt",
	TRADE: _READ,
	COMMUNITY: _READ,
	MAYOR: _READ,
	CLERK: _READ,
	POLICY_ADMIN: _READ,
	AUDITOR: "rept",
}

_RECORD_OF_APPROVAL = {
	MANAGER: "rept",
	OFFICER: _READ,
	POLICY_ADMIN: _READ,
	AUDITOR: "rept",
	LEGAL: "rp",
	DEPARTMENT: "rp",
	MAYOR: "rp",
	CLERK: "rp",
	OVERRIDE: "rp",
}

DOCTYPE_PERMISSIONS: dict[str, dict[str, str]] = {
	"Partner City": _REGISTER,
	"Partner Organisation": {**_REGISTER, TRADE: _KEEP},
	"City Network": _REGISTER,
	"Network Membership": {**_REGISTER, LEGAL: "rp", DEPARTMENT: "rp", OVERRIDE: "rp"},
	"Partnership Topic": {
		MANAGER: _FULL,
		OFFICER: _KEEP,
		"All": _LOOK_UP,
	},
	"Agreement Type": {
		MANAGER: _FULL,
		POLICY_ADMIN: "rwt",
		"All": _LOOK_UP,
	},
	"MOU": {
		MANAGER: "rwcdseipmt",
		OFFICER: "rwcdseipmt",
		PROTOCOL: _READ,
		TRADE: _READ,
		COMMUNITY: _READ,
		POLICY_ADMIN: _READ,
		AUDITOR: "rept",
		MAYOR: "rp",
		CLERK: "rp",
		LEGAL: "rp",
		DEPARTMENT: "rp",
		OVERRIDE: _READ,
	},
	"Partnership Commitment": {
		MANAGER: _FULL,
		OFFICER: _KEEP,
		PROTOCOL: _KEEP,
		TRADE: _KEEP,
		COMMUNITY: _KEEP,
		DEPARTMENT: "rw",
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Partner Engagement": {
		MANAGER: _FULL,
		OFFICER: _KEEP,
		PROTOCOL: _KEEP,
		TRADE: "rwcpmt",
		COMMUNITY: "rwcpmt",
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Trade Lead": {
		MANAGER: _FULL,
		TRADE: _FULL,
		OFFICER: "rwcpmt",
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Trade Stage": {MANAGER: _FULL, TRADE: _FULL, OFFICER: _READ, MAYOR: _READ, AUDITOR: "rept"},
	"Trade Filing Rule": {MANAGER: _FULL, TRADE: _FULL, OFFICER: _READ, AUDITOR: "rept"},
	"Trade Referral": {MANAGER: _FULL, TRADE: _FULL, OFFICER: "rwcpmt", AUDITOR: "rept"},
	"Export Win": {MANAGER: _FULL, TRADE: _FULL, OFFICER: _READ, MAYOR: _READ, AUDITOR: "rept"},
	# Read past permissions, and only to find like names.
	"Name Key": {},
	# Whom the city does business with, and who on a list bears a like name: for those who look into it.
	"Restricted Party List": {MANAGER: "rwcpt", TRADE: "rwcpt", OFFICER: _READ, AUDITOR: "rept"},
	"Restricted Party": {MANAGER: _READ, TRADE: _READ, OFFICER: _READ, AUDITOR: "rept"},
	"Restricted Party Key": {},
	# What was decided stays: nobody deletes one.
	"Party Screening": {MANAGER: "rwcept", TRADE: "rwcpt", OFFICER: "rwcpt", AUDITOR: "rept"},
	"Screening Run": {MANAGER: _READ, TRADE: _READ, OFFICER: _READ, AUDITOR: "rept"},
	# Visits
	"Delegation Visit": {
		MANAGER: _FULL,
		PROTOCOL: _FULL,
		OFFICER: _KEEP,
		TRADE: _READ,
		COMMUNITY: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
		# What they are asked about, where visits go through approval.
		**dict.fromkeys((LEGAL, DEPARTMENT, CLERK, OVERRIDE), "rp"),
	},
	"Visit Triage Rule": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _READ, AUDITOR: "rept"},
	"Visit Checklist Step": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _READ, AUDITOR: "rept"},
	"Diaspora Organisation": {
		MANAGER: _FULL,
		COMMUNITY: _FULL,
		OFFICER: "rwcpmt",
		PROTOCOL: _READ,
		TRADE: _READ,
		AUDITOR: "rept",
	},
	# Hosted events and community
	"International Event": {
		MANAGER: _FULL,
		OFFICER: _KEEP,
		PROTOCOL: _KEEP,
		COMMUNITY: "rwcpmt",
		TRADE: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Directory Registration": {
		MANAGER: "rwcdept",
		COMMUNITY: "rwcdept",
		OFFICER: "rwcpt",
		AUDITOR: "rept",
	},
	"Community Programme": {
		MANAGER: _FULL,
		COMMUNITY: _FULL,
		OFFICER: "rwcpmt",
		PROTOCOL: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Committee Duty": {
		MANAGER: _FULL,
		COMMUNITY: _FULL,
		OFFICER: "rwcpmt",
		PROTOCOL: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	# protocol: corps, gifts, ceremonies
	"Consular Mission": {
		MANAGER: _FULL,
		PROTOCOL: _FULL,
		OFFICER: _KEEP,
		TRADE: _READ,
		COMMUNITY: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	# Confidential: the hook shows others than protocol and the manager those alone they entered, own or are named on.
	"Consular Case": {
		MANAGER: "rwcdepmt",
		PROTOCOL: "rwcdepmt",
		OFFICER: "rwcp",
		COMMUNITY: "rwp",
		AUDITOR: "rp",
	},
	# What was logged stays: nobody deletes one. The mayor's office enters its own on a page.
	"Official Gift": {MANAGER: _KEEP, PROTOCOL: _KEEP, OFFICER: _KEEP, MAYOR: "rcpt", AUDITOR: "rept"},
	"Gift Threshold": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _READ, MAYOR: _READ, AUDITOR: "rept"},
	"Ceremonial Request": {
		MANAGER: _FULL,
		PROTOCOL: _FULL,
		OFFICER: _KEEP,
		COMMUNITY: _READ,
		MAYOR: _READ,
		AUDITOR: "rept",
	},
	"Ceremonial Rule": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _READ, MAYOR: _READ, AUDITOR: "rept"},
	# guest lists
	"Guest List": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _KEEP, MAYOR: _READ, AUDITOR: "rept"},
	"Invited Guest": {MANAGER: _FULL, PROTOCOL: _FULL, OFFICER: _KEEP, MAYOR: _READ, AUDITOR: "rept"},
	"Protocol Settings": {"System Manager": "rw", MANAGER: "rw", PROTOCOL: "rw", OFFICER: "r", AUDITOR: "r"},
	# Whoever may create records of a register imports into it; the hook shows people their own imports.
	"Register Import": dict.fromkeys((MANAGER, OFFICER, PROTOCOL, TRADE, COMMUNITY), "rwcd"),
	"Register Import Line": {},
	"City Diplomacy Settings": {
		"System Manager": "rw",
		MANAGER: "rw",
		POLICY_ADMIN: "r",
		AUDITOR: "r",
	},
	"SDG Goal": {"All": _LOOK_UP},
	"SDG Target": {"All": _LOOK_UP},
	"Routing Policy": {
		POLICY_ADMIN: "rwcdseipmt",
		MANAGER: _READ,
		OFFICER: _READ,
		AUDITOR: "rept",
	},
	"Approval Delegation": {
		MANAGER: "rwcpt",
		POLICY_ADMIN: "rwcpt",
		AUDITOR: "rept",
		**dict.fromkeys((OFFICER, PROTOCOL, TRADE, COMMUNITY, DEPARTMENT, LEGAL, MAYOR, CLERK), "rwc"),
	},
	"Approval Snapshot": {MANAGER: "r", AUDITOR: "r"},
	# The office prepares it before the meeting; the clerk alone submits what the council did.
	"Council Action": {CLERK: "rwcspt", MANAGER: "rwcdept", OFFICER: "rwcpt", AUDITOR: "rept"},
	"Approval Route": _RECORD_OF_APPROVAL,
	"Approval Clearance": _RECORD_OF_APPROVAL,
	"Approval Decision": _RECORD_OF_APPROVAL,
	# What people were told; whoever is told reads it in their own notifications.
	"Approval Notice": {MANAGER: "rept", AUDITOR: "rept"},
	# Everybody keeps their own, and the hook shows them no other.
	"Approval Notification Preference": {"All": "rwc"},
	"Legal Hold": {MANAGER: "rept", AUDITOR: "rept", CLERK: "rpt", LEGAL: "rp"},
	"Records Schedule": {CLERK: "rwcpt", MANAGER: "rwcept", AUDITOR: "rept"},
	"Ledger Head": {MANAGER: _READ, POLICY_ADMIN: _READ, AUDITOR: "rept"},
	# Who may send which is below; of the rest, those about records somebody may not know of are kept from them.
	"Guest Link": {
		MANAGER: _READ,
		OFFICER: _READ,
		PROTOCOL: _READ,
		TRADE: _READ,
		COMMUNITY: _READ,
		AUDITOR: _READ,
	},
	# Each person their own.
	"Calendar Feed": dict.fromkeys((MANAGER, OFFICER, PROTOCOL, TRADE, COMMUNITY, AUDITOR), _LOOK_UP),
	# Compared past permissions, and never shown.
	"Guest Link Key": {},
}

# Links for people outside: purpose -> DocType -> who sends them, sends them again, ends them and decides on what is
# answered; on records they may write.
GUEST_LINKS: dict[str, dict[str, tuple[str, ...]]] = {
	"Verify our entry": {
		"Diaspora Organisation": (COMMUNITY, OFFICER, MANAGER),
		"Partner Organisation": (OFFICER, TRADE, MANAGER),
	},
	"Withdraw our consent": {"Diaspora Organisation": (COMMUNITY, OFFICER, MANAGER)},
	"Confirm a win": {"Export Win": (TRADE, MANAGER)},
	"Will you come": {"Invited Guest": (PROTOCOL, OFFICER, MANAGER)},
	"Who is coming": {"Delegation Visit": (PROTOCOL, OFFICER, MANAGER)},
}

# Who decides on a gift above a threshold that somebody else entered.
GIFT_DECISIONS = (PROTOCOL, MANAGER)

# The law of records: act of `api/records.py` -> who may, on documents they may read.
CUSTODIANS = (CLERK, MANAGER)
RECORD_KEEPING: dict[str, tuple[str, ...]] = {
	"mark": CUSTODIANS,
	"redact": CUSTODIANS,
	"hold": CUSTODIANS,
	"export internal": (*CUSTODIANS, AUDITOR),
	"export releasable": (*CUSTODIANS, AUDITOR),
}

# ERPNext's masters that our forms link to. ERPNext grants them to roles an international office has not got.
_WRITES_REGISTERS = (OFFICER, MANAGER, PROTOCOL, TRADE, COMMUNITY)
ERPNEXT_READ: dict[str, tuple[str, ...]] = {
	"Company": _WRITES_REGISTERS,
	"Currency": _WRITES_REGISTERS,
	# Lists join what a link shows, so everybody with Desk reads it.
	"Department": (OFFICER, MANAGER, PROTOCOL, TRADE, COMMUNITY, POLICY_ADMIN, AUDITOR, OVERRIDE),
	"Holiday List": (MANAGER, POLICY_ADMIN),
	# Whoever writes policies chooses which role is asked.
	"Role": (POLICY_ADMIN,),
	"Customs Tariff Number": (TRADE, OFFICER, MANAGER),
	# Frappe 16.10 (issue 34991) reads the Workflow in the person's own name before each action.
	"Workflow": _WRITES_REGISTERS,
}

# Who makes an ERPNext Project of an international event. They get that one Project, by Frappe's own sharing.
EVENT_PROJECTS = (OFFICER, PROTOCOL, MANAGER)

# Who makes an ERPNext Lead or Opportunity of a trade lead. They get that one record, to read and to write, by
# Frappe's own sharing, and no role of ERPNext's.
LEAD_CONVERSION = (TRADE, MANAGER)

RIGHTS = {
	"r": "read",
	"w": "write",
	"c": "create",
	"d": "delete",
	"s": "submit",
	"e": "export",
	"i": "import",
	"p": "print",
	"m": "email",
	"t": "report",
}


def rights_of(doctype: str, role: str) -> frozenset[str]:
	"""The rights `role` holds on `doctype` by Frappe's own names, such as {"read", "print"}."""
	return frozenset(RIGHTS[letter] for letter in DOCTYPE_PERMISSIONS.get(doctype, {}).get(role, ""))
