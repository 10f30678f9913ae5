#!/usr/bin/python3
"""Write the reference tables for the words of comments, contrasts and sentiment.

Writes:    test/sql/terms_reference.sql
Run:       /usr/bin/python3 test/reference/make_terms_reference.py

Words are those of Python: categories, case and decompositions of characters are
from its copy of the Unicode Character Database, not from tables of cxjourney.
The formulas are written here once more, from the papers, in double precision.
"""

import collections
import math
import os
import random
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
SQL = os.path.join(HERE, "..", "sql", "terms_reference.sql")

VOCABULARY = """nie polecam Polecam POLECAŁ kurier Kurierzy spóźniony świetnie żółty ŁÓDŹ źdźbło
    obsługa obsługi reklamacja dostawa dostawą paczka paczki szybko bardzo miła późno czekałem
    the a not fast slow delivery deliveries parcel parcels dress buses was is don't didn't Café
    naïve Straße übel œuvre Þing Ångström čeština příliš đakovo İzmir ığdır Đà Nẵng Việt
    Πελάτης εξυπηρέτηση ΚΑΛΉ ёлка Ёжик очень плохо ПЛОХО йогурт 24h 5 3x rock'n'roll l’été
    😡 ❤️ 👍🏽 🚚 zażółć gęślą jaźń a\u0328b z\u0307o\u0301łw e-mail self-service""".split()
BETWEEN = [" "] * 12 + [", ", ". ", "! ", " - ", "-", " \"", "\" ", "\n", "\t", " / ", "... ", " (", ") ",
                        "\u00a0", " – ", "; ", " ' ", "'", "„", "”", "?", "\u00ad"]
STROKES = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
           "ð": "d", "ı": "i", "ς": "σ"}
BLANKS = "-\u2010\u2011\"„”“«»"
APOSTROPHES = "'\u2019"


def kind(c):
    category = unicodedata.category(c)
    if category[0] in "LN":
        return "letter"
    if category == "Mn" or category == "Cf" or 0x1F3FB <= ord(c) <= 0x1F3FF:
        return "mark"
    if c in APOSTROPHES:
        return "apostrophe"
    if category == "So" and ord(c) > 0x2600:
        return "pictograph"
    if c.isspace() or c in BLANKS:
        return "blank"
    return "break"


def fold(word):
    folded = ""
    for c in unicodedata.normalize("NFC", word).lower():
        if c != "й":
            c = "".join(d for d in unicodedata.normalize("NFD", c) if not unicodedata.combining(d))
        folded += STROKES.get(c, c)
    return folded


def ending(word, language):
    if language == "pl":
        return word[:6]
    if language == "en" and len(word) > 3:
        if word.endswith("ies") and word[-4:-3] not in ("e", "a"):
            return word[:-3] + "y"
        if word.endswith("es") and word[-3:-2] not in ("a", "e", "o"):
            return word[:-1]
        if word.endswith("s") and word[-2:-1] not in ("u", "s"):
            return word[:-1]
    return word


def words_of(comment, language, pairs):
    """The terms of a comment, a set."""
    found = []                  # words, and None where neighbours are parted
    i = 0
    while i < len(comment):
        here = kind(comment[i])
        if here == "pictograph":
            found.append(comment[i])
        elif here == "break":
            found.append(None)
        elif here == "letter":
            word = ""
            while i < len(comment):
                here = kind(comment[i])
                after = kind(comment[i + 1]) if i + 1 < len(comment) else "blank"
                if here in ("letter", "mark"):
                    word += comment[i]
                elif here != "apostrophe" or after != "letter":
                    break
                i += 1
            word = "".join(c for c in word if unicodedata.category(c) != "Cf" and
                           not 0x1F3FB <= ord(c) <= 0x1F3FF)
            found.append(ending(fold(word), language))
            continue
        i += 1
    terms = {w for w in found if w is not None}
    if pairs:
        terms |= {a + " " + b for a, b in zip(found, found[1:]) if None not in (a, b)}
    return terms


def contrast(a, b, term):
    prior = a[term] + b[term]
    total_a, total_b = sum(a.values()), sum(b.values())
    prior_total = total_a + total_b
    odds = (math.log((a[term] + prior) / (total_a + prior_total - a[term] - prior)) -
            math.log((b[term] + prior) / (total_b + prior_total - b[term] - prior)))
    z = odds / math.sqrt(1 / (a[term] + prior) + 1 / (b[term] + prior))
    return odds, z, math.erfc(abs(z) / math.sqrt(2))


def sentiment(good, bad, words):
    known = set(good) | set(bad)
    likely = [1.0, 1.0]
    for word in sorted(words & known):
        for side, counts in enumerate((good, bad)):
            likely[side] *= (counts[word] + 1) / (sum(counts.values()) + len(known))
    if not words & known:
        return None
    return 2 * likely[0] / (likely[0] + likely[1]) - 1


def random_comment(rng):
    comment = ""
    for _ in range(rng.randrange(0, 12)):
        comment += rng.choice(VOCABULARY) + rng.choice(BETWEEN)
    return comment


def quoted(value):
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def array(terms):
    return quoted("{" + ",".join('"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"'
                                 for t in sorted(terms, key=lambda t: t.encode())) + "}")


def rows(out, table, values):
    out.write("\nINSERT INTO %s VALUES\n%s;\n" % (table, ",\n".join("(" + ", ".join(v) + ")" for v in values)))


def write_words(out, rng):
    values = []
    for i in range(240):
        comment = random_comment(rng)
        language = ("simple", "pl", "en")[i % 3]
        pairs = i % 2 == 1
        values.append([quoted(comment), quoted(language), str(pairs).lower(),
                       array(words_of(comment, language, pairs))])
    rows(out, "words_reference", values)


def write_groups(out, rng):
    """Two groups of comments, in which different words are likely."""
    comments = []
    for i in range(160):
        side = "good" if i % 8 < 5 else "bad"
        # no soft hyphens and combining marks: those are above
        likely = VOCABULARY[:40] if side == "good" else VOCABULARY[20:50]
        comments.append((side, " ".join(rng.choice(likely) for _ in range(rng.randrange(0, 9)))))
    words = [words_of(c, "pl", True) for _, c in comments]
    sides = {name: collections.Counter(t for (s, _), w in zip(comments, words) if s == name for t in w)
             for name in ("good", "bad")}
    values = []
    for i, ((side, comment), w) in enumerate(zip(comments, words)):
        without = {name: collections.Counter(c) for name, c in sides.items()}
        without[side] -= collections.Counter(w)
        values.append([str(i), quoted(side), quoted(comment),
                       quoted(sentiment(sides["good"], sides["bad"], w)),
                       quoted(sentiment(without["good"], without["bad"], w))])
    rows(out, "sentiment_reference", values)
    values = []
    for term in sorted(set(sides["good"]) | set(sides["bad"]), key=lambda t: t.encode()):
        values.append([quoted(term), str(sides["good"][term]), str(sides["bad"][term])] +
                      [repr(x) for x in contrast(sides["good"], sides["bad"], term)])
    rows(out, "contrast_reference", values)


HEAD = """--
-- Words of comments, contrasts and sentiment against an independent computation, to 1e-9.
-- Written by test/reference/make_terms_reference.py; do not edit.
--
CREATE FUNCTION pg_temp.close_to(got double precision, want double precision)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT got IS NOT DISTINCT FROM want OR coalesce(abs(got - want) <= 1e-9, false)
$$;
CREATE TEMP TABLE words_reference (comment text, language text, pairs boolean, words text[]);
CREATE TEMP TABLE sentiment_reference (
	id integer, side text, comment text, sentiment double precision, left_out double precision);
CREATE TEMP TABLE contrast_reference (
	term text, good bigint, bad bigint, log_odds double precision, z double precision, p_value double precision);
"""

TAIL = """
-- words
SELECT language, pairs, count(*) AS comments,
       count(*) FILTER (WHERE tsvector_to_array(comment_terms(comment, language, pairs)) <> words) AS wrong
  FROM words_reference GROUP BY language, pairs ORDER BY language, pairs;
SELECT comment, comment_terms(comment, language, pairs), words FROM words_reference
 WHERE tsvector_to_array(comment_terms(comment, language, pairs)) <> words LIMIT 3;
-- sentiment, with the comment in what was learned, and without
CREATE TEMP TABLE learned AS
	SELECT term_agg(w) FILTER (WHERE side = 'good') AS good, term_agg(w) FILTER (WHERE side = 'bad') AS bad
	  FROM sentiment_reference, comment_terms(comment, 'pl', true) w;
SELECT count(*) AS comments, count(sentiment) AS known,
       count(*) FILTER (WHERE NOT pg_temp.close_to(sentiment(good, bad, w), sentiment)) AS wrong,
       count(*) FILTER (WHERE NOT pg_temp.close_to(CASE side
           WHEN 'good' THEN sentiment(good - term_summary(w), bad, w)
           ELSE sentiment(good, bad - term_summary(w), w) END, left_out)) AS wrong_left_out
  FROM learned, sentiment_reference, comment_terms(comment, 'pl', true) w;
-- contrasts, of all terms and in their order
SELECT count(*) AS terms, count(*) FILTER (WHERE c.comments_a IS DISTINCT FROM r.good OR c.comments_b IS DISTINCT FROM r.bad
           OR NOT (pg_temp.close_to(c.log_odds, r.log_odds) AND pg_temp.close_to(c.z, r.z)
                   AND pg_temp.close_to(c.p_value, r.p_value))) AS wrong
  FROM (SELECT c.* FROM learned, term_contrast(good, bad, 1) c) c FULL JOIN contrast_reference r USING (term);
SELECT count(*) AS compared, count(*) FILTER (WHERE z > before) AS out_of_order
  FROM (SELECT z, lag(z) OVER (ORDER BY n) AS before FROM learned, term_contrast(good, bad, 1) WITH ORDINALITY
        AS c(term, a, b, share_a, share_b, log_odds, z, p_value, n)) o;
"""


def main():
    rng = random.Random(20261129)
    with open(SQL, "w", encoding="utf-8") as out:
        out.write(HEAD)
        write_words(out, rng)
        write_groups(out, rng)
        out.write(TAIL)


if __name__ == "__main__":
    main()
