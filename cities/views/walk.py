"""A journey as it is walked: the address of a page says on which one a reader came there."""

from dataclasses import dataclass

from ..models import Journey


@dataclass
class Walk:
    """The stops of a journey, and the one at which a reader is."""

    stops: list
    here: object

    @property
    def journey(self):
        return self.here.journey

    @property
    def previous(self):
        return next((stop for stop in self.stops if stop.number == self.here.number - 1), None)

    @property
    def next(self):
        return next((stop for stop in self.stops if stop.number == self.here.number + 1), None)


def walk_to(record, slug):
    """Return the walk along the journey of that slug as far as a city or practice, or None.

    Who looks around at a stop, at its city or another practice there, is still on the way.
    """
    journey = slug and Journey.objects.published().with_stops().filter(slug=slug).first()
    stops = journey.route if journey else []
    place = getattr(record, "city", record)
    here = [stop for stop in stops if stop.record == record]
    here += [stop for stop in stops if stop.place == place]
    return Walk(stops, here[0]) if here else None
