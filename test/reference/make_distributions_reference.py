#!/usr/bin/python3
"""Write test/unit/distributions_reference.h: normal and Student t values to 17 digits.

Run:       /usr/bin/python3 test/reference/make_distributions_reference.py
Needs:     Debian package python3-mpmath
Committed table made with: mpmath 1.2.1 (Debian 12), Python 3.11

Every input is the exact value of a double.  Everything is computed with 100
digits by definitions that the C code does not use (mpmath's erfc, incomplete
beta function and bracketed root search) and once more with 130: 40 digits
must agree.  Some values are also compared with an integral of the density.
"""

import os
import sys

from mpmath import mp, mpf

DIGITS = 100                    # what is computed with
CERTAIN = 40                    # what must stay the same with more
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                   "..", "unit", "distributions_reference.h")

LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.9999999]
EXTRA_LEVELS = [1e-12, 1e-3, 0.1, 0.3, 0.4999999, 0.5000001, 1 - 2.0 ** -40,
                1 - 2.0 ** -52]
DFS = [0.01, 0.1, 0.5, 0.75, 1.0, 1.37, 2.0, 2.5, 3.0, 4.9, 7.0, 12.3, 29.0, 29.99, 30.0,
       31.0, 64.5, 100.0, 999.0, 12345.678, 1e5, 1e6, 1e7 + 0.5, 1e9 - 1, 1e10,
       1e12, 1e15]
TS = [1e-12, 1e-3, 0.1, 0.5, 0.99, 1.0, 1.5, 1.7, 1.73, 1.74, 1.8, 1.96, 2.5,
      4.5, 8.0, 15.0, 30.0, 36.0, 1e3, 1e8, 1e200]
ZS = [-40.0, -8.0, -1.0, -1e-9, 0.0, 1e-300, 1e-9, 0.1, 0.5, 1.0, 1.96, 2.5,
      4.5, 6.0, 10.0, 20.0, 30.0, 36.0, 37.5]
PS = [1e-307, 1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.0249999, 0.025, 0.1,
      0.2499, 0.25, 0.2501, 0.3, 0.4, 0.49, 0.4999999999, 0.5, 0.5000000001,
      0.51, 0.6, 0.7499, 0.75, 0.7501, 0.9, 0.975, 0.999, 0.99999,
      1 - 2.0 ** -30, 1 - 2.0 ** -52, 1 - 2.0 ** -53]


def normal_tail(z):
    return mp.erfc(mpf(z) / mp.sqrt(2)) / 2


def normal_quantile(p):
    """Root of the logarithm of the smaller tail; the centre by erfinv."""
    p = mpf(p)
    if p == 0.5:
        return mpf(0)
    if abs(p - mpf(1) / 2) < mpf(1) / 4:
        return mp.sqrt(2) * mp.erfinv(2 * p - 1)
    if p > mpf(1) / 2:
        return -normal_quantile(1 - p)
    return bracketed(lambda z: mp.log(normal_tail(-z)) - mp.log(p), -40, -mpf(1) / 2)


def normal_critical(level):
    return normal_quantile((1 + mpf(level)) / 2)


def t_outside(t, df):
    t, df = mpf(t), mpf(df)
    if df / 2 * mp.log1p(t * t / df) > 1000:
        return mpf(0)           # below 1e-400; the series would never end
    return mp.betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def t_inside(t, df):
    t, df = mpf(t), mpf(df)
    return mp.betainc(mpf(1) / 2, df / 2, 0, t * t / (df + t * t), regularized=True)


def t_density(t, df):
    df = mpf(df)
    log_c = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(mp.pi * df) / 2
    return mp.exp(log_c - (df + 1) / 2 * mp.log1p(t * t / df))


def t_critical(level, df):
    """Root in ln t, from the nearer side."""
    level = mpf(level)
    if level <= mpf(1) / 2:
        gap = lambda u: mp.log(t_inside(mp.exp(u), df)) - mp.log(level)
    else:
        gap = lambda u: mp.log(t_outside(mp.exp(u), df)) - mp.log(1 - level)
    start = mp.log(normal_critical(level))
    high = start + 1
    while (gap(start) > 0) == (gap(high) > 0):
        high += 8
    return mp.exp(bracketed(gap, start - mpf(1) / 8, high))


def bracketed(f, low, high):
    return mp.findroot(f, (mpf(low), mpf(high)), solver="anderson",
                       tol=mpf(10) ** (5 - 2 * mp.dps), maxsteps=500, verify=False)


def literal(value):
    """A C literal of the nearest double; what underflows becomes 0."""
    return repr(float(value)).replace("inf", "INFINITY")


def certain(f, *args):
    """f(*args), with proof that rounding did not reach the digits that count."""
    value = f(*args)
    mp.dps = DIGITS + 30
    again = f(*args)
    mp.dps = DIGITS
    if abs(again - value) > abs(again) * mpf(10) ** -CERTAIN:
        sys.exit("not certain: %s%r: %s %s" % (f.__name__, args, value, again))
    return value


def check_by_integration():
    for df in (0.5, 1.0, 4.9, 30.0, 12345.678, 1e9 - 1, 1e12):
        for t in (0.1, 1.7, 4.5):
            area = 2 * mp.quad(lambda u: t_density(u, df), [0, mpf(t) / 2, mpf(t)])
            if abs(area - t_inside(t, df)) > mpf(10) ** -30:
                sys.exit("integral differs: t = %s, df = %s" % (t, df))


def table(out, name, columns, rows):
    out.write("\nstatic const struct\n{\n")
    for column in columns:
        out.write("\tdouble\t\t%s;\n" % column)
    out.write("}\t\t\t%s[] =\n{\n" % name)
    for row in rows:
        out.write("\t{%s},\n" % ", ".join(literal(v) for v in row))
    out.write("};\n")


def main():
    mp.dps = DIGITS
    check_by_integration()
    with open(OUT, "w") as out:
        out.write("/*\n * distributions_reference.h\n"
                  " *\t  Written by test/reference/make_distributions_reference.py; do not edit.\n */\n")
        table(out, "normal_tails", ["z", "upper", "two_sided"],
              [(z, certain(normal_tail, z), 2 * certain(normal_tail, abs(z))) for z in ZS])
        table(out, "normal_quantiles", ["p", "z"],
              [(p, certain(normal_quantile, p)) for p in PS])
        table(out, "normal_criticals", ["level", "z"],
              [(v, certain(normal_critical, v)) for v in LEVELS + EXTRA_LEVELS])
        table(out, "student_tails", ["t", "df", "p"],
              [(t, df, certain(t_outside, t, df)) for df in DFS for t in TS])
        table(out, "student_criticals", ["level", "df", "t"],
              [(v, df, certain(t_critical, v, df)) for df in DFS
               for v in LEVELS + EXTRA_LEVELS])


if __name__ == "__main__":
    main()
