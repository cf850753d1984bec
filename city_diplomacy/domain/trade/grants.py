"""What a state grant for export promotion asks to know, as SBA's STEP counts it: return is export sales per dollar."""


def return_on(sales: float, grant: float) -> float | None:
	"""Export sales for each unit of the grant; None without a grant."""
	return round(sales / grant, 2) if grant > 0 else None
