--
-- How answers are spread and what they weigh, and the casts to and from jsonb.
-- The oracle is plain SQL over the single answers.
--
CREATE TEMP TABLE answers AS
	SELECT i, abs(hashint4(i)) % 8 + abs(hashint4(-i)) % 4 AS score,
	       (abs(hashint4(i + 1000)) % 20001)::numeric / 10000 AS weight
	  FROM generate_series(1, 999) i;
CREATE TEMP TABLE summary AS
	SELECT rating_agg(score, '[0,10]') AS plain, rating_agg(score, '[0,10]', weight) AS weighted,
	       rating_agg(score, '[0,10]', 1) AS ones
	  FROM answers;

-- quantiles are percentile_disc; weighted ones the first score with that share of the weight
CREATE TEMP TABLE wanted AS
SELECT q, disc, weighted_disc
  FROM generate_series(0, 1000) k, LATERAL (SELECT k / 1000.0::float8 AS q) v,
       LATERAL (SELECT percentile_disc(q) WITHIN GROUP (ORDER BY score) AS disc FROM answers) d,
       LATERAL (SELECT min(score) AS weighted_disc
                  FROM (SELECT score, sum(sum(weight)) OVER (ORDER BY score) AS below, sum(weight) AS here
                          FROM answers GROUP BY score) w
                 WHERE below >= q::numeric * (SELECT sum(weight) FROM answers) AND here > 0) w;
SELECT count(*) AS compared, count(*) FILTER (WHERE quantile(plain, q) <> disc) AS wrong,
       count(*) FILTER (WHERE quantile(ones, q) <> disc) AS wrong_ones,
       count(*) FILTER (WHERE quantile(weighted, q) <> weighted_disc) AS wrong_weighted
  FROM summary, wanted;
SELECT q, quantile('[1,5]{0,2,5,9,4}', q) FROM unnest(ARRAY[0, 0.5, 1]) q;
SELECT quantile('[1,5]{0,0,0,0,0}', 0.5) AS of_nobody;

-- weights: their sum is exact, Kish's number is (sum w)^2 / (sum w^2)
SELECT weight_total(weighted) = (SELECT sum(weight) FROM answers) AS total FROM summary;
SELECT abs(effective_responses(weighted)
	- (SELECT sum(weight) ^ 2 / sum(weight ^ 2) FROM answers)::float8) < 1e-9 AS effective FROM summary;
SELECT responses(weighted) = (SELECT count(*) FROM answers WHERE weight > 0) AS responses FROM summary;
SELECT weight_total(plain), effective_responses(plain) FROM summary;
SELECT weight_total(ones), effective_responses(ones) FROM summary;
SELECT s, weight_total(s), effective_responses(s)
  FROM unnest(ARRAY['[0,1]{0,0}', '[0,1]{0:0:0,0:0:0}']::rating_summary[]) s;
-- past what 64 bits hold
SELECT weight_total('[0,1]{100000000000000:100000000000000000000:100000000000000000000,0:0:0}');
SELECT mean('[5,6]{100000000000000:100000000000000000000:100000000000000000000,0:0:0}');

-- histogram
SELECT * FROM histogram('[1,5]{0,2,5,9,4}');
SELECT * FROM histogram('[0,1]{2:2.5:4.25,1:0.25:0.0625}');
SELECT * FROM histogram('[0,1]{0,0}');
SELECT count(*) FROM histogram(NULL);
SELECT count(*) AS scores, count(*) FILTER (WHERE h.responses <> a.n OR h.share <> 100.0 * a.n / 999) AS wrong
  FROM summary, histogram(plain) h JOIN (SELECT score, count(*) AS n FROM answers GROUP BY score) a USING (score);

-- easy answers: above the middle of the scale, or below it where low is easy
SELECT scale, ces_easy_share(s) AS easy, ces_easy_share(s, true) AS low_is_easy
  FROM (VALUES ('[1,7]', '{1,1,1,1,1,2,3}'), ('[1,5]', '{1,1,1,1,1}'), ('[1,6]', '{1,2,3,4,5,5}'),
               ('[1,5]', '{0,0,0,0,0}')) v(scale, counts),
       rating_summary(scale::int4range, counts::bigint[]) s;

-- jsonb there and back
SELECT plain::jsonb FROM summary;
SELECT jsonb_pretty('[0,1]{2:2.5:4.25,1:0.25:0.0625}'::rating_summary::jsonb);
SELECT plain::jsonb::rating_summary = plain AS plain, weighted::jsonb::rating_summary = weighted AS weighted
  FROM summary;
SELECT '{"counts": [9223372036854775806, 1], "scale": [-1, 0]}'::jsonb::rating_summary;
SELECT NULL::jsonb::rating_summary IS NULL AND NULL::rating_summary::jsonb IS NULL AS null_gives_null;
