"""What figures mean, how they are drawn and compared."""
