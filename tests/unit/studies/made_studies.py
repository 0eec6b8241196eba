"""Studies made by hand for the tests of naming and calculations; all compounds and figures are invented."""

from assistant.studies.facts import Activity, Arm, Note, Nuclide, Study, Survival
from assistant.values import Span


def span(start: int, document: str = "d1") -> Span:
    return Span(document=document, start=start, end=start + 5)


def survival(value, unit="day", statistic=None, at=100):
    return Survival(value=value, unit=unit, statistic=statistic, span=span(at))


def arm(label, value=None, **fields):
    """An arm with spans for what it states; ``unit`` and ``statistic`` are those of its survival."""
    lived = None if value is None else survival(value, fields.pop("unit", "day"), fields.pop("statistic", None), at=int(value * 10))
    stated = ["label", *(name for name in ("activity", "doses", "days", "n") if fields.get(name))]
    spans = {name: span(1000 * place + len(label)) for place, name in enumerate(stated, 1)}
    return Arm(label=label, survival=lived, spans=spans, **fields)


def activity(value, unit="MBq", **fields):
    return Activity(value=value, unit=unit, **fields)


def burden(text, at=7000):
    return Note(kind="burden", text=text, span=span(at))


QX = Study(
    document="d1",
    compound="QX 177",
    nuclide=Nuclide(name="Lu-177", stated=True),
    model="AsPC-1",
    disease="pancreatic adenocarcinoma",
    species="mouse",
    arms=(
        arm("two doses", 90.0, statistic="mean", activity=activity(40, "uCi"), doses=2, days=(0, 21)),
        arm("single dose", 60.0, statistic="mean", activity=activity(40, "uCi"), doses=1, days=(0,)),
    ),
)
QZ = Study(
    document="d1",
    compound="QX 161",
    nuclide=Nuclide(name="Tb-161", stated=False),
    model="LNCaP",
    disease="prostate cancer",
    species="mouse",
    arms=(
        arm(
            "two doses", 150.0, activity=activity(7.4, approximate=True), doses=2, days=(0, 14),
            notes=(burden("mice given two doses began with twice the tumour volume of the control arm"),),
        ),
        arm("one dose", 120.0, activity=activity(7.4, approximate=True), doses=1, days=(0,)),
        arm("control", 100.0, control=True),
    ),
)  # fmt: skip
LEVELS = Study(
    document="d2",
    compound="177Lu-ABC-12",
    nuclide=Nuclide(name="Lu-177", stated=True),
    model="22Rv1",
    disease="prostate cancer",
    species="mouse",
    arms=(
        arm("10 MBq", 6.0, unit="week", statistic="median", activity=activity(10), doses=1, n=8),
        arm("20 MBq", 9.0, unit="week", statistic="median", activity=activity(20), doses=1, n=8),
        arm("4 x 10 MBq", 91.0, unit="day", statistic="median", activity=activity(10), doses=4, days=(0, 7, 14, 28), n=8),
        arm("vehicle", 4.0, unit="week", statistic="median", control=True, n=8),
        arm("untreated", 3.5, unit="week", statistic="mean", control=True, n=8),
    ),
)
ALL = (QX, QZ, LEVELS)
