--
-- Intervals, tests and sample sizes: what must hold for all data. The numbers
-- themselves are compared in rating_reference.
--

-- one promoter: the interval contains 100; nobody: there is none
SELECT nps_interval('[0,10]{0,0,0,0,0,0,0,0,0,0,1}') @> 100.0 AS contains_100;
SELECT nps_interval('[0,10]{0,0,0,0,0,0,0,0,0,0,0}') IS NULL AS nps_of_nobody;
SELECT ces_interval('[1,7]{0,0,0,0,0,1,0}') IS NULL AS ces_of_one;
SELECT csat_interval('[1,5]{0,0,0,0,0}') IS NULL AS csat_of_nobody;

-- 3,000 random summaries of 0 to 40 answers, plain and weighted: every interval
-- contains its metric, stays on its scale, and grows with the level
CREATE TEMP TABLE random_summary AS
	SELECT k, rating_agg(score, '[0,10]') AS nps, rating_agg(score, '[0,10]', weight) AS weighted_nps,
	       rating_agg(1 + score % 5, '[1,5]') AS csat, rating_agg(1 + score % 5, '[1,5]', weight) AS weighted_csat,
	       rating_agg(score, '[0,10]', 1) AS ones_nps, rating_agg(1 + score % 5, '[1,5]', 1) AS ones_csat
	  FROM generate_series(1, 3000) k LEFT JOIN LATERAL
	       (SELECT CASE abs(hashint4(k)) % 4
	               WHEN 0 THEN abs(hashint8extended(i, k)) % 11 WHEN 1 THEN 9 + abs(hashint8extended(i, k)) % 2
	               WHEN 2 THEN 0 ELSE least(10, abs(hashint8extended(i, k)) % 30) END AS score,
	               1 + abs(hashint8extended(i, -k)) % 1000 / 100.0 AS weight
	          FROM generate_series(1, k % 41) i) a ON true
	 GROUP BY k;
SELECT metric, count(*) AS summaries, count(low) AS with_interval,
       count(*) FILTER (WHERE point IS NOT NULL AND NOT low @> point OR NOT high @> point) AS misses_its_metric,
       count(*) FILTER (WHERE NOT high <@ bounds) AS leaves_the_scale,
       count(*) FILTER (WHERE NOT low <@ high) AS not_nested
  FROM random_summary, LATERAL (VALUES
	('nps', nps(nps), nps_interval(nps, 0.5), nps_interval(nps, 0.99), numrange(-100, 100, '[]')),
	('csat', csat(csat), csat_interval(csat, level => 0.5), csat_interval(csat, level => 0.99),
	 numrange(0, 100, '[]')),
	('csat, only 5', csat(csat, 5), csat_interval(csat, 5, 0.5), csat_interval(csat, 5, 0.99),
	 numrange(0, 100, '[]')),
	('ces', ces(csat), ces_interval(csat, 0.5), ces_interval(csat, 0.99), numrange(1, 5, '[]')),
	('weighted nps', nps(weighted_nps), nps_interval(weighted_nps, 0.5), nps_interval(weighted_nps, 0.99),
	 numrange(-100, 100, '[]')),
	('weighted csat', csat(weighted_csat), csat_interval(weighted_csat, level => 0.5),
	 csat_interval(weighted_csat, level => 0.99), numrange(0, 100, '[]')),
	('weighted ces', ces(weighted_csat), ces_interval(weighted_csat, 0.5), ces_interval(weighted_csat, 0.99),
	 numrange(1, 5, '[]'))
  ) v(metric, point, low, high, bounds)
 GROUP BY metric ORDER BY metric;

-- weights of 1 are no weights
SELECT count(*) FILTER (WHERE nps_interval(nps) IS DISTINCT FROM nps_interval(ones_nps)) AS nps,
       count(*) FILTER (WHERE csat_interval(csat) IS DISTINCT FROM csat_interval(ones_csat)) AS csat,
       count(*) FILTER (WHERE ces_interval(csat) IS DISTINCT FROM ces_interval(ones_csat)) AS ces,
       count(*) FILTER (WHERE nps_stderr(nps) IS DISTINCT FROM nps_stderr(ones_nps)) AS stderr
  FROM random_summary;
-- nor are weights that are all alike
SELECT nps_interval(rating_agg(score, '[0,10]')) = nps_interval(rating_agg(score, '[0,10]', 2)) AS nps,
       ces_interval(rating_agg(score, '[0,10]')) = ces_interval(rating_agg(score, '[0,10]', 2)) AS ces
  FROM generate_series(0, 10) score;

-- weighted intervals are those of the effective counts: the weights 3, 1, 1, 1
-- are worth (3 + 1 + 1 + 1)^2 / (9 + 1 + 1 + 1) = 3 answers, half of them promoters;
-- Wilson's interval of 1.5 of 3 is 50 +- 100 z / (1 + z^2/3) sqrt(1/12 + z^2/36)
CREATE TEMP TABLE worth_three AS
SELECT rating_agg(score, '[0,10]', weight) AS s FROM (VALUES (10, 3), (0, 1), (5, 1), (6, 1)) v(score, weight);
SELECT nps(s), effective_responses(s), nps_variance(s), nps_stderr(s) ^ 2 AS variance_by_3 FROM worth_three;
SELECT abs(upper(i) - 50 - half) < 1e-9 AS upper, abs(50 - lower(i) - half) < 1e-9 AS lower
  FROM worth_three, csat_interval(s, 9) i, (VALUES (1.959963984540054)) n(z),
       LATERAL (SELECT 100 * z / (1 + z ^ 2 / 3) * sqrt(1.0 / 12 + z ^ 2 / 36) AS half) h;

-- tests: turning the sides turns the sign; the interval contains the difference;
-- nothing differs from itself
CREATE TEMP TABLE tested AS
SELECT test, t.difference, t.statistic, t.p_value, t.difference_interval AS bounds,
       u.difference AS turned_difference, u.statistic AS turned_statistic, u.p_value AS turned_p_value
  FROM random_summary a JOIN random_summary b ON b.k = a.k % 3000 + 1,
       unnest(ARRAY['nps', 'csat', 'ces']) test,
       LATERAL (SELECT * FROM nps_test(a.nps, b.nps) WHERE test = 'nps'
                UNION ALL SELECT * FROM csat_test(a.csat, b.csat) WHERE test = 'csat'
                UNION ALL SELECT * FROM ces_test(a.weighted_csat, b.csat) WHERE test = 'ces') t,
       LATERAL (SELECT * FROM nps_test(b.nps, a.nps) WHERE test = 'nps'
                UNION ALL SELECT * FROM csat_test(b.csat, a.csat) WHERE test = 'csat'
                UNION ALL SELECT * FROM ces_test(b.csat, a.weighted_csat) WHERE test = 'ces') u;
SELECT test, count(*) AS pairs, count(p_value) AS tested,
       count(*) FILTER (WHERE difference IS DISTINCT FROM - turned_difference
                           OR statistic IS DISTINCT FROM - turned_statistic
                           OR p_value IS DISTINCT FROM turned_p_value) AS not_antisymmetric,
       count(*) FILTER (WHERE NOT bounds @> difference) AS misses_its_difference,
       count(*) FILTER (WHERE NOT p_value BETWEEN 0 AND 1) AS no_probability,
       count(*) FILTER (WHERE test <> 'nps' AND sign(statistic) * sign(difference) < 0) AS wrong_sign
  FROM tested GROUP BY test ORDER BY test;
SELECT count(nps) AS compared, count(nps) FILTER (WHERE (p, z, d) IS DISTINCT FROM (1, 0, 0)) AS differs_from_itself
  FROM random_summary, LATERAL (SELECT difference, statistic, p_value FROM nps_test(nps, nps)) t(d, z, p);
-- the difference is exact, and in the metric's own units
SELECT difference FROM csat_test('[1,5]{1,0,0,0,2}', '[1,5]{0,1,0,0,1}');
SELECT difference FROM csat_test('[1,5]{1,0,0,3,2}', '[1,5]{0,1,0,0,1}', 5);
SELECT difference FROM nps_test('[0,10]{1,0,0,0,0,0,0,0,0,0,2}', '[0,10]{0,0,0,0,0,0,0,1,0,0,1}');
SELECT round(difference, 2) AS difference, round(p_value::numeric, 4) AS p
  FROM ces_test('[1,7]{1,1,4,6,9,7,3}', '[1,7]{0,1,2,4,9,12,9}');
-- a wider level widens the interval and leaves the p-value
SELECT a.difference_interval <@ b.difference_interval AS wider, a.p_value = b.p_value AS same_p
  FROM nps_test('[0,10]{9,0,0,0,0,0,0,0,0,0,20}', '[0,10]{3,0,0,0,0,0,0,1,0,0,10}', 0.8) a,
       nps_test('[0,10]{9,0,0,0,0,0,0,0,0,0,20}', '[0,10]{3,0,0,0,0,0,0,1,0,0,10}', 0.99) b;

-- sample sizes: the answers it names are enough
SELECT margin, n, greatest(upper(i) - nps(s), nps(s) - lower(i)) <= margin AS enough
  FROM unnest(ARRAY[2, 5, 10]) margin, nps_sample_size(margin) n,
       rating_summary('[0,10]', ARRAY[n / 2 + n % 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, n / 2]) s, nps_interval(s) i;
SELECT nps_sample_size(5, 0.95, NULL) = nps_sample_size(5) AS worst_case;
SELECT nps_sample_size(5, 0.95, '[0,10]{0,0,0,0,0,0,0,0,0,0,0}') = nps_sample_size(5) AS nothing_known;
SELECT nps_sample_size(NULL) IS NULL AS null_margin, nps_sample_size(5, NULL) IS NULL AS null_level;

-- NULL gives NULL, except for the cut-off
SELECT nps_interval(NULL) IS NULL AS nps, csat_interval(NULL) IS NULL AS csat, nps_stderr(NULL) IS NULL AS stderr;
SELECT nps_interval('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', NULL) IS NULL AS nps_level,
       csat_interval('[1,5]{1,2,3,4,5}', 4, NULL) IS NULL AS csat_level;
SELECT csat_interval('[1,5]{1,2,3,4,5}', NULL, 0.9) = csat_interval('[1,5]{1,2,3,4,5}', 4, 0.9) AS null_is_the_rule;
SELECT nps_variance('[0,10]{0,0,0,0,0,0,0,0,0,0,0}') IS NULL AS of_nobody;
SELECT * FROM nps_test(NULL, '[0,10]{0,0,0,0,0,0,0,0,0,0,1}');
SELECT * FROM csat_test('[1,5]{1,2,3,4,5}', NULL);

-- the level is 0.95 where none is given
SELECT count(*) > 5 AS functions,
	array_agg(DISTINCT substring(pg_get_function_arguments(p.oid), 'level double precision( DEFAULT [^,]*)'))
	AS levels
  FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
 WHERE 'level' = ANY (proargnames) AND prokind = 'f';
