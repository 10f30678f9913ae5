--
-- Cohorts and lifecycles: a few customers worked out by hand, and both changes of the clocks in Warsaw.
--
\pset null (null)
SET timezone = 'UTC';
SET datestyle = 'ISO';
CREATE TEMP TABLE journeys (customer int, j journey);
-- weeks after the first signup: 0 and 2 (twice); 1, exactly at its beginning; 0, of a use at the very time of the
-- signup but not of one before, and 8; no signup; 0, of the first of two signups
INSERT INTO journeys VALUES
	(1, '{signup@2026-01-01, use@2026-01-02, use@2026-01-16, use@2026-01-17}'),
	(2, '{signup@2026-01-01, use@2026-01-08}'),
	(3, '{use@2025-12-31, signup@2026-01-01, use@2026-01-01, use@2026-03-01}'),
	(4, '{use@2026-01-01}'),
	(5, '{signup@2026-01-01, signup@2026-01-07T23:59:59.999999Z, use@2026-01-07T23:59:59.999999Z#1}'),
	(6, NULL);
SELECT cohort_agg(j, 'signup', 'use', 'week', 4) FROM journeys;
SELECT cohort, period, customers, returned, returned_or_later, streak, ended, round(share, 1) AS share, complete
  FROM (SELECT cohort_agg(j, 'signup', 'use', 'week', 4) AS c FROM journeys) v, cohort_table(c);
-- known until a time: after 21 days minus a moment two weeks are over, and the third one is not
SELECT period, ended, round(share, 1) AS share, complete
  FROM (SELECT cohort_agg(j, 'signup', 'use', 'week', 4, NULL, '2026-01-21 23:59:59.999999') AS c FROM journeys) v,
       cohort_table(c);
SELECT period, ended, round(share, 1) AS share, complete
  FROM (SELECT cohort_agg(j, 'signup', 'use', 'week', 4, NULL, '2026-01-22') AS c FROM journeys) v, cohort_table(c);
-- what lies behind it does not count, be it a return or a start; at it both do
SELECT cohort_agg(j, 'signup', 'use', 'day', 2, 'UTC', '2026-01-02') FROM journeys WHERE customer = 1;
SELECT cohort_agg(j, 'signup', 'use', 'day', 2, 'UTC', '2026-01-01 23:59:59.999999') FROM journeys WHERE customer = 1;
SELECT cohort_agg(j, 'signup', 'use', 'day', 2, 'UTC', '2026-01-01') FROM journeys WHERE customer = 1;
SELECT cohort_agg(j, 'signup', 'use', 'day', 2, 'UTC', '2025-12-31 23:59:59.999999') FROM journeys WHERE customer = 1;
-- customers with different times: the share is of those for whom a period is over
SELECT period, customers, returned, ended, round(share, 1) AS share, complete
  FROM (SELECT cohort_agg(j, 'signup', 'use', 'week', 2, NULL,
                          timestamptz '2026-01-05' + customer * interval '7 days') AS c FROM journeys) v,
       cohort_table(c);

-- simultaneous visits: of another label they count whatever its place in the alphabet, of the same one they do not
SELECT cohort_agg('{a@2026-01-01, b@2026-01-01}', 'a', 'b', 'day', 1) AS behind,
       cohort_agg('{a@2026-01-01, b@2026-01-01}', 'b', 'a', 'day', 1) AS before,
       cohort_agg('{a@2026-01-01, b@2026-01-01#1}', 'b', 'a', 'day', 1) AS earlier;
SELECT cohort_agg('{a@2026-01-01, a@2026-01-01}', 'a', 'a', 'day', 1) AS same,
       cohort_agg('{a@2026-01-01, a@2026-01-01#1}', 'a', 'a', 'day', 1) AS same_later;
-- the number of periods and the unit may differ from group to group: of somebody who was there in 10,001 hours, one
-- after the other, from Thursday the first of January 2026 to Sunday the 21st of February 2027, 16:00
CREATE TEMP TABLE hourly AS
SELECT journey_agg('a', timestamptz '2026-01-01' + i * interval '1 hour') AS j FROM generate_series(0, 10000) AS i;
SELECT periods, (SELECT sum(returned) FROM cohort_table(c)) AS returned
  FROM (SELECT periods, cohort_agg(j, 'a', 'a', 'hour', periods) AS c
          FROM hourly, unnest('{1,10000,2,300}'::integer[]) AS periods GROUP BY periods) AS c ORDER BY periods;
SELECT unit, (SELECT sum(returned) FROM cohort_table(c)) AS returned
  FROM (SELECT unit, cohort_agg(j, 'a', 'a', unit, 300, 'UTC') AS c
          FROM hourly, unnest('{hour,day,week,month,quarter,year}'::text[]) AS unit GROUP BY unit) AS c ORDER BY unit;
-- back after the last of the periods; nobody started; nobody at all
SELECT cohort_agg('{a@2026-01-01, a@2026-09-01}', 'a', 'a', 'month', 2, 'UTC');
SELECT cohort_agg(j, 'trial', 'use', 'week', 2) FROM journeys;
SELECT cohort_agg(j, 'signup', 'nothing', 'week', 2) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 2) FROM journeys WHERE j IS NULL;
SELECT cohort_agg('{}', 'signup', 'use', 'week', 2);
SELECT count(*), max(period) FROM cohort_table((SELECT cohort_agg(j, 'signup', 'use', 'hour', 10000) FROM journeys));

-- Both changes of the clocks in Warsaw. In 2026 summer time begins on March 29 at 01:00 UTC and ends on October 25 at
-- 01:00 UTC: midnight is 23:00 UTC before and after it, 22:00 UTC within.
CREATE FUNCTION pg_temp.back(start text, visits text[], unit text) RETURNS text LANGUAGE sql AS $$
	SELECT (SELECT coalesce(min(cohort::text), min(cohort_hour::text)) FROM cohort_table(c))
	       || ': ' || (SELECT string_agg(period || '=' || returned_or_later, ' ' ORDER BY period)
	                     FROM cohort_table(c) WHERE returned > 0)
	  FROM (SELECT cohort_agg(journey_agg, 'a', 'b', unit, 5, 'Europe/Warsaw') AS c
	          FROM (SELECT journey_agg('a', start::timestamptz)
	                       || (SELECT journey_agg('b', v::timestamptz) FROM unnest(visits) v) AS journey_agg) j) x $$;
-- the day of 23 hours: 28th 23:30; 29th 00:00 and 23:59:59; 30th 00:00
SELECT pg_temp.back('2026-03-28 22:30Z', ARRAY['2026-03-28 22:59:59Z'], 'day') AS same_day,
       pg_temp.back('2026-03-28 22:30Z', ARRAY['2026-03-28 23:00Z'], 'day') AS first_of_the_next,
       pg_temp.back('2026-03-28 22:30Z', ARRAY['2026-03-29 21:59:59Z'], 'day') AS last_of_it,
       pg_temp.back('2026-03-28 22:30Z', ARRAY['2026-03-29 22:00Z'], 'day') AS day_after;
-- the day of 25 hours: 25th 00:00 and 23:59, which is 24 hours and 59 minutes later; 26th 00:00
SELECT pg_temp.back('2026-10-24 22:00Z', ARRAY['2026-10-25 22:59Z'], 'day') AS same_day,
       pg_temp.back('2026-10-24 22:00Z', ARRAY['2026-10-25 23:00Z'], 'day') AS next_day,
       pg_temp.back('2026-10-24 21:59Z', ARRAY['2026-10-25 22:59Z'], 'day') AS from_the_day_before;
-- hours: in spring 01:59 is followed by 03:00, in autumn 02:30 comes twice, and each is an hour of its own
SELECT pg_temp.back('2026-03-29 00:59Z', ARRAY['2026-03-29 01:00Z'], 'hour') AS spring,
       pg_temp.back('2026-10-25 00:30Z', ARRAY['2026-10-25 00:59Z', '2026-10-25 01:15Z', '2026-10-25 02:00Z'], 'hour')
       AS autumn, pg_temp.back('2026-10-25 01:15Z', ARRAY['2026-10-25 02:00Z'], 'hour') AS second_one;
-- weeks from Monday: Sunday 29th 23:59:59 and Monday 30th 00:00; Sunday and Monday at the end of summer time
SELECT pg_temp.back('2026-03-23 00:00Z', ARRAY['2026-03-29 21:59:59Z'], 'week') AS sunday,
       pg_temp.back('2026-03-23 00:00Z', ARRAY['2026-03-29 22:00Z'], 'week') AS monday,
       pg_temp.back('2026-10-19 00:00Z', ARRAY['2026-10-25 22:59:59Z', '2026-10-25 23:00Z'], 'week') AS autumn;
-- months, quarters and years: 1st of March 00:00; 31st of March 23:59; 1st of April 00:00; the same in October
SELECT pg_temp.back('2026-02-28 23:00Z', ARRAY['2026-03-31 21:59Z', '2026-03-31 22:00Z'], 'month') AS march,
       pg_temp.back('2026-09-30 22:00Z', ARRAY['2026-10-31 22:59Z', '2026-10-31 23:00Z'], 'month') AS october,
       pg_temp.back('2026-09-30 21:59Z', ARRAY['2026-10-31 22:59Z'], 'month') AS september;
SELECT pg_temp.back('2026-03-31 21:59Z', ARRAY['2026-03-31 22:00Z', '2026-12-31 22:59Z'], 'quarter') AS quarter,
       pg_temp.back('2026-12-31 22:59Z', ARRAY['2026-12-31 23:00Z', '2028-01-01 00:00Z'], 'year') AS year;
-- when a calendar period is over, in the zone of the cohort
SELECT period, complete
  FROM cohort_table((SELECT cohort_agg('{a@2026-03-15}', 'a', 'a', 'month', 2, 'Europe/Warsaw',
                                       '2026-04-30 21:59:59Z')));
SELECT period, complete
  FROM cohort_table((SELECT cohort_agg('{a@2026-03-15}', 'a', 'a', 'month', 2, 'Europe/Warsaw',
                                       '2026-04-30 22:00Z')));
-- clocks that were put back over midnight: at St. John's 00:01 of the 29th was followed by 23:01 of the 28th; whoever
-- came between is not back a day before
SELECT cohort, period, returned
  FROM cohort_table((SELECT cohort_agg('{a@2006-10-29T02:30:30Z, b@2006-10-29T02:45:00Z, b@2006-10-29T04:00:00Z}',
                                       'a', 'b', 'day', 1, 'America/St_Johns')));
-- more changes of the clocks than are kept at a time: each winter and summer from 1977 to 2026, half an hour before
-- midnight in UTC, forwards, backwards and by leaps; in Warsaw it is the next day
WITH visit AS (SELECT i, make_timestamptz(1977 + i / 2, 1 + i % 2 * 6, 15, 23, 30, 0, 'UTC') AS at
                 FROM generate_series(0, 99) AS i),
c AS (SELECT cohort_agg(journey_agg, 'a', 'a', 'day', 1, 'Europe/Warsaw' ORDER BY round, place) AS c
        FROM (SELECT round, CASE round WHEN 1 THEN i WHEN 2 THEN -i ELSE i * 37 % 100 END AS place,
                     journey_agg('a', at) FROM visit, generate_series(1, 3) AS round GROUP BY 1, 2) AS j)
SELECT count(*) AS cohorts, count(*) FILTER (WHERE customers = 3 AND cohort IN
       (SELECT (at AT TIME ZONE 'Europe/Warsaw')::date FROM visit)) AS right_ones,
       count(*) FILTER (WHERE extract(day FROM cohort) = 16) AS next_days
  FROM c, cohort_table(c) WHERE period = 0;
-- before the common era, at both ends of time, in a zone of its own rule; the name is written as PostgreSQL has it
SELECT cohort, period, returned FROM cohort_table((SELECT cohort_agg('{a@-0043-03-15, a@-0042-02-01}', 'a', 'a', 'year',
                                                                     1, 'europe/rome')));
SELECT cohort, returned FROM cohort_table((SELECT cohort_agg('{a@-4712-01-01, a@294276-12-31}', 'a', 'a', 'day', 1,
                                                             'UTC')));
SELECT cohort_agg('{a@2026-01-01, a@2026-02-01}', 'a', 'a', 'month', 1, 'europe/warsaw') AS canonical,
       cohort_agg('{a@2026-01-01, a@2026-02-01}', 'a', 'a', 'month', 1, 'EST5EDT,M3.2.0,M11.1.0') AS posix;

-- lifecycles by month: new in December (3) and January (all others); again without a gap (3, 7) and with one (3, 7)
INSERT INTO journeys VALUES (7, '{use@2026-01-31, use@2026-02-01, use@2026-04-30T22:00:00Z}');
SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-05-10') FROM journeys;
SELECT * FROM lifecycle_table((SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-05-10') FROM journeys));
-- in Warsaw the last use is in May already; that month has not ended, so nobody is dormant in it
SELECT * FROM lifecycle_table((SELECT lifecycle_agg(j, 'use', 'month', 'Europe/Warsaw', '2026-05-10') FROM journeys
                                WHERE customer = 7));
-- what lies behind the time does not count; a period that ends with it is over
SELECT * FROM lifecycle_table((SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-03-01') FROM journeys
                                WHERE customer = 7));
SELECT * FROM lifecycle_table((SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-02-28 23:59') FROM journeys
                                WHERE customer = 7));
SELECT * FROM lifecycle_table((SELECT lifecycle_agg(j, 'nothing', 'month', 'UTC', '2026-05-10') FROM journeys));
SELECT lifecycle_agg(j, 'nothing', 'month', 'UTC', '2026-05-10') FROM journeys;
SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-05-10') FROM journeys WHERE j IS NULL;
SELECT * FROM lifecycle_table((SELECT lifecycle_agg('{a@2026-03-28T22:30:00Z, a@2026-03-28T23:00:00Z}', 'a', 'day',
                                                    'Europe/Warsaw', '2026-03-31 12:00Z')));

-- bytes: known ones read the same for good (see cohorts.h); the binary form and back
CREATE TEMP TABLE stored (c journey_cohorts, l journey_lifecycle);
INSERT INTO stored
SELECT cohort_agg(j, 'signup', 'use', 'month', 2, 'Europe/Warsaw', '2026-03-05'),
       lifecycle_agg(j, 'use', 'month', 'UTC', '2026-03-05') FROM journeys;
SELECT encode(cxjourney_internal.journey_cohorts_send(c), 'hex') AS cohorts,
       encode(cxjourney_internal.journey_lifecycle_send(l), 'hex') AS lifecycle FROM stored;
CREATE TEMP TABLE binary_copy (LIKE stored);
\copy stored TO 'results/cohorts.bin' (FORMAT binary)
\copy binary_copy FROM 'results/cohorts.bin' (FORMAT binary)
SELECT s.c = b.c AND s.l = b.l AND s.c::text = b.c::text AND s.l::text = b.l::text AS same FROM stored s, binary_copy b;
-- the text form with blanks, labels that need quotes, trailing zeros that are left out
SELECT E' "a > b" > \t"(none)" by  day for 3 periods in (none) until known
       { (none) streak [ 2 , 0] returned [1,0,0] later [1] ended [2,1,0] ended_returned [1,0,0] }'::journey_cohorts;
SELECT 'a by week in UTC open from 2026-03-02 {2026-02-23 new 1 returning 0 resurrected 0 dormant 0}'
       ::journey_lifecycle;
