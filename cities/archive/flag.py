"""How a page knows that it is made for an archive, which cities.archive asks for."""

FLAG = "precursors.archive"  # in the request: the archive
READ = "precursors.read"  # in its requests for parts of pages: {address of a practice: practice}


def archive(request):
    """Tell templates whether they make an archive: of which day, from which address, by what."""
    made = request.META.get(FLAG)
    return {
        "archived_on": made and made.day,
        "archived_from": made and made.site and f"{made.site}{request.get_full_path()}",
        "archived_by": made and made.version,
    }
