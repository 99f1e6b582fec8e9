"""Headers that every response carries, beside those of Django and django-csp."""

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    # The site asks no browser for any of these, and neither may what slips in.
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), usb=()"
    ),
}


def headers(get_response):
    """Add the headers that a view has not set itself."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
