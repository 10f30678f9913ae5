#!/usr/bin/env python3
"""Writes the reference values of attribution_credits and attribution_values.

Writes:    test/sql/attribution_reference.sql, between its lines that say so
Run:       python3 test/reference/make_attribution_reference.py
Needs:     Python alone (made with 3.11)

Small random journeys with ties, repeats, refunds and orders without a value, some with a lookback. Everything by the
definitions and in fractions: a model that asks which touch came first is the mean over all orders of what is
simultaneous; the Shapley value is summed over all sets of touchpoints, where a set wins the conversions (or the money)
of the paths whose touchpoints all lie in it; a removal effect is the chance to convert (or what a path is worth in the
mean) less that of the chain in which steps to the touchpoint end, each by its own system of equations.

It also checks what Adobe publishes for its models (Analytics, "Attribution models and lookback windows"): an order of
$50 after search 9 days before, social 6 days before, and e-mail and display on the day.
"""
import itertools
import math
import os
import random
from fractions import Fraction as F

MODELS = ("first", "last", "linear", "position", "j_curve", "inverse_j", "time_decay", "shapley", "participation",
          "last_non_direct", "markov")
STAGES = ("ads", "mail", "search", "social", "web")
GOAL, DIRECT, HALF_LIFE = "order", "web", 30        # hours


def cut(journey, lookback):
    """Paths as (touches, converted, value); visits are (hour, seq, stage, value)."""
    key = lambda v: (v[0], v[1], v[2] == GOAL, v[2], v[3] is not None, v[3] or 0)
    paths, touches = [], []
    for v in sorted(journey, key=key):
        if v[2] == GOAL:
            paths.append(([t for t in touches if lookback is None or v[0] - t[0] <= lookback], True, F(v[3] or 0)))
            touches = []
        else:
            touches.append(v)
    return paths + ([(touches, False, F(0))] if touches else [])


def orders(touches):
    moments = [list(g) for _, g in itertools.groupby(touches, key=lambda v: v[:2])]
    for choice in itertools.product(*(itertools.permutations(m) for m in moments)):
        yield [v for m in choice for v in m]


def ends(n, first, last):
    """Shares of n touches: so much for the first and the last one, the rest between."""
    if n == 1:
        return [F(1)]
    if n == 2:
        return [F(1, 2)] * 2 if first == last else [F(1, 4), F(3, 4)] if first < last else [F(3, 4), F(1, 4)]
    return [first] + [(1 - first - last) / (n - 2)] * (n - 2) + [last]


def shares(touches, model):
    """What one conversion gives to each touchpoint."""
    result = dict.fromkeys(STAGES, F(0))
    n = len(touches)
    if model == "participation":
        return {s: F(any(v[2] == s for v in touches)) for s in STAGES}
    if model == "time_decay":
        weights = [2.0 ** ((v[0] - touches[-1][0]) / HALF_LIFE) for v in touches]
        for v, w in zip(touches, weights):
            result[v[2]] += w / sum(weights)
        return result
    every = list(orders(touches))
    for order in every:
        other = [i for i, v in enumerate(order) if v[2] != DIRECT]
        given = {"first": [F(i == 0) for i in range(n)], "last": [F(i == n - 1) for i in range(n)],
                 "linear": [F(1, n)] * n, "position": ends(n, F(2, 5), F(2, 5)),
                 "j_curve": ends(n, F(1, 5), F(3, 5)), "inverse_j": ends(n, F(3, 5), F(1, 5)),
                 "last_non_direct": [F(i == (other[-1] if other else n - 1)) for i in range(n)]}[model]
        for v, part in zip(order, given):
            result[v[2]] += part / len(every)
    return result


def shapley(paths, worth):
    """By the definition, over all sets that do not have the touchpoint yet."""
    def wins(group):
        return sum(worth(p) for p in paths if p[1] and p[0] and {v[2] for v in p[0]} <= group)

    n, result = len(STAGES), dict.fromkeys(STAGES, F(0))
    for s in STAGES:
        others = [o for o in STAGES if o != s]
        for size in range(n):
            weight = F(math.factorial(size) * math.factorial(n - size - 1), math.factorial(n))
            for group in itertools.combinations(others, size):
                result[s] += weight * (wins(set(group) | {s}) - wins(set(group)))
    return result


def solve(matrix, right):
    """Gauss and Jordan, in fractions."""
    n = len(matrix)
    rows = [list(m) + [r] for m, r in zip(matrix, right)]
    for p in range(n):
        best = next(i for i in range(p, n) if rows[i][p] != 0)
        rows[p], rows[best] = rows[best], rows[p]
        rows[p] = [x / rows[p][p] for x in rows[p]]
        for i in range(n):
            if i != p and rows[i][p] != 0:
                rows[i] = [x - rows[i][p] * y for x, y in zip(rows[i], rows[p])]
    return [r[n] for r in rows]


def chain(paths, worth, removed=None):
    """What a path is worth in the mean, when who comes to the touchpoint that is removed is lost."""
    steps, ended, won = {}, dict.fromkeys(STAGES, 0), dict.fromkeys(STAGES, F(0))
    for touches, converted, value in paths:
        walk = ["^"] + [v[2] for v in touches]
        for a, b in zip(walk, walk[1:]):
            steps[a, b] = steps.get((a, b), 0) + 1
        if touches and converted:
            ended[walk[-1]] += 1
            won[walk[-1]] += worth((touches, converted, value))
    left = {s: sum(1 for t, _, _ in paths for v in t if v[2] == s) for s in STAGES}
    matrix = [[F(a == b) - (F(steps.get((a, b), 0), left[a]) if left[a] and b != removed else 0) for b in STAGES]
              for a in STAGES]
    # behind a touchpoint a conversion comes so often, and is worth so much in the mean
    gain = solve(matrix, [F(ended[s], left[s]) * won[s] / ended[s] if ended[s] else F(0) for s in STAGES])
    starts = sum(steps.get(("^", s), 0) for s in STAGES)
    return sum(F(steps.get(("^", s), 0), starts) * g for s, g in zip(STAGES, gain) if s != removed) if starts else F(0)


def markov(paths, worth):
    whole = sum(worth(p) for p in paths if p[1] and p[0])
    effects = {s: chain(paths, worth) - chain(paths, worth, s) for s in STAGES}
    total = sum(effects.values())
    return {s: whole * e / total if total else F(0) for s, e in effects.items()}


def attribution(paths, model, money):
    worth = (lambda p: p[2]) if money else (lambda p: F(1))
    if model == "shapley":
        result = shapley(paths, worth)
    elif model == "markov" and money:
        earned, refunded = markov(paths, lambda p: max(p[2], 0)), markov(paths, lambda p: max(-p[2], 0))
        result = {s: earned[s] - refunded[s] for s in STAGES}
    elif model == "markov":
        result = markov(paths, worth)
    else:
        result = dict.fromkeys(STAGES, F(0))
        for p in paths:
            if p[1] and p[0]:
                for s, part in shares(p[0], model).items():
                    result[s] += part * worth(p)
    seen = {v[2] for p in paths for v in p[0]}
    result = {s: x for s, x in result.items() if s in seen}
    if any(p[1] and not p[0] for p in paths):
        result["(none)"] = sum(worth(p) for p in paths if p[1] and not p[0])
    return result


def random_journey(values):
    visits = []
    for _ in range(random.randint(1, 7)):
        stage = random.choice(STAGES + (GOAL, GOAL))
        value = random.choice([None, random.randint(1, 40000), random.randint(1, 900) * 100, -random.randint(1, 9999)])
        visits.append((random.randint(0, 9) * 6, random.choice([0, 0, 0, 1]), stage,
                       F(value, 100) if stage == GOAL and values and value is not None else None))
    return visits


def text(journey):
    return "{%s}" % ", ".join("%s@2026-01-%02dT%02d:00:00Z%s%s" % (
        v[2], 1 + v[0] // 24, v[0] % 24, "#%d" % v[1] if v[1] else "", "=%s" % float(v[3]) if v[3] is not None else "")
        for v in journey)


def literal(text, width=108):
    """In lines that SQL puts together."""
    return "'" + "'\n\t'".join(text[i:i + width] for i in range(0, len(text), width)) + "'"


def number(x):
    return "%.12g" % float(x)


adobe = cut([(0, 0, "search", None), (72, 0, "social", None), (216, 1, "mail", None), (216, 2, "ads", None),
             (216, 3, GOAL, F(50))], None)
HALF_LIFE = 7 * 24
for model, want in (("first", (50, 0, 0, 0)), ("last", (0, 0, 0, 50)), ("linear", (12.5,) * 4),
                    ("participation", (50,) * 4), ("position", (20, 5, 5, 20)), ("j_curve", (10, 5, 5, 30)),
                    ("inverse_j", (30, 5, 5, 10)), ("time_decay", (6.92, 9.32, 16.88, 16.88))):
    got = attribution(adobe, model, True)
    assert all(abs(got[s] - w) < .006 for s, w in zip(("search", "social", "mail", "ads"), want)), (model, got)
HALF_LIFE = 30

random.seed(19532026)
journeys, credits = [], []
for case in range(1, 13):
    lookback = random.choice([None, 12, 24])
    logs = [random_journey(case % 6 != 0) for _ in range(random.randint(2, 9))]
    paths = [p for log in logs for p in cut(log, lookback)]
    journeys += ["(%d, %s,\n\t%s)" % (case, "NULL" if lookback is None else "'%d hours'" % lookback,
                                      literal(text(log))) for log in logs]
    found = [[attribution(paths, m, money) for m in MODELS] for money in (False, True)]
    for s in sorted(found[0][0]):
        credits.append("(%d, '%s',%s)" % (case, s, ",".join(
            "\n\t" + literal("{%s}" % ",".join(number(f[s]) for f in each)) for each in found)))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sql", "attribution_reference.sql")
sql = open(path).read()
for begin, rows in (("INSERT INTO log VALUES\n", journeys), ("INSERT INTO reference VALUES\n", credits)):
    head, rest = sql.split(begin)
    end = ";\n-- end of what the script writes\n"
    sql = head + begin + ",\n".join(rows) + end + rest.split(end, 1)[1]
open(path, "w").write(sql)
print(len(journeys), "journeys,", len(credits), "touchpoints")
