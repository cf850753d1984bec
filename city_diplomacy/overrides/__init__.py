"""What hangs on ERPNext's own DocTypes: departments and projects."""
