#!/usr/bin/env python3
"""Writes the reference values of funnel_test.

Writes:    test/sql/funnel_test.sql, between its two lines that say so
Run:       python3 test/reference/make_funnel_test_reference.py
Needs:     Python alone (made with 3.11)

By the formulas alone: the N-1 two-proportion z test (E. S. Pearson 1947, I. Campbell 2007), Newcombe's interval from
Wilson's (1998, method 10) and Holm's correction (1979), in double precision.
"""
import math
import os
import random

random.seed(19981979)
Z = 1.959963984540054


def wilson(x, n):
    p = x / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return middle - reach, middle + reach


def test(x0, n0, x1, n1):
    p0, p1 = x0 / n0, x1 / n1
    l0, u0 = wilson(x0, n0)
    l1, u1 = wilson(x1, n1)
    low = p1 - p0 - math.sqrt((p1 - l1) ** 2 + (u0 - p0) ** 2)
    high = p1 - p0 + math.sqrt((u1 - p1) ** 2 + (p0 - l0) ** 2)
    pooled = (x0 + x1) / (n0 + n1)
    variance = pooled * (1 - pooled) * (1 / n0 + 1 / n1) * (n0 + n1) / (n0 + n1 - 1)
    z = (p1 - p0) / math.sqrt(variance) if p1 != p0 else 0.0
    return 100 * (p1 - p0), 100 * low, 100 * high, z, math.erfc(abs(z) / math.sqrt(2))


def holm(ps):
    result, before = [0] * len(ps), 0
    for k, i in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        before = max(before, min(1, (len(ps) - k) * ps[i]))
        result[i] = before
    return result


def funnel():
    reached = [random.choice([30, 200, 5000])]
    for _ in range(4):
        reached.append(random.randint(max(1, reached[-1] // 3), reached[-1]))
    return reached


rows = []
for case in range(40):
    before, after = funnel(), funnel()
    tests = [test(before[i], before[i - 1], after[i], after[i - 1]) for i in range(1, 5)]
    for step, (t, adjusted) in enumerate(zip(tests, holm([t[4] for t in tests])), 2):
        rows.append("(%d, '%s', '%s', %d,\n\t%s)" % (case, "{%s}" % ",".join(map(str, before)),
                    "{%s}" % ",".join(map(str, after)), step,
                    ", ".join("%.11g" % x for x in t + (adjusted,))))
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sql", "funnel_test.sql")
text = open(path).read()
begin, end = "INSERT INTO reference VALUES\n", ";\n-- end of what the script writes\n"
head, rest = text.split(begin)
open(path, "w").write(head + begin + ",\n".join(rows) + end + rest.split(end, 1)[1])
print(len(rows), "rows")
