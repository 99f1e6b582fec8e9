"""How a page knows that it is made for an archive, which cities.archive asks for."""

FLAG = "precursors.archive"  # in the request: the day of the last change of content


def archive(request):
    """Tell templates whether they make an archive, and of which day its content is."""
    return {"archived_on": request.META.get(FLAG)}
