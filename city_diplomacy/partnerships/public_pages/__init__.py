"""What residents and guests may see of agreements and partners."""
