#!/usr/bin/python3
"""Write the reference tables for shifts, standardized summaries and raking.

Writes:    test/sql/breakdown_reference.sql
Run:       /usr/bin/python3 test/reference/make_breakdown_reference.py
Needs:     nothing but Python 3

Shifts and standardized summaries are computed in fractions, from the formulas of
Kitagawa (1955) and of the weights, and rounded once.  Before anything is written,
each case is checked in fractions: the terms of all labels sum to the change of the
metric without a rest, and centring the mix by the mean of the whole changes no sum.

Weights of raking are not found by raking: they are exp() of a sum with a term for
each category, and the terms solve the margins by Newton's method.  With a limit on
the weights the result depends on the way there, so that is followed with 40 digits.
"""

import decimal
import math
import os
import random
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
SQL = os.path.join(HERE, "..", "sql", "breakdown_reference.sql")
DECIMALS = 16
UNITS = 10 ** 9

random.seed(19550117)


def rounded(value, decimals=DECIMALS):
    """Units of 10^-decimals, half away from zero."""
    scaled = abs(value) * 10 ** decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -units if value < 0 else units


def decimal_text(units, decimals):
    digits = str(abs(units)).rjust(decimals + 1, "0")
    text = digits if decimals == 0 else digits[:-decimals] + "." + digits[-decimals:]
    return ("-" if units < 0 else "") + text


def trimmed(units, decimals):
    text = decimal_text(units, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


class Summary:
    """Counts, and the sums of weights and of their squares in units, by score."""

    def __init__(self, counts, sums=None, squares=None):
        self.counts, self.sums, self.squares = counts, sums, squares

    def mass(self):
        return self.sums if self.sums is not None else self.counts

    def text(self):
        text = "[%s]" % ", ".join(map(str, self.counts))
        if self.sums is not None:
            text += " weights [%s]" % ", ".join(trimmed(s, 9) for s in self.sums)
            text += " squares [%s]" % ", ".join(trimmed(s, 18) for s in self.squares)
        return text


def breakdown_text(labels, low, points):
    parts = ["%s = %s" % ("(null)" if k is None else k, s.text()) for k, s in labels.items()]
    return "{%s} on [%d, %d]" % (", ".join(parts), low, low + points - 1)


def random_summary(points, weighted, size):
    counts = [random.randrange(size) if random.random() < 0.7 else 0 for _ in range(points)]
    if sum(counts) == 0:
        counts[random.randrange(points)] = 1
    if not weighted:
        return Summary(counts)
    sums, squares = [0] * points, [0] * points
    for i in range(points):
        for _ in range(counts[i]):
            weight = random.randrange(1, 3 * UNITS)
            sums[i] += weight
            squares[i] += weight * weight
    return Summary(counts, sums, squares)


# ---------- metrics ----------

def fraction_of(metric, satisfied_from, low, masses):
    n = sum(masses)
    if metric == "nps":
        return Fraction(100 * (sum(masses[9:]) - sum(masses[:7])), n)
    if metric == "csat":
        return Fraction(100 * sum(masses[satisfied_from - low:]), n)
    return Fraction(sum((low + i) * m for i, m in enumerate(masses)), n)


def satisfied_default(low, points):
    return low + points - (1 if points <= 3 else 2)


def kitagawa(metric, cut, low, before, after):
    """label -> (w0, w1, r0, r1, mix, rate), and the change of the whole."""
    sides = [before, after]
    totals = [sum(sum(s.mass()) for s in side.values()) for side in sides]
    value = lambda masses: fraction_of(metric, cut, low, masses)
    whole = [value([sum(column) for column in zip(*(s.mass() for s in side.values()))])
             for side in sides]
    rows = {}
    uncentred = Fraction(0)
    for label in sorted(set(before) | set(after), key=lambda k: (k is None, (k or "").encode())):
        w = [Fraction(sum(side[label].mass()), total) if label in side else Fraction(0)
             for side, total in zip(sides, totals)]
        r = [value(side[label].mass()) if label in side else None for side in sides]
        r0, r1 = (r[0] if r[0] is not None else r[1]), (r[1] if r[1] is not None else r[0])
        rate = (r1 - r0) * (w[0] + w[1]) / 2
        mix = (w[1] - w[0]) * ((r0 + r1) / 2 - (whole[0] + whole[1]) / 2)
        uncentred += (w[1] - w[0]) * (r0 + r1) / 2 + rate
        rows[label] = (w[0], w[1], r[0], r[1], mix, rate)
    change = whole[1] - whole[0]
    assert sum(row[4] + row[5] for row in rows.values()) == change == uncentred
    return rows, change


def shift_rows(metric, cut, low, before, after):
    """Rounded rows; the label with the largest total has the rest, and is marked."""
    rows, change = kitagawa(metric, cut, low, before, after)
    terms = {k: [rounded(r[4]), rounded(r[5])] for k, r in rows.items()}
    largest = max(terms, key=lambda k: abs(sum(terms[k])))
    rest = rounded(change) - sum(sum(t) for t in terms.values())
    terms[largest][0 if abs(terms[largest][0]) > abs(terms[largest][1]) else 1] += rest
    for label, (w0, w1, r0, r1, _, _) in rows.items():
        yield label, w0, w1, r0, r1, terms[label][0], terms[label][1], label == largest


# ---------- cases ----------

def cases():
    by_hand = ({"app": Summary([1, 0, 0, 0, 0, 0, 0, 2, 0, 3, 4]),
                "store": Summary([5, 0, 0, 0, 0, 0, 0, 2, 0, 3, 1])},
               {"app": Summary([1, 0, 0, 0, 0, 0, 0, 2, 0, 3, 4]),
                "store": Summary([5, 0, 0, 0, 0, 0, 0, 2, 0, 3, 1])})
    yield "nps", None, 0, 11, by_hand
    most = 2 ** 62
    yield "nps", None, 0, 11, ({"a": Summary([most - 1] + [0] * 9 + [7]), None: Summary([0] * 7 + [most - 9, 0, 0, 0])},
                               {"a": Summary([5] + [0] * 9 + [most]), None: Summary([3] + [0] * 9 + [most - 10])})
    kinds = [("nps", None, 0, 11), ("csat", None, 1, 5), ("csat", 9, 1, 10), ("csat", None, 0, 2),
             ("ces", None, 1, 7), ("ces", None, -3, 7)]
    for turn in range(42):
        metric, cut, low, points = kinds[turn % len(kinds)]
        weighted = turn % 4 == 3
        size = [3, 50, 10 ** 6, 10 ** 15][turn // 6 % 4]
        if weighted:
            size = 4
        names = [None, "a", "b", "c d", '"(null)"', "ż", "z"][:1 + random.randrange(7)]
        names = ['"c d"' if n == "c d" else n for n in names]
        sides = ({}, {})
        for name in names:
            where = random.choice("bbba01")
            for i, side in enumerate(sides):
                if where in "ba" or where == str(i):
                    side[name] = random_summary(points, weighted, size)
        for side in sides:
            if not side:
                side["only"] = random_summary(points, weighted, size)
        yield metric, cut, low, points, sides


def label_of(text):
    """A label as it stands in the text form, without its quotes."""
    return text if text is None or text[0] != '"' else text[1:-1]


def quoted(text):
    """A literal, in pieces of at most 110 characters that PostgreSQL joins."""
    if text is None:
        return "NULL"
    pieces = [text[i:i + 110] for i in range(0, len(text), 110)]
    return "\n".join("'%s'" % piece.replace("'", "''") for piece in pieces)


def number(units, decimals=DECIMALS):
    return "NULL" if units is None else decimal_text(units, decimals)


def write_shifts(out):
    pairs, expected = [], []
    for i, (metric, cut, low, points, sides) in enumerate(cases(), 1):
        used = cut if cut is not None else satisfied_default(low, points)
        plain = [{label_of(k): s for k, s in side.items()} for side in sides]
        pairs.append("(%d, '%s', %s,\n%s,\n%s)" % (
            i, metric, "NULL" if cut is None else cut,
            quoted(breakdown_text(sides[0], low, points)), quoted(breakdown_text(sides[1], low, points))))
        for label, w0, w1, r0, r1, mix, rate, largest in shift_rows(metric, used, low, *plain):
            expected.append("(%d, %s, %s, %s, %s, %s,\n%s, %s, %s)" % (
                i, quoted(label), number(rounded(100 * w0)), number(rounded(100 * w1)),
                number(None if r0 is None else rounded(r0)), number(None if r1 is None else rounded(r1)),
                number(mix), number(rate), "true" if largest else "false"))
    out.write("INSERT INTO pair VALUES\n%s;\n" % ",\n".join(pairs))
    out.write("INSERT INTO shift_reference VALUES\n%s;\n" % ",\n".join(expected))


# ---------- standardized summaries ----------

def standardized(labels, shares, points):
    """The text form of the summary with weights share / all shares * answers / its answers."""
    answers = sum(sum(s.counts) for s in labels.values())
    all_shares = sum(shares.values())
    counts, sums, squares = [0] * points, [0] * points, [0] * points
    for label, summary in labels.items():
        weight = rounded(shares[label] / all_shares * answers / sum(summary.counts), 9)
        for i, count in enumerate(summary.counts):
            counts[i] += count if weight > 0 else 0
            sums[i] += count * weight
            squares[i] += count * weight * weight
    return ",".join("%d:%s:%s" % (counts[i], trimmed(sums[i], 9), trimmed(squares[i], 18))
                    for i in range(points))


def write_standardized(out):
    rows = []
    for turn in range(24):
        points = 2 + turn % 10
        names = ["a", "b", "c", "d", "e"][:1 + turn % 5]
        labels = {n: random_summary(points, False, [3, 50, 10 ** 5][turn % 3]) for n in names}
        decimals = turn % 7
        shares = {n: Fraction(random.randrange(0 if turn % 4 == 0 else 1, 10 ** decimals * 9 + 1),
                              10 ** decimals) for n in names}
        if sum(shares.values()) == 0:
            shares["a"] = Fraction(1)
        json = "{%s}" % ", ".join('"%s": %s' % (n, decimal_text(rounded(s, decimals), decimals))
                                  for n, s in shares.items())
        rows.append("(%s,\n'%s',\n%s)" % (
            quoted(breakdown_text(labels, 0, points)), json,
            quoted("[0,%d]{%s}" % (points - 1, standardized(labels, shares, points)))))
    out.write("INSERT INTO standardize_reference VALUES\n%s;\n" % ",\n".join(rows))


# ---------- raking ----------

def solve(a, b):
    """Gauss, with pivots."""
    n = len(b)
    a = [row[:] + [b[i]] for i, row in enumerate(a)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[pivot] = a[pivot], a[k]
        for i in range(k + 1, n):
            f = a[i][k] / a[k][k]
            for j in range(k, n + 1):
                a[i][j] -= f * a[k][j]
    x = [0.0] * n
    for k in reversed(range(n)):
        x[k] = (a[k][n] - sum(a[k][j] * x[j] for j in range(k + 1, n))) / a[k][k]
    return x


def newton(cells, targets):
    """Weights exp(sum of terms) that have the margins; cells are (categories, responses)."""
    answers = sum(n for _, n in cells)
    # the first category of all margins but the first has the term 0
    terms = [(m, c) for m in range(len(targets)) for c in targets[m] if m == 0 or c != min(targets[m])]
    x = [0.0] * len(terms)
    for _ in range(200):
        w = [math.exp(sum(x[k] for k, (m, c) in enumerate(terms) if where[m] == c))
             for where, _ in cells]
        gap = [targets[m][c] * answers - sum(w[i] * n for i, (where, n) in enumerate(cells) if where[m] == c)
               for m, c in terms]
        if max(map(abs, gap)) < 1e-11 * answers:
            break
        slope = [[sum(w[i] * n for i, (where, n) in enumerate(cells) if where[m] == c and where[o] == d)
                  for o, d in terms] for m, c in terms]
        step = solve(slope, gap)
        size = min(1.0, 1.0 / max(map(abs, step)))
        x = [a + size * b for a, b in zip(x, step)]
    else:
        raise ArithmeticError("Newton's method does not end")
    return w


def rake_limited(cells, targets, most):
    """Raking in the order of the margins, cut after each round, with 40 digits."""
    decimal.getcontext().prec = 40
    dec = decimal.Decimal
    answers = sum(n for _, n in cells)
    weights = [dec(1)] * len(cells)
    total = lambda m, c: sum(weights[i] * n for i, (where, n) in enumerate(cells) if where[m] == c)
    for _ in range(1000):
        for m, target in enumerate(targets):
            factor = {c: dec(share) * answers / total(m, c) for c, share in target.items()}
            weights = [w * factor[where[m]] for w, (where, _) in zip(weights, cells)]
        weights = [min(w, dec(most)) for w in weights]
        if all(abs(total(m, c) / answers - dec(s)) < dec("1e-12") for m, t in enumerate(targets)
               for c, s in t.items()):
            return [float(w) for w in weights]
    return None


def random_survey():
    """Margins that weights of 0.3 to 3 would make, so that there is an answer."""
    names = [["%s%d" % ("xyz"[m], c) for c in range(random.randrange(2, 5))]
             for m in range(random.randrange(1, 4))]
    cells = [()]
    for margin in names:
        cells = [cell + (c,) for cell in cells for c in margin]
    cells = [(cell, random.randrange(1, 200)) for cell in cells if random.random() < 0.9]
    masses = [{} for _ in names]
    for where, n in cells:
        wanted = n * random.uniform(0.3, 3)
        for m, c in enumerate(where):
            masses[m][c] = masses[m].get(c, 0) + wanted
    # shares as they will be read: whole numbers of 10^-6, which need not sum to 1
    return cells, [{c: round(1e6 * v / sum(m.values())) for c, v in m.items()} for m in masses]


def write_rakes(out):
    rows = []
    while len(rows) < 24:
        cells, shares = random_survey()
        if any(v == 0 for m in shares for v in m.values()):
            continue
        targets = [{c: v / sum(m.values()) for c, v in m.items()} for m in shares]
        if len(rows) % 2 == 0:
            most, weights = None, newton(cells, targets)
        else:
            most = 1.8
            weights = rake_limited(cells, targets, "1.8")
            if weights is None or max(weights) < 1.8:
                continue
        rows.append("(%d, %s,\n%s,\n%s,\n%s)" % (
            len(rows) + 1, "NULL" if most is None else most,
            quoted("[%s]" % ", ".join('{"labels": {%s}, "responses": %d}' % (
                ", ".join('"m%d": "%s"' % (m, c) for m, c in enumerate(where)), n) for where, n in cells)),
            quoted("{%s}" % ", ".join('"m%d": {%s}' % (m, ", ".join('"%s": %d' % item for item in sorted(t.items())))
                                      for m, t in enumerate(shares))),
            quoted("{%s}" % ", ".join("%.12g" % w for w in weights))))
    out.write("INSERT INTO rake_reference VALUES\n%s;\n" % ",\n".join(rows))


HEAD = """--
-- Shifts, standardized summaries and raking against reference values.
-- Written by test/reference/make_breakdown_reference.py; do not edit.
--
-- Terms of shifts and standardized summaries are computed in fractions there; raking by
-- Newton's method, and with a limit with 40 digits.
--
\\pset format unaligned
\\set ECHO none
CREATE TEMP TABLE pair (id int, metric text, satisfied_from int, before rating_breakdown, after rating_breakdown);
CREATE TEMP TABLE shift_reference (id int, label text, share_before numeric, share_after numeric,
	value_before numeric, value_after numeric, mix numeric, rate numeric, largest boolean);
CREATE TEMP TABLE standardize_reference (b rating_breakdown, shares jsonb, summary rating_summary);
CREATE TEMP TABLE rake_reference (id int, most numeric, cells jsonb, targets jsonb, weights double precision[]);
"""

TAIL = """\\set ECHO all
CREATE TEMP TABLE shifted AS
SELECT p.id, p.metric, s.* FROM pair p, nps_shift(before, after) s WHERE metric = 'nps'
UNION ALL SELECT p.id, p.metric, s.* FROM pair p, csat_shift(before, after, satisfied_from) s WHERE metric = 'csat'
UNION ALL SELECT p.id, p.metric, s.* FROM pair p, ces_shift(before, after) s WHERE metric = 'ces';
CREATE TEMP VIEW compared AS
SELECT s.*, r.id AS other_id, r.share_before AS before_share, r.share_after AS after_share, value_before, value_after,
       r.mix AS exact_mix, r.rate AS exact_rate, largest
  FROM shifted s
  FULL JOIN shift_reference r ON s.id = r.id AND coalesce(s.label, '<none>') = coalesce(r.label, '<none>');

-- mix and rate to the last of 16 decimals; but for the label with the largest total, which has the rest
SELECT count(*) AS compared, count(*) FILTER (WHERE id IS NULL OR other_id IS NULL) AS other_labels,
       count(*) FILTER (WHERE NOT largest) AS exact,
       count(*) FILTER (WHERE NOT largest AND (mix, rate) <> (exact_mix, exact_rate)) AS wrong,
       count(*) FILTER (WHERE largest AND abs(mix - exact_mix) + abs(rate - exact_rate) > 1e-15) AS wrong_rest,
       count(*) FILTER (WHERE total <> mix + rate) AS wrong_totals
  FROM compared;
-- shares and metrics, as far as numeric has digits
CREATE FUNCTION pg_temp.close_to(a numeric, b numeric) RETURNS boolean LANGUAGE sql
	RETURN a IS NOT DISTINCT FROM b OR coalesce(abs(a - b) <= 1e-15 * greatest(1, abs(b)), false);
SELECT count(*) FILTER (WHERE NOT pg_temp.close_to(share_before, before_share)
                           OR NOT pg_temp.close_to(share_after, after_share)) AS wrong_shares,
       count(*) FILTER (WHERE NOT pg_temp.close_to(nps_before, value_before)
                           OR NOT pg_temp.close_to(nps_after, value_after)) AS wrong_values
  FROM compared;
-- labels on one side only: no rate, no test
SELECT count(*) AS labels, count(*) FILTER (WHERE rate <> 0 OR p_value IS NOT NULL OR rate_low IS NOT NULL) AS wrong
  FROM shifted WHERE nps_before IS NULL OR nps_after IS NULL;

-- the sum of total is what the whole changed by, to the last digit
CREATE FUNCTION pg_temp.metric_of(metric text, b rating_breakdown, satisfied_from int) RETURNS numeric
LANGUAGE sql AS $$
	SELECT CASE metric WHEN 'nps' THEN nps(s) WHEN 'ces' THEN ces(s) ELSE csat(s, satisfied_from) END
	  FROM (SELECT rating_agg(summary) AS s FROM breakdown(b)) v $$;
SELECT p.metric, count(*) AS pairs, count(*) FILTER (WHERE total = 0) AS unchanged,
       count(*) FILTER (WHERE total IS DISTINCT FROM pg_temp.metric_of(p.metric, after, satisfied_from)
                                                   - pg_temp.metric_of(p.metric, before, satisfied_from)) AS wrong
  FROM pair p JOIN (SELECT id, sum(total) AS total FROM shifted GROUP BY id) s USING (id)
 GROUP BY p.metric ORDER BY p.metric;
-- back it is the same with the other sign
SELECT count(*) AS compared, count(*) FILTER (WHERE abs(s.mix + b.mix) + abs(s.rate + b.rate) > 1e-15) AS wrong
  FROM shifted s JOIN pair p USING (id), nps_shift(after, before) b
 WHERE s.metric = 'nps' AND b.label IS NOT DISTINCT FROM s.label;

-- the interval and the p-value are those of the metric's own test of the label, times the mean share
CREATE TEMP VIEW tested AS
SELECT s.*, t.p_value AS own_p, lower(own) * mean_share AS low,
       upper(own) * mean_share AS high
  FROM (SELECT *, (share_before + share_after) / 200 AS mean_share FROM shifted) s JOIN pair p USING (id),
       breakdown(before) b, breakdown(after) a, LATERAL (
	SELECT p_value, difference_interval AS own
	  FROM nps_test(CASE s.metric WHEN 'nps' THEN b.summary END, a.summary) WHERE s.metric = 'nps'
	UNION ALL
	SELECT p_value, difference_interval
	  FROM csat_test(CASE s.metric WHEN 'csat' THEN b.summary END, a.summary, satisfied_from) WHERE s.metric = 'csat'
	UNION ALL
	SELECT p_value, difference_interval
	  FROM ces_test(CASE s.metric WHEN 'ces' THEN b.summary END, a.summary) WHERE s.metric = 'ces') t
 WHERE b.label IS NOT DISTINCT FROM s.label AND a.label IS NOT DISTINCT FROM s.label;
SELECT count(*) AS compared, count(p_value) AS with_p,
       count(*) FILTER (WHERE p_value IS DISTINCT FROM own_p) AS wrong_p,
       count(*) FILTER (WHERE (rate_low IS NULL) <> (own_p IS NULL)
                           OR abs(rate_low - low) + abs(rate_high - high) > 1e-9) AS wrong_interval,
       count(*) FILTER (WHERE rate_low > rate OR rate_high < rate) AS outside
  FROM tested;

SELECT count(*) AS standardized, count(*) FILTER (WHERE standardize(b, shares) <> summary) AS wrong
  FROM standardize_reference;

-- raking: weights to 1e-9, their mean is 1, and no one is above the limit
CREATE TEMP VIEW raked AS
SELECT r.id, r.most, w.responses, w.weight, weights[i] AS exact
  FROM rake_reference r, rake_weights(cells, targets, most) WITH ORDINALITY w(labels, responses, weight, i);
SELECT most, count(DISTINCT id) AS surveys, count(*) AS cells,
       count(*) FILTER (WHERE abs(weight - exact) > 1e-9) AS wrong,
       count(*) FILTER (WHERE weight > most) AS above
  FROM raked GROUP BY most ORDER BY most;
SELECT count(*) AS surveys, count(*) FILTER (WHERE abs(mean - 1) > 1e-12) AS wrong
  FROM (SELECT sum(weight * responses) / sum(responses) AS mean FROM raked GROUP BY id) v;
"""


def main():
    with open(SQL, "w", encoding="utf-8") as out:
        out.write(HEAD)
        write_shifts(out)
        write_standardized(out)
        write_rakes(out)
        out.write(TAIL)


main()
