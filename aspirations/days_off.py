"""The days off of the country, taken over from the `holidays` package as rows that the desk puts right.

The package keeps joint leave, on which no office works either, apart from public holidays, in a category that is off by
default; days that follow the moon are estimates until the joint decree of the three ministers is out.
"""

import holidays

ESTIMATED = " (perkiraan)"


def known_days(years):
    """`{date: (name, is_joint_leave, is_estimated)}` of these years, as the package knows them today."""
    known = {}
    for category in (holidays.GOVERNMENT, holidays.PUBLIC):
        for day, name in holidays.Indonesia(years=years, categories=(category,), language="id").items():
            words = name.removesuffix(ESTIMATED)
            known[day] = words, category == holidays.GOVERNMENT, words != name
    return known
