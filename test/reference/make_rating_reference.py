#!/usr/bin/python3
"""Write the reference tables for intervals and tests of NPS, CSAT and CES.

Writes:    test/unit/rating_stats_reference.h
           test/sql/rating_reference.sql
Run:       /usr/bin/python3 test/reference/make_rating_reference.py
Needs:     Debian packages python3-mpmath, python3-statsmodels, r-base-core;
           optionally the sources of the R package NPS 2.0.999, with
           NPS_SOURCE=<its R/ directory> in the environment

The committed tables were made with Debian 12: Python 3.11, mpmath 1.2.1,
statsmodels 0.13.5, R 4.2.2, NPS 2.0.999.

The values come from the textbook formulas, evaluated with 60 digits.  Before
anything is written they are compared, to 1e-9, with
  - NPS: nps_, nps_var_, nps_se_ and the interval, standard error, size of the
    adjusted difference and p-value of nps_test_(test = "adjusted.wald"), all
    cases;
  - statsmodels: proportion_confint(method = "wilson") and
    confint_proportions_2indep(method = "newcomb"), all cases;
  - R prop.test(correct = FALSE): Wilson intervals and the pooled z, all cases
    with whole counts;
  - R t.test: one sample and Welch, before clipping to the scale, all cases
    up to 10^6 answers that are not constant.
The script says how many comparisons of each kind it made.
"""

import math
import os
import subprocess
import sys

from mpmath import mp, mpf
from statsmodels.stats.proportion import (confint_proportions_2indep,
                                          proportion_confint)

from make_distributions_reference import normal_critical, t_critical, t_outside

HERE = os.path.dirname(os.path.abspath(__file__))
UNIT = os.path.join(HERE, "..", "unit", "rating_stats_reference.h")
SQL = os.path.join(HERE, "..", "sql", "rating_reference.sql")

LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999]
PAIR_LEVELS = [0.5, 0.95, 0.9999]
SQL_TEST_LEVEL = 0.95
BILLION = 10 ** 9

# San Francisco airport customer survey, 2017 and 2018 (open data).
SFO_2017 = (342, 968, 1436)
SFO_2018 = (447, 935, 1268)

# Detractors, passives, promoters.
NPS = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 2), (1, 0, 1), (1, 1, 1), (1, 2, 3),
       (3, 0, 1), (0, 0, 10), (10, 0, 0), (0, 10, 0), (5, 0, 5), (0, 1, 9),
       (7, 12, 31), (1, 0, 999), SFO_2017, SFO_2018, (0, 0, BILLION),
       (BILLION, 0, 0), (0, BILLION, 0), (1, 0, BILLION - 1),
       (BILLION // 2, 0, BILLION // 2), (2 * 10 ** 8, 3 * 10 ** 8, 5 * 10 ** 8)]
NPS_EFFECTIVE = [(0.25, 0.5, 0.5), (12.5, 3.25, 40.125), (1e-3, 1.0, 0.0)]
NPS_PAIRS = [((0, 0, 1), (1, 0, 0)), ((0, 0, 1), (0, 0, 1)), ((1, 2, 3), (3, 2, 1)),
             ((1, 2, 3), (2, 4, 6)), ((10, 0, 0), (0, 0, 10)), ((0, 10, 0), (0, 0, 10)),
             ((5, 5, 10), (100000, 200000, 700000)), (SFO_2017, SFO_2018),
             ((0, 0, BILLION), (BILLION, 0, 0)), ((0, 0, 1), (0, 0, BILLION)),
             ((2 * 10 ** 8, 3 * 10 ** 8, 5 * 10 ** 8), (200010000, 299985000, 500005000)),
             ((1, 0, BILLION - 1), (2, 0, BILLION - 2))]
NPS_PAIRS_EFFECTIVE = [((0.25, 0.5, 0.5), (12.5, 3.25, 40.125))]

# Satisfied, others.
CSAT = [(0, 1), (1, 0), (1, 1), (0, 10), (10, 0), (1, 9), (5, 5), (81, 19), (333, 667),
        (0, BILLION), (BILLION, 0), (1, BILLION - 1), (BILLION - 1, 1),
        (7 * 10 ** 8, 3 * 10 ** 8)]
CSAT_EFFECTIVE = [(0.5, 0.75), (40.125, 15.75)]
# Newcombe's own examples (a) to (h) are among the pairs.
CSAT_PAIRS = [((48, 32), (56, 14)), ((3, 7), (9, 1)), ((2, 5), (6, 1)), ((0, 29), (5, 51)),
              ((0, 20), (0, 10)), ((0, 10), (0, 10)), ((0, 20), (10, 0)), ((0, 10), (10, 0)),
              ((1, 0), (0, 1)), ((1, 0), (1, 0)), ((20, 0), (10, 0)), ((7, 3), (640000, 360000)),
              ((7 * 10 ** 8, 3 * 10 ** 8), (700030000, 299970000)),
              ((1, BILLION - 1), (2, BILLION - 2)), ((0, 1), (0, BILLION))]
CSAT_PAIRS_EFFECTIVE = [((0.5, 0.75), (40.125, 15.75))]

# Lowest score, then how often each score was given.
CES = [(1, (0, 1, 0, 0, 0, 1, 0)), (1, (0, 0, 0, 0, 0, 1, 1)), (1, (0, 0, 1, 2, 3, 2, 1)),
       (1, (0, 0, 0, 0, 5, 0, 0)), (1, (12, 3, 5, 9, 40, 88, 143)), (1, (1, 0, 0, 0, 0, 0, 999)),
       (1, (2, 1, 4, 10, 9)), (1, (100, 200, 300, 400, 500)), (0, (1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1)),
       (1, (BILLION, 0, 0, 0, 0, 0, BILLION)), (1, (0, 0, 0, 0, 0, 1, BILLION)),
       (1, (10 ** 8, 10 ** 8, 10 ** 8, 10 ** 8, 10 ** 8, 2 * 10 ** 8, 3 * 10 ** 8))]
CES_PAIRS = [(1, (0, 1, 0, 0, 0, 1, 0), (0, 0, 1, 0, 0, 0, 1)),
             (1, (1, 0, 0, 0, 0, 0, 1), (0, 0, 0, 0, 0, 1, 1)),
             (1, (0, 0, 1, 2, 3, 2, 1), (0, 0, 0, 1, 2, 3, 4)),
             (1, (12, 3, 5, 9, 40, 88, 143), (20, 30, 25, 30, 70, 60, 33)),
             (1, (0, 1, 1, 0, 0, 0, 0), (100, 200, 300, 400, 500, 600, 70000)),
             (1, (0, 0, 0, 0, 5, 0, 0), (0, 0, 0, 0, 5, 2, 0)),
             (1, (0, 0, 0, 0, 5, 0, 0), (0, 0, 0, 0, 9, 0, 0)),
             (1, (0, 2, 2, 0, 0), (0, 1, 1, 0, 0)),
             (1, (2, 1, 4, 10, 9), (0, 1, 2, 3, 40)),
             (1, (100, 100, 100, 100, 100, 200, 300), (10 ** 8,) * 5 + (2 * 10 ** 8, 3 * 10 ** 8)),
             (1, (10 ** 8,) * 5 + (2 * 10 ** 8, 3 * 10 ** 8),
              (10 ** 8 + 20000,) + (10 ** 8,) * 4 + (2 * 10 ** 8, 3 * 10 ** 8 - 20000))]

# Margin in points, level, expected distribution.
SAMPLE_SIZES = [(5, 0.95, None), (3, 0.95, None), (1, 0.99, None), (10, 0.8, None),
                (100, 0.5, None), (200, 0.95, None), (0.001, 0.95, None), (0.0001, 0.9999, None),
                (5, 0.95, SFO_2017), (2, 0.95, SFO_2017), (2, 0.999, SFO_2018),
                (5, 0.95, (0, 0, 10)), (5, 0.95, (0, 10, 0)), (1, 0.95, (1, 0, 999)),
                (5, 0.95, (5, 0, 5)), (0.5, 0.9, (7, 12, 31))]


# ---------- the formulas ----------

def nps_parts(counts):
    """Score -1..1 and population variance, straight from the definition."""
    d, q, p = (mpf(v) for v in counts)
    n = d + q + p
    score = (p - d) / n
    return n, score, (d * (-1 - score) ** 2 + q * score ** 2 + p * (1 - score) ** 2) / n


def nps_adjusted(counts):
    return tuple(mpf(c) + extra for c, extra in zip(counts, (0.75, 1.5, 0.75)))


def around(low, high, estimate, lowest, highest):
    return min(max(low, lowest), estimate), max(min(high, highest), estimate)


def nps_raw_interval(counts, level):
    n, score, variance = nps_parts(nps_adjusted(counts))
    half = normal_critical(level) * mp.sqrt(variance / n)
    return 100 * (score - half), 100 * (score + half)


def nps_row(counts, level):
    n, score, variance = nps_parts(counts)
    low, high = nps_raw_interval(counts, level)
    return (100 * score, variance, 100 * mp.sqrt(variance / n)) + \
        around(low, high, 100 * score, -100, 100)


def nps_raw_test(before, after, level):
    n1, s1, v1 = nps_parts(nps_adjusted(before))
    n2, s2, v2 = nps_parts(nps_adjusted(after))
    error = 100 * mp.sqrt(v1 / n1 + v2 / n2)
    shift = 100 * (s2 - s1)
    half = normal_critical(level) * error
    return shift, error, shift - half, shift + half


def two_sided(z):
    return mp.erfc(abs(z) / mp.sqrt(2))


def nps_test_row(before, after, level):
    shift, error, low, high = nps_raw_test(before, after, level)
    difference = 100 * (nps_parts(after)[1] - nps_parts(before)[1])
    return (difference, error, shift / error, two_sided(shift / error)) + \
        around(low, high, difference, -200, 200)


def wilson(counts, level):
    """Both limits, 0..1."""
    k, n, z = mpf(counts[0]), mpf(counts[0]) + mpf(counts[1]), normal_critical(level)
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # What is 0 or 1 in theory has a rounding of 1e-60 here.
    return (mpf(0) if k == 0 else centre - half), (mpf(1) if k == n else centre + half)


def csat_row(counts, level):
    low, high = wilson(counts, level)
    return 100 * low, 100 * high


def csat_test_row(before, after, level):
    n1, n2 = (mpf(c[0]) + mpf(c[1]) for c in (before, after))
    p1, p2 = mpf(before[0]) / n1, mpf(after[0]) / n2
    pooled = (mpf(before[0]) + mpf(after[0])) / (n1 + n2)
    total = n1 + n2
    error = mp.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2) * total / (total - 1))
    z = (p2 - p1) / error if p1 != p2 else mpf(0)
    (l1, u1), (l2, u2) = wilson(before, level), wilson(after, level)
    low = p2 - p1 - mp.sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2)
    high = p2 - p1 + mp.sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)
    return 100 * (p2 - p1), 100 * error, z, two_sided(z), 100 * low, 100 * high


def ces_parts(lowest, counts):
    n = mpf(sum(counts))
    mean = sum(mpf(c) * (lowest + i) for i, c in enumerate(counts)) / n
    squares = sum(mpf(c) * (lowest + i - mean) ** 2 for i, c in enumerate(counts))
    return n, mean, squares / (n - 1)


def ces_row(lowest, counts, level):
    """Limits before and after clipping."""
    n, mean, variance = ces_parts(lowest, counts)
    half = t_critical(level, n - 1) * mp.sqrt(variance / n)
    low, high = mean - half, mean + half
    return (low, high) + around(low, high, mean, lowest, lowest + len(counts) - 1)


def ces_test_row(lowest, before, after, level):
    """The result with limits before clipping, then the clipped limits."""
    n1, m1, v1 = ces_parts(lowest, before)
    n2, m2, v2 = ces_parts(lowest, after)
    if v1 == 0 and v2 == 0:
        assert m1 == m2
        return 0, 0, 0, 1, 0, 0, 0, 0
    error = mp.sqrt(v1 / n1 + v2 / n2)
    df = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    t = (m2 - m1) / error
    half = t_critical(level, df) * error
    span = len(before) - 1
    low, high = m2 - m1 - half, m2 - m1 + half
    p = t_outside(abs(t), df) if t else mpf(1)
    return (m2 - m1, error, t, p, low, high) + around(low, high, m2 - m1, -span, span)


def sample_size(margin, level, expected):
    """Count up to the answer from just below it, by both definitions."""
    shares = [mpf(c) / sum(expected) for c in expected] if expected else [mpf(1) / 2, 0, mpf(1) / 2]
    z = normal_critical(level)

    def enough(n):
        counts = [s * n for s in shares]
        size, _, variance = nps_parts(nps_adjusted(counts))
        return 100 * z * mp.sqrt(nps_parts(counts)[2] / n) <= margin and \
            100 * z * mp.sqrt(variance / size) <= margin

    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


# ---------- comparison with other programs ----------

class Comparison:
    """Collects questions for R; compares everything, and counts."""

    def __init__(self):
        self.made = {}
        self.questions = []

    def same(self, kind, where, ours, theirs, slack=0.0, relative=0.0):
        """The slacks are for the other program's own rounding errors."""
        for mine, other in zip(ours, theirs):
            if math.isnan(other):
                continue
            if abs(mine - other) > (1e-9 + relative) * abs(mine) + slack:
                sys.exit("%s differs at %s: %s, not %s" % (kind, where, other, mp.nstr(mine, 17)))
            self.made[kind] = self.made.get(kind, 0) + 1

    def ask(self, kind, level, numbers, ours, slack=0.0, relative=0.0):
        self.questions.append((kind, level, numbers, ours, slack, relative))

    def run_r(self):
        text = "".join("%s %r %s\n" % (kind, level, " ".join(map(str, numbers)))
                       for kind, level, numbers, *_ in self.questions)
        script = os.path.join(HERE, "make_rating_reference.R")
        answers = subprocess.run(["Rscript", "--vanilla", script], input=text, text=True,
                                 stdout=subprocess.PIPE, check=True).stdout.splitlines()
        assert len(answers) == len(self.questions)
        for (kind, level, numbers, ours, slack, relative), line in zip(self.questions, answers):
            theirs = [float("nan") if v == "NA" else float(v) for v in line.split()]
            assert len(theirs) == len(ours), (kind, line)
            self.same("R " + kind, (level, numbers), ours, theirs, slack, relative)


def lost_in_variance(counts):
    """The package computes p + d - (p - d)^2: bad where nearly all agree."""
    return 1e-15 / nps_parts(nps_adjusted(counts))[2]


def compare_nps(comparison):
    for counts in NPS + NPS_EFFECTIVE:
        for level in LEVELS:
            row = nps_row(counts, level)
            raw = nps_raw_interval(counts, level)
            ours = (row[0] / 100, row[1], row[2] / 100, raw[0] / 100, raw[1] / 100)
            comparison.ask("nps_interval", level, counts, ours, 1e-15,
                           lost_in_variance(counts))
    for before, after in NPS_PAIRS + NPS_PAIRS_EFFECTIVE:
        for level in PAIR_LEVELS:
            shift, error, low, high = nps_raw_test(before, after, level)
            if shift < 0:
                shift, low, high = -shift, -high, -low
            ours = (shift / 100, error / 100, two_sided(shift / error), low / 100, high / 100)
            comparison.ask("nps_test", level, before + after, ours, 1e-15,
                           max(lost_in_variance(before), lost_in_variance(after)))


def compare_csat(comparison):
    for counts in CSAT + CSAT_EFFECTIVE:
        for level in LEVELS:
            ours = wilson(counts, level)
            if counts in CSAT:
                comparison.ask("csat_interval", level, counts, ours, 1e-15)
            theirs = proportion_confint(counts[0], sum(counts), 1 - level, "wilson")
            comparison.same("statsmodels wilson", (counts, level), ours, theirs, 1e-15)
    for before, after in CSAT_PAIRS + CSAT_PAIRS_EFFECTIVE:
        for level in PAIR_LEVELS:
            row = csat_test_row(before, after, level)
            total = mpf(sum(before) + sum(after))
            if row[1] > 0 and (before, after) in CSAT_PAIRS:
                comparison.ask("csat_test", level, before + after,
                               (row[2] ** 2 * total / (total - 1),), 1e-15)
            theirs = confint_proportions_2indep(after[0], sum(after), before[0], sum(before),
                                                method="newcomb", compare="diff",
                                                alpha=1 - level)
            comparison.same("statsmodels newcomb", (before, after, level),
                            (row[4] / 100, row[5] / 100), theirs, 1e-12)


def compare_ces(comparison):
    for lowest, counts in CES:
        for level in LEVELS:
            low, high = ces_row(lowest, counts, level)[:2]
            # R numbers every scale from 1
            comparison.ask("ces_interval", level, counts, (low + 1 - lowest, high + 1 - lowest))
    for lowest, before, after in CES_PAIRS:
        for level in PAIR_LEVELS:
            comparison.ask("ces_test", level, before + after,
                           ces_test_row(lowest, before, after, level)[1:6], 1e-14)


def compare_all():
    comparison = Comparison()
    compare_nps(comparison)
    compare_csat(comparison)
    compare_ces(comparison)
    comparison.run_r()
    for kind, made in sorted(comparison.made.items()):
        print("%-24s %5d values agree" % (kind, made))


# ---------- the C header ----------

def literal(value):
    return repr(float(value))


def c_list(values):
    return "{%s}" % ", ".join(literal(v) for v in values)


def c_frequencies(counts):
    return "%d, %s" % (len(counts), c_list(counts))


TEST_FIELDS = "double\t\tdifference, std_error, statistic, p_value, low, high;"


def c_table(out, name, fields, rows):
    out.write("\nstatic const struct\n{\n\t%s\n}\t\t\t%s[] =\n{\n" % ("\n\t".join(fields), name))
    for row in rows:
        out.write("\t{%s},\n" % ", ".join(row))
    out.write("};\n")


def values(row):
    return ", ".join(literal(v) for v in row)


def write_header(out):
    out.write("/*\n * rating_stats_reference.h\n"
              " *\t  Written by test/reference/make_rating_reference.py; do not edit.\n */\n"
              '#include "rating_stats.h"\n\n#define MOST_POINTS\t11\n')
    c_table(out, "nps_intervals",
            ["NpsCounts\tcounts;", "double\t\tlevel;", "double\t\tscore, variance, std_error, low, high;"],
            [(c_list(c), literal(v), values(nps_row(c, v))) for c in NPS + NPS_EFFECTIVE for v in LEVELS])
    c_table(out, "csat_intervals",
            ["CsatCounts\tcounts;", "double\t\tlevel;", "double\t\tlow, high;"],
            [(c_list(c), literal(v), values(csat_row(c, v))) for c in CSAT + CSAT_EFFECTIVE for v in LEVELS])
    c_table(out, "ces_intervals",
            ["double\t\tlowest;", "int\t\t\tpoints;", "double\t\tcounts[MOST_POINTS];", "double\t\tlevel;",
             "double\t\tunclipped_low, unclipped_high, low, high;"],
            [(literal(b), c_frequencies(c), literal(v), values(ces_row(b, c, v)))
             for b, c in CES for v in LEVELS])
    c_table(out, "nps_tests",
            ["NpsCounts\tbefore, after;", "double\t\tlevel;", TEST_FIELDS],
            [(c_list(b), c_list(a), literal(v), values(nps_test_row(b, a, v)))
             for b, a in NPS_PAIRS + NPS_PAIRS_EFFECTIVE for v in PAIR_LEVELS])
    c_table(out, "csat_tests",
            ["CsatCounts\tbefore, after;", "double\t\tlevel;", TEST_FIELDS],
            [(c_list(b), c_list(a), literal(v), values(csat_test_row(b, a, v)))
             for b, a in CSAT_PAIRS + CSAT_PAIRS_EFFECTIVE for v in PAIR_LEVELS])
    c_table(out, "ces_tests",
            ["double\t\tlowest;", "int\t\t\tpoints;", "double\t\tbefore[MOST_POINTS], after[MOST_POINTS];",
             "double\t\tlevel;", "double\t\tdifference, std_error, statistic, p_value;",
             "double\t\tunclipped_low, unclipped_high, low, high;"],
            [(literal(lowest), "%d" % len(b), c_list(b), c_list(a), literal(v),
              values(ces_test_row(lowest, b, a, v))) for lowest, b, a in CES_PAIRS for v in PAIR_LEVELS])
    c_table(out, "sample_sizes",
            ["double\t\tmargin, level;", "NpsCounts\texpected;\t\t/* all 0: not given */", "int64_t\t\tanswers;"],
            [(literal(m), literal(v), c_list(e or (0, 0, 0)), "%d" % sample_size(m, v, e))
             for m, v, e in SAMPLE_SIZES])


# ---------- the SQL test ----------

SQL_HEAD = """\
--
-- Intervals, tests and sample sizes against reference values to 1e-9.
-- Written by test/reference/make_rating_reference.py; do not edit.
--
-- The values agree with the R package NPS (adjusted Wald), statsmodels
-- (Wilson, Newcombe) and R's t.test; that script says how they were compared.
--
CREATE FUNCTION pg_temp.close_to(got double precision, want double precision)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT got IS NOT DISTINCT FROM want
		OR coalesce(abs(got - want) <= 1e-9 * abs(want), false)
$$;
"""

SQL_INTERVALS = """
-- One row per interval.  No answers, and for CES a single one, give NULL.
CREATE TEMP TABLE interval_reference (
	metric text, scale int4range, counts bigint[], satisfied_from integer,
	level double precision, low double precision, high double precision);
"""

SQL_COMPARE_INTERVALS = """
CREATE TEMP VIEW compared_intervals AS
SELECT r.*, i AS found, point, bounds,
	pg_temp.close_to(lower(i)::double precision, low)
	AND pg_temp.close_to(upper(i)::double precision, high) AS ok
FROM interval_reference AS r,
	LATERAL rating_summary(r.scale, r.counts) AS s,
	LATERAL (SELECT
		CASE metric
			WHEN 'nps' THEN nps_interval(s, level)
			WHEN 'csat' THEN csat_interval(s, satisfied_from, level)
			WHEN 'ces' THEN ces_interval(s, level)
		END,
		CASE
			WHEN metric = 'nps' THEN nps(s)
			WHEN metric = 'ces' THEN ces(s)
			WHEN satisfied_from IS NULL THEN csat(s)
			ELSE csat(s, satisfied_from)
		END,
		CASE metric
			WHEN 'nps' THEN numrange(-100, 100, '[]')
			WHEN 'csat' THEN numrange(0, 100, '[]')
			WHEN 'ces' THEN numrange(lower(r.scale), upper(r.scale) - 1, '[]')
		END) AS f(i, point, bounds);

SELECT metric, count(*) AS compared, count(*) FILTER (WHERE ok IS NOT TRUE) AS wrong,
	count(*) FILTER (WHERE found IS NULL) AS without_interval
FROM compared_intervals GROUP BY metric ORDER BY metric;

SELECT metric, scale, counts, satisfied_from, level, low, high, found
FROM compared_intervals WHERE ok IS NOT TRUE ORDER BY metric, counts, level;

-- No interval excludes its own point estimate or leaves the scale.
SELECT metric, counts, level, point, found FROM compared_intervals
WHERE NOT found @> point OR NOT found <@ bounds ORDER BY metric, counts, level;
"""

SQL_ERRORS = """
-- Variance and standard error, which depend on no level.
CREATE TEMP TABLE error_reference (
	counts bigint[], variance double precision, std_error double precision);
"""

SQL_COMPARE_ERRORS = """
CREATE TEMP VIEW compared_errors AS
SELECT r.*, v, e,
	pg_temp.close_to(v, variance) AND pg_temp.close_to(e, std_error) AS ok
FROM error_reference AS r,
	LATERAL rating_summary('[0,10]', r.counts) AS s,
	LATERAL (SELECT nps_variance(s), nps_stderr(s)) AS f(v, e);

SELECT count(*) AS compared, count(*) FILTER (WHERE ok IS NOT TRUE) AS wrong
FROM compared_errors;

SELECT * FROM compared_errors WHERE ok IS NOT TRUE ORDER BY counts;
"""

SQL_TESTS = """
-- One row per test, with the 95 % interval for the difference.
CREATE TEMP TABLE test_reference (
	metric text, scale int4range, before bigint[], after bigint[], satisfied_from integer,
	difference double precision, std_error double precision, statistic double precision,
	p_value double precision, low double precision, high double precision);
"""

SQL_COMPARE_TESTS = """
CREATE TEMP VIEW test_results AS
SELECT r.*, t.difference AS found_difference, t.std_error AS found_error,
	t.statistic AS found_statistic, t.p_value AS found_p, t.difference_interval AS found_interval
FROM test_reference AS r,
	LATERAL rating_summary(r.scale, before) AS b,
	LATERAL rating_summary(r.scale, after) AS a,
	LATERAL nps_test(b, a) AS t
WHERE metric = 'nps'
UNION ALL
SELECT r.*, t.difference, t.std_error, t.statistic, t.p_value, t.difference_interval
FROM test_reference AS r,
	LATERAL rating_summary(r.scale, before) AS b,
	LATERAL rating_summary(r.scale, after) AS a,
	LATERAL csat_test(b, a, satisfied_from) AS t
WHERE metric = 'csat'
UNION ALL
SELECT r.*, t.difference, t.std_error, t.statistic, t.p_value, t.difference_interval
FROM test_reference AS r,
	LATERAL rating_summary(r.scale, before) AS b,
	LATERAL rating_summary(r.scale, after) AS a,
	LATERAL ces_test(b, a) AS t
WHERE metric = 'ces';
"""


def spread(total, parts):
    """total as a sum of parts whole numbers, not all the same."""
    share, rest = divmod(total, parts)
    return [share + (1 if i >= parts - rest else 0) for i in range(parts)]


def nps_scores(counts):
    d, q, p = counts
    return spread(d, 7) + spread(q, 2) + spread(p, 2)


def csat_scores(counts, points, satisfied_from):
    """Counts on a scale 1..points."""
    return spread(counts[1], satisfied_from - 1) + spread(counts[0], points + 1 - satisfied_from)


# Scale length, first satisfied score, and whether that has to be said.
CSAT_SCALES = [(5, 4, False), (7, 6, False), (3, 3, False), (10, 9, True), (5, 5, True)]


def sql_array(counts):
    return "'{%s}'" % ",".join(str(c) for c in counts)


def sql_number(value):
    return "NULL" if value is None else repr(float(value))


def sql_scale(lowest, points):
    return "'[%d,%d]'" % (lowest, lowest + points - 1)


def sql_insert(out, table, rows):
    out.write("\nINSERT INTO %s VALUES\n" % table)
    out.write(",\n".join("(%s)" % ", ".join(row) for row in rows))
    out.write(";\n")


def numbers(row):
    return [sql_number(v) for v in row]


def csat_scales(cases):
    for i, case in enumerate(cases):
        yield (case,) + CSAT_SCALES[i % len(CSAT_SCALES)]


def nps_interval_rows():
    scale = sql_scale(0, 11)
    yield ["'nps'", scale, sql_array([0] * 11), "NULL", "0.95", "NULL", "NULL"]
    for counts in NPS:
        for level in LEVELS:
            yield ["'nps'", scale, sql_array(nps_scores(counts)), "NULL", repr(level)] + \
                numbers(nps_row(counts, level)[3:])


def csat_interval_rows():
    yield ["'csat'", sql_scale(1, 5), sql_array([0] * 5), "NULL", "0.95", "NULL", "NULL"]
    for counts, points, first, said in csat_scales(CSAT):
        for level in LEVELS:
            yield ["'csat'", sql_scale(1, points), sql_array(csat_scores(counts, points, first)),
                   str(first) if said else "NULL", repr(level)] + numbers(csat_row(counts, level))


def ces_interval_rows():
    for counts in ([0] * 7, [0, 0, 0, 0, 0, 1, 0]):
        yield ["'ces'", sql_scale(1, 7), sql_array(counts), "NULL", "0.95", "NULL", "NULL"]
    for lowest, counts in CES:
        for level in LEVELS:
            yield ["'ces'", sql_scale(lowest, len(counts)), sql_array(counts), "NULL", repr(level)] + \
                numbers(ces_row(lowest, counts, level)[2:])


def nps_test_rows():
    scale, nothing = sql_scale(0, 11), sql_array([0] * 11)
    for before, after in ((nothing, nothing), (nothing, sql_array([0] * 10 + [1])),
                          (sql_array([0] * 10 + [1]), nothing)):
        yield ["'nps'", scale, before, after] + ["NULL"] * 7
    for before, after in NPS_PAIRS:
        yield ["'nps'", scale, sql_array(nps_scores(before)), sql_array(nps_scores(after)), "NULL"] + \
            numbers(nps_test_row(before, after, SQL_TEST_LEVEL))


def csat_test_rows():
    yield ["'csat'", sql_scale(1, 5), "'{0,0,0,0,0}'", "'{1,2,3,4,5}'"] + ["NULL"] * 7
    yield ["'csat'", sql_scale(1, 5), "'{1,2,3,4,5}'", "'{0,0,0,0,0}'"] + ["NULL"] * 7
    for (before, after), points, first, said in csat_scales(CSAT_PAIRS):
        yield ["'csat'", sql_scale(1, points), sql_array(csat_scores(before, points, first)),
               sql_array(csat_scores(after, points, first)), str(first) if said else "NULL"] + \
            numbers(csat_test_row(before, after, SQL_TEST_LEVEL))


def ces_test_rows():
    for before, after in (("{0,0,0,0,0}", "{1,2,3,4,5}"), ("{0,0,1,0,0}", "{1,2,3,4,5}"),
                          ("{1,2,3,4,5}", "{0,0,1,0,0}"), ("{0,0,0,0,9}", "{9,0,0,0,0}")):
        yield ["'ces'", sql_scale(1, 5), "'%s'" % before, "'%s'" % after] + ["NULL"] * 7
    for lowest, before, after in CES_PAIRS:
        row = ces_test_row(lowest, before, after, SQL_TEST_LEVEL)
        yield ["'ces'", sql_scale(lowest, len(before)), sql_array(before), sql_array(after), "NULL"] + \
            numbers(row[:4] + row[6:])


SQL_TESTS_END = """
CREATE TEMP VIEW compared_tests AS
SELECT t.*,
	pg_temp.close_to(found_difference, difference)
	AND pg_temp.close_to(found_error, std_error)
	AND pg_temp.close_to(found_statistic, statistic)
	AND pg_temp.close_to(found_p, p_value)
	AND pg_temp.close_to(lower(found_interval)::double precision, low)
	AND pg_temp.close_to(upper(found_interval)::double precision, high) AS ok
FROM test_results AS t;

SELECT metric, count(*) AS compared, count(*) FILTER (WHERE ok IS NOT TRUE) AS wrong,
	count(*) FILTER (WHERE found_p IS NULL) AS without_result
FROM compared_tests GROUP BY metric ORDER BY metric;

SELECT metric, scale, before, after, satisfied_from, difference, std_error, statistic,
	p_value, low, high, found_difference, found_error, found_statistic, found_p, found_interval
FROM compared_tests WHERE ok IS NOT TRUE ORDER BY metric, before, after;

-- The airport survey: 8.9 points less in 2018 than in 2017.
SELECT round(found_difference::numeric, 1) AS difference,
	round(found_statistic::numeric, 1) AS z
FROM test_results
WHERE metric = 'nps' AND before = %s AND after = %s;
"""

SQL_SIZES = """
-- Answers needed for a margin.
CREATE TEMP TABLE size_reference (
	margin double precision, level double precision, expected bigint[], answers bigint);
"""

SQL_COMPARE_SIZES = """
CREATE TEMP VIEW compared_sizes AS
SELECT r.*, n AS found, n = answers AS ok
FROM size_reference AS r,
	LATERAL nps_sample_size(margin, level, CASE
		WHEN expected IS NOT NULL THEN rating_summary('[0,10]', expected) END) AS n;

SELECT count(*) AS compared, count(*) FILTER (WHERE ok IS NOT TRUE) AS wrong
FROM compared_sizes;

SELECT * FROM compared_sizes WHERE ok IS NOT TRUE ORDER BY margin, level, expected;

SELECT nps_sample_size(5);
"""


def write_sql(out):
    out.write(SQL_HEAD + SQL_INTERVALS)
    sql_insert(out, "interval_reference",
               [*nps_interval_rows(), *csat_interval_rows(), *ces_interval_rows()])
    out.write(SQL_COMPARE_INTERVALS + SQL_ERRORS)
    sql_insert(out, "error_reference",
               [[sql_array([0] * 11), "NULL", "NULL"]] +
               [[sql_array(nps_scores(c))] + numbers(nps_row(c, 0.95)[1:3]) for c in NPS])
    out.write(SQL_COMPARE_ERRORS + SQL_TESTS)
    sql_insert(out, "test_reference", [*nps_test_rows(), *csat_test_rows(), *ces_test_rows()])
    out.write(SQL_COMPARE_TESTS)
    out.write(SQL_TESTS_END % (sql_array(nps_scores(SFO_2017)), sql_array(nps_scores(SFO_2018))))
    out.write(SQL_SIZES)
    sql_insert(out, "size_reference",
               [[repr(float(m)), repr(v), sql_array(nps_scores(e)) if e else "NULL",
                 "%d" % sample_size(m, v, e)] for m, v, e in SAMPLE_SIZES])
    out.write(SQL_COMPARE_SIZES)


def main():
    mp.dps = 60
    compare_all()
    with open(UNIT, "w") as out:
        write_header(out)
    with open(SQL, "w") as out:
        write_sql(out)


if __name__ == "__main__":
    main()
