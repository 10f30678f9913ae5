-- Answers as companies keep them: 120 bytes a row, a comment with every third, a score missing now and then.
--
-- 10 channels and 5 stages are 50 groups; a year of days. The scores depend on the group and the month a little.
--@ setup
CREATE UNLOGGED TABLE answers AS
	SELECT i AS id, timestamptz '2025-01-01 00:00:00Z' + floor((i - 1) * 31536000.0 / :answers) * interval '1 second' AS at,
	       (hashint8(i)::bigint & 2147483647) % (1 + :answers / 4) AS customer,
	       (ARRAY['web', 'mobile app', 'store', 'call centre', 'e-mail', 'chat', 'social media', 'partner', 'field service',
	              'letter'])[1 + (hashint8(i + 11) & 1023) % 10] AS channel,
	       (ARRAY['awareness', 'consideration', 'decision', 'purchase', 'loyalty'])[1 + (hashint8(i + 22) & 1023) % 5] AS stage,
	       CASE WHEN nps < 11 THEN nps END::smallint AS nps,
	       CASE WHEN hashint8(i + 44) & 7 < 6 THEN 1 + (nps * 2 + (hashint8(i + 55) & 7)) / 6 END::smallint AS csat,
	       CASE WHEN hashint8(i + 66) & 7 < 5 THEN 1 + (nps * 2 + (hashint8(i + 77) & 7)) / 5 END::smallint AS ces,
	       CASE WHEN i % 3 = 0 THEN 'Delivery took ' || i % 17 || ' days, and nobody at the ' || md5(i::text)
	                                || ' desk could say where the parcel was.' END AS comment
	  FROM (SELECT i, least(11, (hashint8(i + 33) & 1023) % 11 + (hashint8(i + 88) & 1)) AS nps
	          FROM generate_series(1::bigint, :answers) AS i) AS v;
VACUUM ANALYZE answers;
CREATE UNLOGGED TABLE scores AS SELECT coalesce(nps, 5)::int AS score FROM answers;
VACUUM ANALYZE scores;
--@ export answers.csv
SELECT id, at::timestamp(0), customer, channel, stage, nps, csat, ces, comment FROM answers
--@ duckdb
CREATE TABLE answers AS FROM read_csv(':work/answers.csv', header = false, nullstr = '\N', columns = {id: 'BIGINT', "at": 'TIMESTAMP',
	customer: 'BIGINT', channel: 'VARCHAR', stage: 'VARCHAR', nps: 'SMALLINT', csat: 'SMALLINT', ces: 'SMALLINT', comment: 'VARCHAR'});
CREATE TABLE scores AS SELECT coalesce(nps, 5)::int AS score FROM answers;
--@ clickhouse
CREATE TABLE answers (id UInt64, at DateTime, customer UInt64, channel String, stage String, nps Nullable(Int16), csat Nullable(Int16), ces Nullable(Int16), comment Nullable(String)) ENGINE = MergeTree PARTITION BY tuple() ORDER BY id
INSERT INTO answers FROM answers.csv
CREATE TABLE scores ENGINE = MergeTree PARTITION BY tuple() ORDER BY tuple() AS SELECT toInt32(ifNull(nps, 5)) AS score FROM answers
