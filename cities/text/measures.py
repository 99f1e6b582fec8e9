"""The closed list of what can be measured, so that figures of several towns can be compared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .quantities import is_money, units_like
from .units import Unit


class Measure(models.TextChoices):
    """What a figure measures: a key, its unit, what is better, what it tells of, its name.

    Figures in other units of the same kind are converted to the unit of their measure.
    """

    WHOLE_COST = "whole-cost", Unit.MEUR, "neither", "cost", _("Cost of the project or stage")
    # Translators: a noun: money given for a practice.
    GRANT = "grant", Unit.MEUR, "neither", "cost", _("Grant")
    GRANT_SHARE = (
        *("grant-share", Unit.PERCENT, "neither", "cost"),
        _("Share of the cost covered by a grant"),
    )
    YEARLY_COST = "yearly-cost", Unit.EUR_YEAR, "neither", "cost", _("Yearly cost of running it")
    MONEY_SAVED_YEARLY = (
        *("money-saved-yearly", Unit.EUR_YEAR, "more", "result"),
        _("Money saved in a year"),
    )
    ENERGY_USE_FALL = "energy-use-fall", Unit.PERCENT, "more", "result", _("Fall in energy use")
    ELECTRICITY_USE_FALL = (
        *("electricity-use-fall", Unit.PERCENT, "more", "result"),
        _("Fall in electricity use"),
    )
    ELECTRICITY_SAVED = (
        *("electricity-saved", Unit.MWH_YEAR, "more", "result"),
        _("Electricity saved"),
    )
    CO2_AVOIDED = "co2-avoided", Unit.TCO2_YEAR, "more", "result", _("CO₂ emissions avoided")
    RENEWABLE_ELECTRICITY = (
        *("renewable-electricity", Unit.MWH_YEAR, "more", "result"),
        _("Renewable electricity made"),
    )
    NETWORK_HEAT = (
        *("network-heat", Unit.GWH_YEAR, "more", "result"),
        _("Heat delivered by the network"),
    )
    HEATING_OIL_SAVED = (
        *("heating-oil-saved", Unit.MLITRE_YEAR, "more", "result"),
        _("Heating oil saved"),
    )
    SOLAR_CAPACITY = "solar-capacity", Unit.KWP, "more", "scale", _("Photovoltaic capacity")
    SOLAR_SYSTEMS = "solar-systems", Unit.COUNT, "more", "scale", _("Photovoltaic systems")
    SOLAR_AREA = "solar-area", Unit.M2, "more", "scale", _("Area of photovoltaic panels")
    HEAT_NETWORK_LENGTH = (
        *("heat-network-length", Unit.KM, "neither", "scale"),
        _("Length of the heating network"),
    )
    CONNECTED_LOAD = "connected-load", Unit.MW, "neither", "scale", _("Connected heat load")
    HOMES_HEATED = "homes-heated", Unit.COUNT, "more", "scale", _("Homes on the heating network")
    SHARE_ON_NETWORK = (
        *("share-on-network", Unit.PERCENT, "more", "result"),
        _("Share of buildings or homes on the heating network"),
    )
    BUILDINGS_RENEWED = (
        *("buildings-renewed", Unit.COUNT, "more", "result"),
        _("Buildings renewed to save energy"),
    )
    NEW_HOMES = "new-homes", Unit.COUNT, "neither", "scale", _("New homes")
    CYCLE_ROUTE_LENGTH = (
        *("cycle-route-length", Unit.KM, "more", "scale"),
        _("Length of the cycle route"),
    )
    MEETING_ATTENDANCE = (
        *("meeting-attendance", Unit.COUNT, "more", "scale"),
        _("People at one meeting"),
    )
    VIEWS_SUBMITTED = (
        *("views-submitted", Unit.COUNT, "more", "scale"),
        _("Views and proposals sent in"),
    )
    CARFREE_HOUSEHOLDS = (
        *("carfree-households", Unit.COUNT, "more", "scale"),
        _("Households trying life without a car"),
    )
    AREA_COVERED = "area-covered", Unit.HA, "neither", "scale", _("Area of the quarter or project")
    GREEN_AREA = "green-area", Unit.HA, "more", "scale", _("Greened area")
    RESIDENTS_SERVED = (
        *("residents-served", Unit.COUNT, "neither", "scale"),
        _("People living in the area served"),
    )
    ELECTRIC_VEHICLES = "electric-vehicles", Unit.COUNT, "more", "scale", _("Electric vehicles")
    MUNICIPALITIES_TOGETHER = (
        *("municipalities-together", Unit.COUNT, "neither", "scale"),
        _("Municipalities acting together"),
    )
    LED_LAMPS = "led-lamps", Unit.COUNT, "more", "scale", _("LED street lamps")
    HYDRO_PLANTS = "hydro-plants", Unit.COUNT, "neither", "scale", _("Hydro power plants")
    E5_SCORE = "e5-score", Unit.PERCENT, "more", "result", _("Score in the e5 audit")

    def __new__(cls, key, unit, better, about):
        measure = str.__new__(cls, key)
        measure._value_ = key
        measure.unit = unit
        measure.units = units_like(unit)
        measure.better = better  # more, less or neither
        measure.about = about  # result, cost or scale, as Indicator.About
        return measure

    @property
    def is_money(self):
        return is_money(self.unit)
