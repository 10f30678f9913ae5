--
-- Readers people ask for: scores out of text, thumbs as a summary, the three
-- groups as a summary, margins, the standard deviation.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never

-- answers as survey tools export them
SELECT answer, score_from_text(answer) = wanted AS right
  FROM (VALUES
	('10 - Extremely likely', 10), ('5 – Bardzo zadowolony', 5), ('0 - Not at all likely', 0), ('10', 10),
	(' 7 ', 7), ('-1', -1), ('−1', -1), ('+3', 3), ('7.', 7), ('7. Likely', 7), ('4 (agree)', 4), ('5 stars', 5),
	('3: neutral', 3), ('5★', 5), ('6-ka', 6), ('007', 7), ('1=no', 1), ('-2147483648', -2147483648),
	('2147483647', 2147483647), ('1st choice', 1), ('5 gwiazdek', 5), ('5, bo szybko', 5),
	('8 — raczej tak', 8), ('4e', 4), ('5|', 5), ('5;', 5), ('3/likely', 3), ('5 (非常滿意)', 5)
  ) v(answer, wanted);
-- white space of every kind: a tab, line ends, a no-break space, a narrow one, an ideographic one, a byte order mark
SELECT what, score_from_text(answer)
  FROM (VALUES ('line', E'\t 8\r\n'), ('no break', E'\u00A09\u00A0'), ('narrow', E'\u202F6'),
               ('ideographic', E'\u30005'), ('byte order', E'\uFEFF10'),
               -- emoji that begin with a digit, or follow one
               ('keycap', E'5\uFE0F\u20E3'), ('cat', E'4 \U0001F63C'), ('sweat', E'3\U0001F605')) v(what, answer);
-- blank is no answer
SELECT what, score_from_text(answer) IS NULL AS is_null
  FROM (VALUES ('null', NULL), ('empty', ''), ('blanks', '  '),
               ('unseen', E'\t\r\n\u00A0\u3000\u200B\uFEFF')) v(what, answer);
-- what it does not guess
SELECT answer, pg_temp.error_of(format('SELECT score_from_text(%L)', answer), ' | ')
  FROM unnest(ARRAY[
	'7.5', '7,5', '1,000', '1 000', E'1\u00A0000', '1''000', E'1\u2019000', '5-7', '9 – 10', '5 - 2 times',
	'10:30', '1e3', '0x1F', '3.2.1', '9 10', '1_000', '-7.5', '7.5.1'
  ]) answer;
-- ranges, lists, dates and fractions
SELECT answer, pg_temp.error_of(format('SELECT score_from_text(%L)', answer)) LIKE '22P02 % not one whole %' AS refused
  FROM unnest(ARRAY[
	'03/01/2026', '2026-03-01', '3.1.2026', '9/10', '5/5', '9 of 10', '9 out of 10', '0 to 6', '0-6', '5–7',
	'5..7', '5…7', '7 or 8', '7 & 8', '7 and 8', '5|6', '5;6', '3||4', '0 to 6||', '5½', '5 ½', '5 1/2', '5²',
	'5⅔', '5 ④', '5+', '5 + more', '5±', '5-٧', '5~７', '5 to Ⅷ', '5 stars, 2 years', '5 𝟖'
  ]) answer;
-- each hint works
SELECT answer, substring(answer from '-?[0-9]+')::integer AS first_number
  FROM unnest(ARRAY['03/01/2026', '0-6', '9/10', ' 5½', '-1 or 1']) answer;
SELECT answer, round(answer::numeric) AS rounded FROM unnest(ARRAY['7.5', '-7.5']) answer;
SELECT answer, pg_temp.error_of(format('SELECT score_from_text(%L)', answer), ' | ')
  FROM unnest(ARRAY[
	'N/A', '-', '- 5', '--5', '.5', 'ten', '٥', '５', '½', 'Extremely likely - 10', '#7', '(5)', '★5',
	'it''s 5', '½5'
  ]) answer;
SELECT answer, pg_temp.error_of(format('SELECT score_from_text(%L)', answer), ' | ')
  FROM unnest(ARRAY['2147483648', '-2147483649', '99999999999999999999999999']) answer;
-- a score outside the scale is found out by the aggregate, with the clause that leaves it out
SELECT nps_agg(score_from_text(answer)) AS nps, count(score_from_text(answer)) AS answers
  FROM unnest(ARRAY['10 - Extremely likely', '9', '6', '', ' ']) answer;
SELECT pg_temp.error_of($$SELECT nps_agg(score_from_text(answer)) FROM (VALUES ('10'), ('-1')) v(answer)$$, ' | ');
-- text is never taken for a score by itself
SELECT pg_temp.error_of($$SELECT nps_agg(answer) FROM (VALUES ('10'), ('9')) v(answer)$$, ' | ');

-- thumbs as a summary; the only other form of rating_agg with one argument takes summaries
SELECT rating_agg(up), rating_agg(up) FILTER (WHERE up IS NULL) AS nobody, csat(rating_agg(up)) = csat_agg(up) AS same
  FROM unnest('{t,t,f,NULL}'::boolean[]) up;
SELECT i, rating_agg(up) OVER (ORDER BY i ROWS 1 PRECEDING)
  FROM unnest('{t,NULL,NULL,f,t}'::boolean[]) WITH ORDINALITY v(up, i);
SELECT rating_agg('[0,1]{1,2}'::rating_summary);
SELECT pg_temp.error_of($$SELECT rating_agg('[0,1]{1,2}')$$, ' | ');
SELECT count(*) FROM pg_proc WHERE proname = 'rating_agg' AND pronargs = 1;

-- the three groups, each with its lowest score
SELECT s, nps(s), responses(s), promoters(s), passives(s), detractors(s) FROM nps_summary(50, 30, 20) s;
SELECT nps_summary(1, 2, 3) = '[0,10]{3,0,0,0,0,0,0,2,0,1,0}' AS same;
SELECT nps_summary(NULL, 2, 3) IS NULL AS null;
SELECT nps(nps_summary(0, 0, 0)) IS NULL AS nobody;
SELECT nps_interval(nps_summary(50, 30, 20))
       = nps_interval(rating_summary('[0,10]', '{2,3,2,3,2,3,5,10,20,30,20}')) AS interval;
SELECT nps_summary(promoters => 1, detractors => 3, passives => 2) = nps_summary(1, 2, 3) AS by_name;
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ')
  FROM unnest(ARRAY['nps_summary(-1, 2, 3)', 'nps_summary(1, -2, 3)', 'nps_summary(1, 2, -3)',
	'nps_summary(9223372036854775807, 1, 0)']) call;

-- a margin is half the width of its interval
CREATE TEMP TABLE summaries AS
SELECT k, rating_agg(score, '[0,10]') AS nps, rating_agg(score, '[0,10]', weight) AS weighted_nps,
       rating_agg(1 + score % 7, '[1,7]') AS ces, rating_agg(1 + score % 7, '[1,7]', weight) AS weighted_ces
  FROM generate_series(1, 500) k,
       LATERAL (SELECT abs(hashint8extended(i, k)) % 11 AS score,
                       1 + abs(hashint8extended(i, -k)) % 1000 / 100.0 AS weight
                  FROM generate_series(0, k % 41) i) a
 GROUP BY k;
SELECT metric, count(*) AS summaries, count(margin) AS with_margin,
       count(*) FILTER (WHERE margin IS DISTINCT FROM 0.5 * (upper(i) - lower(i))) AS wrong
  FROM summaries, LATERAL (VALUES
	('nps', nps_margin(nps), nps_interval(nps)),
	('nps weighted', nps_margin(weighted_nps, 0.8), nps_interval(weighted_nps, 0.8)),
	('csat', csat_margin(ces), csat_interval(ces)),
	('csat cut-off', csat_margin(ces, 5, 0.9), csat_interval(ces, 5, 0.9)),
	('ces', ces_margin(ces), ces_interval(ces))) v(metric, margin, i)
 GROUP BY metric ORDER BY metric;
-- by hand: of 100 answers half are promoters, half detractors; adjusted Wald is z * 100 * sqrt(101.5 / 103 / 103)
SELECT round(nps_margin(nps_summary(50, 0, 50)), 9)
       = round((1.959963984540054 * 100 * sqrt(101.5) / 103)::numeric, 9) AS nps;
SELECT round(csat_margin('[0,1]{50,50}'), 9)
       = round((1.959963984540054 * 50 / sqrt(100 + 1.959963984540054 ^ 2))::numeric, 9) AS csat;
SELECT ces_margin('[1,7]{0,0,0,2,0,0,0}') AS all_alike;
SELECT nps_margin(NULL) IS NULL AS nps, csat_margin(NULL) IS NULL AS csat;
SELECT csat_margin('[1,5]{1,2,3,4,5}', 4, NULL) IS NULL AS no_level;
SELECT csat_margin('[1,5]{1,2,3,4,5}', NULL) = csat_margin('[1,5]{1,2,3,4,5}') AS null_is_the_rule;
SELECT ces_margin('[1,7]{0,0,0,1,0,0,0}') IS NULL AS of_one;
SELECT nps_margin('[0,10]{0,0,0,0,0,0,0,0,0,0,0}') IS NULL AS nobody;
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ')
  FROM unnest(ARRAY[
	$$nps_margin('[1,5]{1,2,3,4,5}')$$, 'nps_margin(nps_summary(1, 2, 3), 95)',
	$$csat_margin('[1,10]{1,2,3,4,5,6,7,8,9,10}')$$, $$csat_margin('[1,5]{1,2,3,4,5}', 6)$$,
	$$ces_margin('[1,7]{1,2,3,4,5,6,7}', 0)$$]) call;

-- the standard deviation, digit for digit that of SQL over the answers
SELECT what, count(*) AS summaries, count(standard_deviation(s)) AS with_deviation,
       count(*) FILTER (WHERE standard_deviation(s)::text IS DISTINCT FROM by_sql::text) AS wrong
  FROM summaries, LATERAL (VALUES ('nps', nps), ('ces', ces)) v(what, s),
       LATERAL (SELECT stddev(score) AS by_sql FROM histogram(s) h, generate_series(1, h.responses)) w
 GROUP BY what ORDER BY what;
SELECT count(*) AS summaries, count(*) FILTER (WHERE (plain IS NULL) <> (weighted IS NULL)) AS wrong_null,
       count(*) FILTER (WHERE abs(plain - weighted) > 1e-15) AS wrong_weight_one
  FROM (SELECT standard_deviation(ces) AS plain, standard_deviation(ones) AS weighted
          FROM summaries,
               LATERAL (SELECT rating_agg(h.score, '[1,7]', 1) AS ones
                          FROM histogram(ces) h, generate_series(1, h.responses)) w) v;
SELECT standard_deviation('[-1,1]{1,0,1}') AS root_of_two;
SELECT standard_deviation('[1,7]{0,0,0,3,0,0,0}') AS all_alike;
SELECT standard_deviation('[1,7]{0,0,0,1,0,0,0}') AS of_one, standard_deviation('[1,7]{0,0,0,0,0,0,0}') AS nobody;
SELECT standard_deviation(NULL) IS NULL AS null;
-- weighted, by hand: 4 of weight 3 and 8 of weight 1 have the mean 5, the variance 3 around it and are worth
-- 16 / 10 answers: 3 * 1.6 / 0.6 = 8
SELECT standard_deviation(rating_agg(score, '[1,10]', weight)) ^ 2 AS variance
  FROM (VALUES (4, 3), (8, 1)) v(score, weight);
-- it is the deviation that ces_interval has: t of 0.95 with 9 degrees of freedom is 2.2621571627982
SELECT round(ces_margin(s) - 2.2621571627982 * standard_deviation(s) / sqrt(10::numeric), 9) = 0 AS same
  FROM (SELECT ('[1,100]{' || repeat('0,', 44) || '1,1,1,1,1,1,1,1,1,1'
                || repeat(',0', 46) || '}')::rating_summary AS s) r;
-- the greatest summaries there are
SELECT standard_deviation('[0,1]{4611686018427387903,4611686018427387903}') AS near;
SELECT standard_deviation(s::rating_summary) AS far
  FROM (VALUES ('[-50,50]{4611686018427387903' || repeat(',0', 99) || ',4611686018427387903}')) v(s);
SELECT standard_deviation(('[0,100]{' || repeat('0:0:0,', 100)
	|| '200000000:200000000000000:200000000000000000000}')::rating_summary) AS weights;
