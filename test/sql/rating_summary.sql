--
-- The type rating_summary: text, arrays, readers, operators, storage.
-- The right answers were worked out by hand; the counts are small on purpose.
--
-- every server has this method of compression; the default is another one since PostgreSQL 19
SET default_toast_compression = pglz;

-- text round trip; white space is free
SELECT '[1,5]{0,2,5,9,4}'::rating_summary;
SELECT ' [ 1 , 5 ] { 0 , 2 , 5 , 9 , 4 } '::rating_summary;
SELECT '[-2,2]{1,0,0,0,9223372036854775806}'::rating_summary;
SELECT '[0,1]{3:2.5:2.125,1:0.25:0.0625}'::rating_summary;
SELECT '[0,1]{0:0:0,1:1000000.000000000:1000000000000.000000000000000000}'::rating_summary;
SELECT '[2147483645,2147483646]{1,2}'::rating_summary;
SELECT counts(('[-50,50]{0' || repeat(',7', 100) || '}')::rating_summary)
       = 0::bigint || array_fill(7::bigint, ARRAY[100]) AS all_read;

-- the constructor, and what went in comes out
SELECT rating_summary('[1,5]', '{0,2,5,9,4}');
SELECT rating_summary('[0,1]', '[5:6]={3,4}');
SELECT counts(rating_summary('[1,5]', '{0,2,5,9,4}')), scale(rating_summary('[1,5]', '{0,2,5,9,4}'));
SELECT rating_summary(NULL, '{1,2}') IS NULL AND rating_summary('[0,1]', NULL) IS NULL AS null_gives_null;

-- readers: 20 answers, 13 of them 4 or 5, sum 2*2 + 5*3 + 9*4 + 4*5 = 75
SELECT responses(s), csat(s), csat(s, 5), csat(s, NULL), mean(s), ces(s)
  FROM (VALUES ('[1,5]{0,2,5,9,4}'::rating_summary)) v(s);
SELECT share(s, '[1,2]') AS one_two, share(s, '[5,]') AS five, share(s, '(,)') AS everything,
       share(s, 'empty') AS none, share(s, '[7,9]') AS beyond, share(s, NULL) AS nothing
  FROM (VALUES ('[1,5]{0,2,5,9,4}'::rating_summary)) v(s);

-- the three groups of NPS: 6 detractors, 3 passives, 11 promoters of 20
SELECT nps(s), promoters(s), passives(s), detractors(s), responses(s)
  FROM (VALUES ('[0,10]{1,0,0,0,0,2,3,1,2,4,7}'::rating_summary)) v(s);

-- without answers: counts are 0, everything that would divide by them is NULL
SELECT responses(s), promoters(s), nps(s), mean(s), ces(s), csat(s, 9), share(s, '[0,10]')
  FROM (VALUES ('[0,10]{0,0,0,0,0,0,0,0,0,0,0}'::rating_summary)) v(s);

-- who is satisfied: the top point of 2 or 3, the top two of 4 to 7
SELECT points, csat(rating_summary(int4range(1, points + 1), array_fill(1::bigint, ARRAY[points])))
       = 100.0 * CASE WHEN points <= 3 THEN 1 ELSE 2 END / points AS as_defined
  FROM generate_series(2, 7) points;

-- weighted: shares are shares of weight, responses count answers
-- score 0: weights 0.5 and 2; score 1: weight 0.25
SELECT responses(s), csat(s), mean(s), share(s, '[0,0]'), counts(s)
  FROM (VALUES ('[0,1]{2:2.5:4.25,1:0.25:0.0625}'::rating_summary)) v(s);

-- + and -
SELECT '[1,3]{1,2,3}'::rating_summary + '[1,3]{10,0,5}';
SELECT '[1,3]{11,2,8}'::rating_summary - '[1,3]{10,0,5}';
SELECT '[1,3]{1,2,3}'::rating_summary - '[1,3]{1,2,3}';
SELECT '[0,1]{3:2.5:2.125,1:0.25:0.0625}'::rating_summary + '[0,1]{1:1:1,0:0:0}';
SELECT '[0,1]{4:3.5:3.125,1:0.25:0.0625}'::rating_summary - '[0,1]{1:1:1,0:0:0}';
SELECT '[1,3]{1,2,3}'::rating_summary + NULL IS NULL AS null_gives_null;
SELECT '[1,3]{1,2,3}'::rating_summary - '[1,3]{1,2,4}';
SELECT '[0,1]{2:2.5:4.25,1:0.25:0.0625}'::rating_summary - '[0,1]{2:2:4,0:0:0}';
SELECT '[1,3]{1,2,3}'::rating_summary + '[1,5]{1,2,3,4,5}';
SELECT '[0,1]{1,1}'::rating_summary + '[0,1]{1:1:1,1:1:1}';
SELECT '[0,1]{9223372036854775806,1}'::rating_summary + '[0,1]{1,0}';
SELECT '[0,1]{9223372036854775806,0}'::rating_summary + '[0,1]{0,1}';

-- comparison is by content
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
  FROM (VALUES ('[1,3]{1,2,3}'::rating_summary, '[ 1,3 ]{1,2,03}'::rating_summary),
               ('[1,3]{1,2,3}', '[1,3]{1,3,0}'),
               ('[1,3]{1,2,3}', '[1,4]{1,2,3,0}'),
               ('[1,3]{1,2,3}', '[0,2]{1,2,3}'),
               ('[0,1]{1,1}', '[0,1]{1:1:1,1:1:1}'),
               ('[0,1]{1:2:4,1:1:1}', '[0,1]{1:1:1,1:1:1}')) v(a, b);
SELECT count(*), sum(n) FROM (
  SELECT s, count(*) AS n
    FROM (SELECT rating_summary('[0,2]', ARRAY[i % 3, i % 2, 0]) AS s FROM generate_series(1, 60) i) v
   GROUP BY s) g;
SELECT DISTINCT s FROM (VALUES ('[0,1]{1,2}'::rating_summary), ('[0,1]{1,1}'), ('[0,1]{1,2}')) v(s) ORDER BY s;
SELECT '[0,1]{1,2}'::rating_summary UNION SELECT '[0,1]{1,2}';
CREATE TEMP TABLE keyed (s rating_summary PRIMARY KEY, n int);
INSERT INTO keyed VALUES ('[0,1]{1,2}', 1);
INSERT INTO keyed VALUES ('[0,1]{1,2}', 2);
CREATE TEMP TABLE twice AS
SELECT s, s + '[0,1]{0,0}' AS t
  FROM (SELECT ('[0,1]{' || i || ',1}')::rating_summary AS s FROM generate_series(0, 99) i) v;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE cxjourney_internal.rating_summary_hash(s)
                           <> cxjourney_internal.rating_summary_hash(t)) AS equal_but_other_hash
  FROM twice;
SELECT count(*) FILTER (WHERE cxjourney_internal.rating_summary_hash_extended(s, 42)
                           <> cxjourney_internal.rating_summary_hash_extended(t, 42)) AS equal_but_other_seeded_hash
  FROM twice;

-- storage: a short header, plain, compressed, out of line; all read the same.
-- 101 scores with weights take 4056 bytes, enough for PostgreSQL to move them.
CREATE TEMP TABLE stored (kind text, s rating_summary);
INSERT INTO stored SELECT 'short', rating_summary('[1,2]', '{1,2}');
INSERT INTO stored SELECT 'short', '[1,2]{3,4}';
INSERT INTO stored SELECT 'compressed', ('[0,100]{3:6:12' || repeat(',3:6:12', 100) || '}')::rating_summary;
ALTER TABLE stored ALTER s SET STORAGE external;
INSERT INTO stored SELECT 'external', s FROM stored WHERE kind = 'compressed';
INSERT INTO stored SELECT 'external', s + s FROM stored WHERE kind = 'compressed';
ALTER TABLE stored ALTER s SET STORAGE plain;
INSERT INTO stored SELECT 'plain', ('[0,100]{3:6:12' || repeat(',3:6:12', 100) || '}')::rating_summary;
SELECT kind, pg_column_size(s), pg_column_compression(s), responses(s), mean(s) FROM stored ORDER BY kind, responses(s);
SELECT pg_relation_size(reltoastrelid) > 0 AS some_out_of_line FROM pg_class WHERE oid = 'stored'::regclass;
SELECT scale(s), responses(rating_agg(s)), responses(rating_agg(s)) = sum(responses(s)) AS all_of_them
  FROM stored GROUP BY scale(s) ORDER BY 1;
-- whichever shape the first value of a merge has, and in moving frames
SELECT first.kind, count(*), count(DISTINCT merged) AS answers, min(responses(merged)) AS responses
  FROM stored first,
       LATERAL (SELECT rating_agg(s) AS merged
                  FROM (SELECT first.s UNION ALL SELECT s FROM stored WHERE scale(s) = scale(first.s)) v(s)) m
 WHERE responses(first.s) IN (3, 303) GROUP BY 1 ORDER BY 1;
SELECT kind, responses(rating_agg(s) OVER w) AS two_rows
  FROM stored WINDOW w AS (PARTITION BY scale(s) ORDER BY kind, responses(s) ROWS 1 PRECEDING)
 ORDER BY scale(s), kind, responses(s);
SELECT count(*) AS equal_pairs FROM stored a JOIN stored b ON a.s = b.s AND a.kind < b.kind;

-- binary round trip, of every stored shape
CREATE TEMP TABLE sent AS
SELECT s FROM stored
UNION ALL VALUES ('[0,1]{3:2.5:2.125,1:0.25:0.0625}'::rating_summary), ('[-2,2]{1,0,0,0,9223372036854775806}'), (NULL);
\copy sent TO 'results/rating_summary.bin' (FORMAT binary)
CREATE TEMP TABLE received (s rating_summary);
\copy received FROM 'results/rating_summary.bin' (FORMAT binary)
SELECT count(*) AS rows, count(s) AS summaries, count(DISTINCT s) AS different FROM received;
SELECT r.s FROM received r LEFT JOIN stored USING (s) WHERE kind IS NULL ORDER BY r.s;
SELECT count(*) AS text_differs FROM received WHERE s::text::rating_summary IS DISTINCT FROM s;

-- the binary form, byte by byte: version, flags, points, low, counts
SELECT cxjourney_internal.rating_summary_send('[-1,0]{1,258}');
SELECT cxjourney_internal.rating_summary_send('[0,1]{1:1:1,0:0:0}');
