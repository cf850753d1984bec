"""Values no form sends: of the wrong kind, too long, too early, not to be encoded, of another shape."""

from hypothesis import strategies as st

LONG = "x" * 70_000
SCRIPT = '"><img src=x onerror=alert(1)>'
HOSTILE = (
	*(
		"",
		" ",
		"x" * 141,
		LONG,
		"No Such Record",
		SCRIPT,
		f'"{SCRIPT}"',
		"' OR 1=1 --",
		"%",
		"{{ 7*7 }}",
		"../../etc",
	),
	*(
		"名古屋",
		"القاهرة \u202e\u0645",
		"🌉" * 50,
		"nul\x00byte",
		"half \ud83d",
		"\u2028",
		"-1",
		"NaN",
		"1e400",
	),
	*("0001-01-01", "9999-12-31", "2026-13-45", "31 February", "0000-00-00", "10000-01-01"),
	*(-1, 0, 1, 2**63, -(2**31), 1.5, 1e308, True, False, None),
	*(
		[],
		{},
		[1],
		["x"],
		[[1, 2], [3]],
		{"a": 1},
		{"name": ["like", "%"]},
		[{}],
		[{"fieldname": {"a": 1}}],
		[None],
	),
	*("{", "[", "[[", "{}", "[]", "null", "[1]", '{"doctype": "User"}', "[" * 2_000),
	*("User", "MOU", "MOU Party", "DocType", "No Such DocType", "Administrator", "Guest"),
)
values = st.sampled_from(HOSTILE)
# As much of it as an address can carry.
texts = st.sampled_from(
	[value.encode(errors="replace").decode()[:2_000] for value in HOSTILE if isinstance(value, str)]
)
LEFT_OUT = object()
