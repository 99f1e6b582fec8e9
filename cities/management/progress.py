"""How far a command is that takes long."""

WIDTH = 40  # characters of the bar


def show(out, done, count):
    """Draw a bar over the one drawn before; where nobody watches, the full one alone."""
    if out.isatty() or done == count:
        bar = "█" * (WIDTH * done // count)
        out.write(f"\r{bar:░<{WIDTH}} {done}/{count}", ending="\n" if done == count else "")
        out.flush()
