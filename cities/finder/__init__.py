"""What is asked for, what is found, and what is like it."""
