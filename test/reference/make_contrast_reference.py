#!/usr/bin/env python3
"""Writes the reference values of contrast_agg and contrast_stages.

Writes:    test/sql/contrast_reference.sql, between its lines that say so
Run:       python3 test/reference/make_contrast_reference.py
Needs:     Python alone (made with 3.11)

Two simulations in which a stage and conversion have nothing to do with each other, so that every odds ratio ought to be
near 1, on numbers that SQL can make again; and statistics of random counts by the formulas alone: the odds ratio with
Woolf's limits (1955) and 1/2 added to each count where one is 0, phi, the N-1 two-proportion z test (E. S. Pearson 1947)
and Holm's correction (1979).

It also does what contrast_agg does not, to show why: starting with the chain that wins, which depends on what came of
it, and counting those whose window is not over.
"""
import math
import os
import random

Z = 1.959963984540054
P = 2147483647
WITHIN, LANDMARK = 30 * 24, 14 * 24     # hours
KNOWN = {1: 200 * 24, 2: 45 * 24}       # what journeys are known up to, by simulation
STARTS = {1: 90 * 24, 2: 45 * 24}       # when they may begin
# how many visits less one there are at most, and in how many days behind the start; salts of the random numbers
STAGES = {1: (("search", 6, 90, 11), ("chat", 2, 12, 12), ("help", 3, 90, 13), ("pay", 2, 90, 14)),
          2: (("search", 3, 25, 21), ("chat", 2, 14, 22), ("help", 3, 20, 23), ("pay", 3, 40, 24))}


def draw(n, salt):
    """0 .. P - 1, as good as random; SQL has the same function."""
    x = (n * 1103515245 + salt * 40503 + 12345) % P
    for more in (salt, n, 7, salt):
        x = (x * x + more) % P
    return x


def visits(simulation, n):
    """The visits of a customer, as (hour, stage). Each stage comes when it comes, whatever the others do."""
    start = draw(n, simulation) % STARTS[simulation]
    result = [(start, "search")]
    for stage, most, days, salt in STAGES[simulation]:
        for k in range(draw(n, salt) % most):
            result.append((start + 1 + draw(n, salt + 100 * (k + 1)) % (days * 24), stage))
    return sorted(v for v in result if v[0] <= KNOWN[simulation])


def first(journey, stage, behind):
    return next((at for at, s in journey if s == stage and at >= behind), None)


def contrast(journeys, start_of, until):
    counts, stages = [0, 0, 0, 0], {}
    for j in journeys:
        start = start_of(j)
        paid = first(j, "pay", start)
        if start + WITHIN > until:
            fate = 0
        elif paid is not None and paid <= start + LANDMARK:
            fate = 1
        else:
            fate = 2 if paid is not None and paid <= start + WITHIN else 3
        counts[fate] += 1
        if fate >= 2:
            for stage in {s for at, s in j if start <= at <= start + LANDMARK} - {"search", "pay"}:
                stages.setdefault(stage, [0, 0])[fate - 2] += 1
    return counts, stages


def winning(j):
    """The earliest start from which the path is completed within the window, or the first of all."""
    for at, stage in j:
        paid = first(j, "pay", at)
        if stage == "search" and paid is not None and paid <= at + WITHIN:
            return at
    return j[0][0]


def statistics(a, b, c, d):
    n, half = a + b + c + d, 0.5 if 0 in (a, b, c, d) else 0
    w, x, y, z = (v + half for v in (a, b, c, d))
    ratio, reach = w * z / (x * y), Z * math.sqrt(1 / w + 1 / x + 1 / y + 1 / z)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    phi = (a * d - b * c) / math.sqrt(margins) if margins else None
    p = math.erfc(abs(phi) * math.sqrt((n - 1) / 2)) if margins else None
    return ratio, ratio * math.exp(-reach), ratio * math.exp(reach), phi, p


def holm(ps):
    tested, result, before = [i for i, p in enumerate(ps) if p is not None], [None] * len(ps), 0
    for k, i in enumerate(sorted(tested, key=lambda i: ps[i])):
        before = max(before, min(1, (len(tested) - k) * ps[i]))
        result[i] = before
    return result


def write(path, parts):
    text = open(path).read()
    for begin, rows in parts:
        head, rest = text.split(begin)
        text = head + begin + ",\n".join(rows) + ";\n-- end of what the script writes\n" + \
            rest.split(";\n-- end of what the script writes\n", 1)[1]
    open(path, "w").write(text)


def number(x):
    return "NULL" if x is None else "%.11g" % x


simulated = []
for simulation in (1, 2):
    journeys = [visits(simulation, n) for n in range(1, 6001)]
    counts, stages = contrast(journeys, lambda j: j[0][0], KNOWN[simulation])
    for stage in sorted(stages):
        a, b = stages[stage]
        ratio, low, high, _, _ = statistics(a, b, counts[2] - a, counts[3] - b)
        simulated.append("(%d, '%s', '{%s}', %d, %d, %s)" % (simulation, stage, ",".join(map(str, counts)), a, b,
                                                           number(ratio)))
        print(simulation, stage, counts, "%.2f (%.2f to %.2f)" % (ratio, low, high))
        assert low < 1 < high
    for name, start_of, until in (("the chain that wins", winning, KNOWN[simulation]),
                                  ("windows that are not over", lambda j: j[0][0], KNOWN[simulation] + WITHIN)):
        counts, stages = contrast(journeys, start_of, until)
        print("   ", name, {s: "%.2f" % statistics(a, b, counts[2] - a, counts[3] - b)[0]
                            for s, (a, b) in sorted(stages.items())})
random.seed(19551979)
tables = []
for case in range(25):
    reached, missed = (random.choice([0, 1, 7, 60, 3000]) for _ in range(2))
    seen = [(a, b) for a, b in ((random.randint(0, reached), random.randint(0, missed)) for _ in range(4)) if a + b > 0]
    if case % 5 == 0 and reached + missed > 0:
        seen.append((reached, missed))
    found = [statistics(a, b, reached - a, missed - b) for a, b in seen]
    for (a, b), s, adjusted in zip(seen, found, holm([s[4] for s in found])):
        tables.append("(%d, %d, %d, %d, %d,\n\t%s)" % (case, reached, missed, a, b,
                                                  ", ".join(map(number, s + (adjusted,)))))
write(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sql", "contrast_reference.sql"),
      (("INSERT INTO simulated VALUES\n", simulated), ("INSERT INTO reference VALUES\n", tables)))
print(len(tables), "tables")
