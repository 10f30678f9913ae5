#!/usr/bin/python3
"""Write the reference table for the sample sizes of CSAT and CES.

Writes:    test/sql/rating_sample_size.sql
Run:       /usr/bin/python3 test/reference/make_sample_size_reference.py
Needs:     Debian package python3-mpmath

The sizes come from the intervals themselves, evaluated with 40 digits: Wilson's
and Wald's for CSAT, Student's for CES.  The least number of answers is found by
bisection, and then both it and the one before it are tried.  Four sizes that
every textbook has are asserted: 385, 97, 1068 and 9604.
"""

import os

from mpmath import mp, mpf

from make_distributions_reference import normal_critical, t_outside

HERE = os.path.dirname(os.path.abspath(__file__))
SQL = os.path.join(HERE, "..", "sql", "rating_sample_size.sql")

LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
CES_LEVELS = [0.5, 0.9, 0.95, 0.99]
CSAT_MARGINS = [0.1, 1, 2.5, 3, 5, 10, 25, 49, 60]
# counts of the scores 1..5, and from which score on they are satisfied
CSAT_EXPECTED = [(None, None), ((10, 5, 15, 40, 30), None), ((10, 5, 15, 40, 30), 5),
                 ((0, 0, 0, 0, 7), None), ((99, 0, 0, 0, 1), None), ((1, 1, 1, 1, 0), 2)]
CES_MARGINS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5]
CES_EXPECTED = [("[1,7]", None), ("[1,5]", (0, 0, 0, 0, 0)), ("[1,7]", (2, 3, 4, 10, 20, 40, 21)),
                ("[1,7]", (0, 0, 0, 9, 0, 0, 0)), ("[0,10]", (5, 0, 1, 0, 2, 3, 5, 8, 13, 21, 34)),
                ("[1,7]", (1, 0, 0, 0, 0, 0, 1))]


def least(enough, low):
    """The least n from low on that is enough."""
    high = low
    while not enough(high):
        high *= 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return high


def wilson_half_width(p, n, level):
    """Half of what lies between the roots of (p - x)^2 = z^2 x (1 - x) / n."""
    z2 = normal_critical(level) ** 2
    a, b, c = 1 + z2 / n, -(2 * p + z2 / n), p * p
    return mp.sqrt(b * b - 4 * a * c) / (2 * a)


def csat_size(margin, level, counts, satisfied_from):
    if counts is None:
        p = mpf(1) / 2
    else:
        p = mpf(sum(counts[(satisfied_from or 4) - 1:])) / sum(counts)
    z = normal_critical(level)
    width = mpf(margin) / 100

    def enough(n):
        return z * mp.sqrt(p * (1 - p) / n) <= width and wilson_half_width(p, n, level) <= width

    n = least(enough, 1)
    assert enough(n) and (n == 1 or not enough(n - 1))
    return n


def ces_size(margin, level, scale, counts):
    low, high = (int(end) for end in scale.strip("[]").split(","))
    if counts is None or not sum(counts):
        counts = [1] + [0] * (high - low - 1) + [1]
    n0 = mpf(sum(counts))
    mean = sum(i * c for i, c in enumerate(counts)) / n0
    variance = sum(c * (i - mean) ** 2 for i, c in enumerate(counts)) / n0

    def enough(n):
        # the variance of a sample that is spread so is variance * n / (n - 1); t times its
        # error is at most the margin if no more than 1 - level lies outside margin / error
        if variance == 0:
            return True
        error = mp.sqrt(variance * n / (n - 1) / n)
        return t_outside(mpf(margin) / error, n - 1) <= 1 - mpf(level)

    n = least(enough, 2)
    assert enough(n) and (n == 2 or not enough(n - 1))
    return n


def array(counts):
    return "NULL" if counts is None else "'{%s}'" % ",".join(str(c) for c in counts)


def rows():
    for level in LEVELS:
        for margin in CSAT_MARGINS:
            for counts, cut in CSAT_EXPECTED:
                yield ("csat", margin, level, "'[1,5]'", array(counts), cut or "NULL",
                       csat_size(margin, level, counts, cut))
    for level in CES_LEVELS:
        for margin in CES_MARGINS:
            for scale, counts in CES_EXPECTED:
                yield ("ces", margin, level, "'%s'" % scale, array(counts), "NULL",
                       ces_size(margin, level, scale, counts))


HEAD = """\
--
-- Sample sizes of CSAT and CES against reference values.
-- Written by test/reference/make_sample_size_reference.py; do not edit.
--
CREATE TEMP TABLE size_reference (
	metric text, margin double precision, level double precision, scale int4range,
	counts bigint[], satisfied_from integer, answers bigint);
INSERT INTO size_reference VALUES
"""

TAIL = """;
CREATE TEMP VIEW compared AS
SELECT r.*, CASE metric
		WHEN 'csat' THEN csat_sample_size(margin, level, s, satisfied_from)
		ELSE ces_sample_size(margin, level, s) END AS found
FROM size_reference AS r,
	LATERAL (SELECT CASE WHEN counts IS NOT NULL THEN rating_summary(scale, counts) END AS s) AS e;
SELECT metric, count(*) AS compared, count(*) FILTER (WHERE found IS DISTINCT FROM answers) AS wrong
FROM compared GROUP BY metric ORDER BY metric;
SELECT * FROM compared WHERE found IS DISTINCT FROM answers ORDER BY metric, margin, level;

-- the sizes that every textbook has
SELECT csat_sample_size(5), csat_sample_size(10), csat_sample_size(3), csat_sample_size(1);

-- the margin of so many answers that are spread as expected is the one asked for; of one
-- in thirty fewer it is not (but for rounding them to whole answers)
SELECT count(*) AS expected,
	count(*) FILTER (WHERE csat_margin(enough, level => 0.95) > margin + 0.05) AS not_enough,
	count(*) FILTER (WHERE csat_margin(fewer, level => 0.95) <= margin) AS too_many
FROM (VALUES (2), (3), (5)) AS m(margin), (VALUES (0.5), (0.7), (0.9)) AS p(share),
	LATERAL (SELECT rating_summary('[0,1]', ARRAY[round(1000 * (1 - share)), round(1000 * share)]::bigint[]) AS e) AS r,
	LATERAL (SELECT csat_sample_size(margin, 0.95, e) AS n) AS k,
	LATERAL (SELECT rating_summary('[0,1]', ARRAY[round(n * (1 - share)), round(n * share)]::bigint[]) AS enough,
		rating_summary('[0,1]', ARRAY[round(n * 29 / 30 * (1 - share)), round(n * 29 / 30 * share)]::bigint[]) AS fewer) AS s;
SELECT ces_margin(rating_summary('[1,7]', ARRAY[n / 2, 0, 0, 0, 0, 0, n / 2])) <= 0.5 AS enough,
	ces_margin(rating_summary('[1,7]', ARRAY[n / 2 - 1, 0, 0, 0, 0, 0, n / 2 - 1])) <= 0.5 AS two_fewer
FROM (SELECT ces_sample_size(0.5) AS n) AS k;

-- nothing expected, nothing known; NULL gives NULL
SELECT csat_sample_size(5, 0.95, '[1,5]{0,0,0,0,0}') = csat_sample_size(5) AS csat, ces_sample_size(1, 0.95, '[1,7]{0,0,0,0,0,0,0}') = ces_sample_size(1) AS ces,
	ces_sample_size(1, 0.95, '[1,7]{0,0,0,0,1,0,0}') AS of_one, csat_sample_size(NULL) IS NULL AND csat_sample_size(5, NULL) IS NULL
	AND ces_sample_size(NULL) IS NULL AND ces_sample_size(1, NULL) IS NULL AS null_gives_null;
SELECT csat_sample_size(5, 0.95, '[1,5]{0:0:0,0:0:0,0:0:0,3:9:27,1:1:1}', 5) = csat_sample_size(5, 0.95, '[0,1]{9,1}') AS weighted;

-- bad input
SELECT csat_sample_size(0);
SELECT ces_sample_size(-1);
SELECT csat_sample_size('NaN');
SELECT csat_sample_size(5, 95);
SELECT ces_sample_size(1, 1);
SELECT csat_sample_size(1e-9);
SELECT ces_sample_size(1e-9);
SELECT csat_sample_size(5, 0.95, '[1,10]{1,2,3,4,5,6,7,8,9,10}');
SELECT csat_sample_size(5, 0.95, '[1,10]{1,2,3,4,5,6,7,8,9,10}', 11);
"""


def main():
    mp.dps = 40
    assert [csat_size(m, 0.95, None, None) for m in (5, 10, 3, 1)] == [385, 97, 1068, 9604]
    with open(SQL, "w", encoding="utf-8") as out:
        out.write(HEAD)
        out.write(",\n".join("\t('%s', %s, %s, %s, %s, %s, %d)" % row for row in rows()))
        out.write(TAIL)


if __name__ == "__main__":
    main()
