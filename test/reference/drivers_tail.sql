-- near 0, absolutely
CREATE FUNCTION pg_temp.close_to(got double precision, want double precision) RETURNS boolean LANGUAGE sql IMMUTABLE
	AS $$ SELECT got IS NOT DISTINCT FROM want OR coalesce(abs(got - want) <= 1e-9 * greatest(abs(want), 1e-3), false) $$;
CREATE TEMP TABLE summarized AS
	SELECT sample,
	       CASE WHEN count(weight) > 0 THEN driver_agg(outcome, drivers, weight) ELSE driver_agg(outcome, drivers) END AS s,
	       driver_agg(outcome, drivers, coalesce(weight, 1)) AS weighted
	  FROM answers GROUP BY sample;
CREATE TEMP TABLE named AS
	SELECT sample, level, array_agg(driver ORDER BY ordinality) AS names
	  FROM (SELECT *, row_number() OVER () AS ordinality FROM said) n GROUP BY sample, level;
-- the collinear ones are told in a NOTICE, by the name that they are given
SELECT sample, driver, coefficient IS NULL AS none
  FROM named JOIN summarized USING (sample), drivers(s, names, level => level)
 WHERE coefficient IS NULL ORDER BY sample, driver;
SET client_min_messages = warning;
CREATE TEMP TABLE got AS
	SELECT sample, lmg.*, johnson.importance AS johnson, w.importance AS of_weighted, w.std_error AS error_of_weighted
	  FROM named JOIN summarized USING (sample), drivers(s, names, level => level) lmg
	  JOIN LATERAL drivers(s, names, method => 'johnson', level => level) johnson USING (driver)
	  JOIN LATERAL drivers(weighted, names, level => level) w USING (driver);
SELECT sample, count(*) AS drivers, bool_and(pg_temp.close_to(got.mean::double precision, said.mean)) AS mean,
       bool_and(pg_temp.close_to(got.correlation, said.correlation)) AS correlation,
       bool_and(pg_temp.close_to(got.coefficient, said.coefficient)) AS coefficient,
       bool_and(pg_temp.close_to(got.std_error, said.std_error)) AS std_error,
       bool_and(pg_temp.close_to(got.low, said.low) AND pg_temp.close_to(got.high, said.high)) AS low_and_high,
       bool_and(pg_temp.close_to(got.p_value, said.p_value)) AS p_value,
       bool_and(pg_temp.close_to(got.importance, said.lmg)) AS lmg,
       bool_and(pg_temp.close_to(got.johnson, said.johnson)) AS johnson,
       bool_and(pg_temp.close_to(got.of_weighted, got.importance) AND
                pg_temp.close_to(got.error_of_weighted, got.std_error)) AS weight_of_1
  FROM said JOIN got USING (sample, driver) GROUP BY sample ORDER BY sample;
SELECT sample, pg_temp.close_to(f.r_squared, said.r_squared) AS r_squared,
       pg_temp.close_to(f.adjusted_r_squared, said.adjusted_r_squared) AS adjusted,
       pg_temp.close_to(f.std_error, said.std_error) AS std_error,
       (SELECT pg_temp.close_to(sum(importance), f.r_squared) AND pg_temp.close_to(sum(johnson), f.r_squared)
          FROM got WHERE got.sample = summarized.sample) AS parts_sum_up
  FROM said_of_all said JOIN summarized USING (sample), driver_fit(s) f ORDER BY sample;
-- the parts of R^2 of swiss, to compare with other programs
SELECT driver, round(importance::numeric, 13) AS lmg FROM got WHERE sample = 'swiss';
