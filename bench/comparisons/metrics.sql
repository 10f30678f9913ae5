-- Three metrics at once: of raw answers by group, and a dashboard with intervals from summaries that were stored by month.
--
-- The intervals by hand: adjusted Wald for NPS, Wilson for CSAT, Student's t for CES, whose quantile is expanded in 1 / n
-- from the normal one, since neither plain SQL nor DuckDB knows it. They are clipped to the scale where they could leave it.
--@ data answers
--@ setup
CREATE UNLOGGED TABLE monthly AS
	SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, channel, stage, rating_agg(nps, '[0,10]') AS nps,
	       rating_agg(csat, '[1,5]') AS csat, rating_agg(ces, '[1,7]') AS ces
	  FROM answers GROUP BY 1, channel, stage;
VACUUM ANALYZE monthly;
--@ let counts
count(nps) AS n, count(*) FILTER (WHERE nps >= 9) AS p, count(*) FILTER (WHERE nps <= 6) AS d, count(csat) AS c,
	count(*) FILTER (WHERE csat >= 4) AS s, count(ces) AS e, sum(ces) AS sum, sum(ces::int * ces) AS squares
--@ let z
1.959963984540054::float8
--@ question groups: NPS, CSAT and CES by 50 groups
--@ postgres three aggregates: serial | default
SELECT channel || ', ' || stage, nps_agg(nps), csat_agg(csat), ces_agg(ces) FROM answers GROUP BY channel, stage
--@ postgres by hand: serial | default
SELECT channel || ', ' || stage, 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
       100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat), avg(ces)
  FROM answers GROUP BY channel, stage
--@ floor count(*) by group: serial | default
SELECT channel || ', ' || stage, count(*) FROM answers GROUP BY channel, stage
--@ duckdb by hand: 1 | 2
SELECT channel || ', ' || stage, 100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps),
       100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat), avg(ces)
  FROM answers GROUP BY channel, stage
--@ clickhouse by hand: 1 | 2
SELECT concat(channel, ', ', stage), 100.0 * (toInt64(countIf(nps >= 9)) - toInt64(countIf(nps <= 6))) / count(nps), 100.0 * countIf(csat >= 4) / count(csat), avg(ces) FROM answers GROUP BY channel, stage
--@ target Three metrics, 50 groups: three aggregates/serial <= 0.8 by hand/serial
--@ target Three metrics, 50 groups, default settings: three aggregates/default <= 0.8 by hand/default

--@ question dashboard: A dashboard: three metrics with intervals, 12 months of 50 groups
--@ postgres stored summaries: default | serial
SELECT concat_ws(', ', month, channel, stage), nps(nps)::float8, lower(nps_interval(nps))::float8, upper(nps_interval(nps))::float8,
       csat(csat)::float8, lower(csat_interval(csat))::float8, upper(csat_interval(csat))::float8,
       ces(ces)::float8, lower(ces_interval(ces))::float8, upper(ces_interval(ces))::float8
  FROM monthly
--@ let wald
sqrt(((p + d + 1.5) / (n + 3.0) - power((p - d) / (n + 3.0), 2)) / (n + 3.0))
--@ let t
(:z + (power(:z, 3) + :z) / (4.0 * (e - 1)) + (5 * power(:z, 5) + 16 * power(:z, 3) + 3 * :z) / (96.0 * power(e - 1, 2))
	+ (3 * power(:z, 7) + 19 * power(:z, 5) + 17 * power(:z, 3) - 15 * :z) / (384.0 * power(e - 1, 3))
	+ (79 * power(:z, 9) + 776 * power(:z, 7) + 1482 * power(:z, 5) - 1920 * power(:z, 3) - 945 * :z) / (92160.0 * power(e - 1, 4)))
	* sqrt((squares - power(sum, 2)::float8 / e) / (e - 1.0) / e)
--@ let read
concat(month, ', ', channel, ', ', stage), 100::float8 * (p - d) / n,
	greatest(-100, 100 * ((p - d) / (n + 3::float8) - :z * :wald)), least(100, 100 * ((p - d) / (n + 3::float8) + :z * :wald)),
	100::float8 * s / c, 100 * (s + power(:z, 2) / 2 - :z * sqrt(s::float8 * (c - s) / c + power(:z, 2) / 4)) / (c + power(:z, 2)),
	100 * (s + power(:z, 2) / 2 + :z * sqrt(s::float8 * (c - s) / c + power(:z, 2) / 4)) / (c + power(:z, 2)),
	sum::float8 / e, sum::float8 / e - :t, sum::float8 / e + :t
--@ postgres raw answers: default
SELECT concat_ws(', ', month, channel, stage), nps(nps)::float8, lower(nps_interval(nps))::float8, upper(nps_interval(nps))::float8,
       csat(csat)::float8, lower(csat_interval(csat))::float8, upper(csat_interval(csat))::float8,
       ces(ces)::float8, lower(ces_interval(ces))::float8, upper(ces_interval(ces))::float8
  FROM (SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, channel, stage, rating_agg(nps, '[0,10]') AS nps,
               rating_agg(csat, '[1,5]') AS csat, rating_agg(ces, '[1,7]') AS ces
          FROM answers GROUP BY 1, channel, stage) AS v
--@ postgres by hand, raw answers: default
SELECT :read FROM (SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, channel, stage, :counts
	FROM answers GROUP BY 1, channel, stage) AS v
--@ duckdb by hand, raw answers: 1 | 2
SELECT :read FROM (SELECT date_trunc('month', "at")::date AS month, channel, stage, :counts
	FROM answers GROUP BY 1, channel, stage) AS v
--@ target Dashboard from stored summaries: stored summaries/default <= 10 ms
--@ target Dashboard from stored summaries: stored summaries/default <= 0.05 by hand, raw answers/1
--@ target Dashboard from stored summaries: stored summaries/default <= 0.05 by hand, raw answers/2
