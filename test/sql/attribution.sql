--
-- Attribution: four journeys worked out by hand, and what is defined at the edges.
--
\set SHOW_CONTEXT never
\pset null (null)
SET timezone = 'UTC';

-- three conversions: ads mail $, ads social mail ads $ and one without a touch; two
-- null paths: what the second customer did afterwards, and the third
CREATE TEMP TABLE journeys (customer int, j journey);
INSERT INTO journeys VALUES
	(1, '{ads@2026-01-01, mail@2026-01-08, purchase@2026-01-08T12:00:00Z}'),
	(2, '{ads@2026-01-01, social@2026-01-02, mail@2026-01-03, ads@2026-01-04, purchase@2026-01-05, mail@2026-01-06}'),
	(3, '{social@2026-01-01}'),
	(4, '{purchase@2026-01-01}'),
	(5, NULL);
CREATE TEMP TABLE a AS
SELECT attribution_agg(j, 'purchase') AS a, attribution_agg(j, 'purchase', '7 days') AS decay FROM journeys;
\x on
SELECT a FROM a;
SELECT decay FROM a;
\x off
-- ads begins both
SELECT touchpoint, credit, share FROM a, attribution_credits(a, 'first');
SELECT touchpoint, credit, round(share, 4) AS share FROM a, attribution_credits(a, 'last');
-- ads 1/2 + 2/4, mail 1/2 + 1/4, social 1/4
SELECT touchpoint, credit, round(share, 4) AS share FROM a, attribution_credits(a, 'linear');
-- ads 0.5 + 0.4 + 0.4, mail 0.5 + 0.1, social 0.1
SELECT touchpoint, credit, round(share, 4) AS share FROM a, attribution_credits(a, 'position');
-- first customer: ads is 7 days older, so 1/3 and 2/3; second: ages 3, 2, 1 and 0 days
-- before the last touch weigh 0.742997, 0.820335, 0.905724 and 1 of 3.469056 together
SELECT touchpoint, round(credit, 6) AS credit, round(share, 4) AS share,
       round(CASE touchpoint WHEN 'ads' THEN 1 / 3.0 + 1.742997 / 3.469056
                             WHEN 'mail' THEN 2 / 3.0 + 0.905724 / 3.469056
                             WHEN 'social' THEN 0.820335 / 3.469056 ELSE 1 END, 6) AS by_hand
  FROM a, attribution_credits(decay, 'time_decay');
-- the chain converts with 3/5 of its five paths; without ads 3/10, without mail 1/3,
-- without social 1/2: lost are 9/30, 8/30, 3/30, and two conversions have a touch
SELECT touchpoint, credit, round(share, 4) AS share FROM a, attribution_credits(a, 'markov');
-- with a half-life everything else is the same
SELECT model, array_agg(c ORDER BY c.touchpoint) =
       (SELECT array_agg(d ORDER BY d.touchpoint) FROM a, attribution_credits(decay, model) d) AS same
  FROM a, unnest(ARRAY['first', 'last', 'linear', 'position', 'markov']) model, attribution_credits(a, model) c
 GROUP BY model ORDER BY model;

-- thirds do not divide 10^12: the remainder goes to the last touch
SELECT attribution_agg('{a@2026-01-01, b@2026-01-02, c@2026-01-03, goal@2026-01-04}', 'goal', '1 day');
-- a repeat is two touches; five touches leave 20 % to the three between
SELECT attribution_agg('{a@2026-01-01, b@2026-01-02, a@2026-01-03, c@2026-01-04, d@2026-01-05, goal@2026-01-06}',
                       'goal');
-- only the time between touches counts, however old the last one is; far older ones earn nothing
SELECT attribution_agg('{a@1999-01-01, b@2026-01-01, c@2026-01-01T00:00:01Z, goal@2026-02-01}', 'goal', '1 second');
-- the goal again at once: a conversion without a touch
SELECT attribution_agg('{a@2026-01-01, goal@2026-01-02, goal@2026-01-03}', 'goal');
-- a touch simultaneous with the goal comes before it, on either side in the alphabet; one
-- with a higher seq begins the next path
SELECT attribution_agg('{a@2026-01-01, goal@2026-01-01, z@2026-01-01}', 'goal');
SELECT attribution_agg('{a@2026-01-01, goal@2026-01-01, z@2026-01-01#1}', 'goal');
-- customers who did one thing on the day of their order: its name is not what earns it
SELECT label, c.* FROM unnest('{ads,newsletter,order1,search,Zeitung}'::text[]) label,
       LATERAL (SELECT attribution_agg(j, 'order') AS a
                  FROM (SELECT journey_agg(stage, '2026-01-05') AS j FROM unnest(ARRAY[label, 'order']) stage) v) v,
       attribution_credits(a, 'markov') c;
-- which of several simultaneous touches was the first or the last is not known: each has the mean
-- over their orders, whatever they are called.  First half each; position (40 % + 20 %) / 2 each
SELECT attribution_agg('{a@2026-01-01, b@2026-01-01, c@2026-01-02, goal@2026-01-03}', 'goal');
SELECT names, model,
       (SELECT array_agg(c.credit ORDER BY array_position(names, c.touchpoint))
          FROM attribution_credits(a, model) c) AS credit
  FROM (SELECT names, attribution_agg(j, 'goal', '1 day') AS a
          FROM (SELECT names, journey_agg(names[n], timestamptz '2026-01-05' + days * interval '1 day') AS j
                  FROM (VALUES ('{a,b,c,d,e,goal}'::text[]), ('{e,d,c,b,a,goal}'), ('{c,e,a,d,b,goal}')) v(names),
                       (VALUES (1, 0), (2, 0), (3, 1), (4, 2), (5, 2), (6, 2)) w(n, days)
                 GROUP BY names) j
         GROUP BY names) v, unnest('{first,last,linear,position,time_decay}'::text[]) WITH ORDINALITY m(model, n)
 ORDER BY m.n, names;
-- all of one moment: alike
SELECT attribution_agg('{a@2026-01-01, b@2026-01-01, b@2026-01-01, goal@2026-01-02}', 'goal');
-- the order booked twice: the second has no touch left, what comes later is of the next path
SELECT attribution_agg('{goal@2026-01-01, goal@2026-01-01, z@2026-01-01, y@2026-01-02}', 'goal');
-- labels of every kind
SELECT attribution_agg('{"two words"@2026-01-01, "say ""hi"""@2026-01-02, świadomość@2026-01-03, "^"@2026-01-04,
                         "the goal"@2026-01-05}', 'the goal', '12:30:00');
-- one that is called like the row of what had no touch, and some that are nearly
SELECT model, touchpoint, credit, value
  FROM (SELECT attribution_agg(j, 'goal') AS a
          FROM (VALUES (journey '{"(none)"@2026-01-01, """(none)"""@2026-01-02, goal@2026-01-03=10}'),
                       ('{goal@2026-01-01=7}'),
                       ('{none@2026-01-01, "(None)"@2026-01-01,
                          """(none)"@2026-01-01, """"@2026-01-01}')) AS v(j)) AS odd,
       unnest('{linear,markov}'::text[]) AS model, attribution_credits(a, model)
       JOIN LATERAL attribution_values(a, model) AS money USING (touchpoint)
 ORDER BY model, touchpoint COLLATE "C";
-- text: white space, the half-life in units, labels in any order
SELECT ' goal ( 36h ){ b 0 1 0.5 0.5 0.5 ,a 1 0 0.5 0.50 0.500000000000 }[ a>b 1,b>$ 1,^>a 1 ] '::journey_attribution;
SELECT 'goal {b 0 1 0.5 0.5, a 1 0 0.5 0.5} [a > b 1, b > $ 1, ^ > a 1]'::journey_attribution;

-- a goal that never occurs: touchpoints without credit, no share
SELECT attribution_agg(j, 'nowhere') FROM journeys;
SELECT model, c.*
  FROM (SELECT attribution_agg(j, 'nowhere', '1 day') AS a FROM journeys) v,
       unnest(ARRAY['first', 'last', 'linear', 'position', 'time_decay', 'markov']) model,
       attribution_credits(a, model) c
 WHERE touchpoint = 'ads';
-- in another letter case, by two groups: said once a query
SELECT v.customer, c.touchpoint, c.credit, c.share
  FROM (VALUES (1, 'Purchase {ads 0 0 0 0, purchase 0 0 0 0} [^ > ads 1, ads > purchase 1, purchase > ! 1]'
                   ::journey_attribution),
               (2, 'Purchase {purchase 0 0 0 0} [^ > purchase 2, purchase > ! 2]')) AS v(customer, a),
       attribution_credits(a, 'last') AS c
 ORDER BY 1, 2;
-- NULL for a half-life is none
SELECT attribution_agg(j, 'purchase', NULL) = (SELECT a FROM a) AS same FROM journeys;
-- no visits, no journeys
SELECT attribution_agg('{}', 'goal') AS of_no_visits,
       attribution_agg(NULL, 'goal') AS of_null,
       attribution_agg(NULL::journey_attribution) AS of_nothing;
SELECT count(*) FROM attribution_credits('goal {} []', 'markov');
SELECT count(*) FROM attribution_credits(NULL, 'markov');
-- only conversions without a touch
SELECT * FROM attribution_credits('goal {} [^ > $ 7]', 'markov');
-- a touchpoint that never leads to the goal has no effect; one that always does has all of it
SELECT c.*
  FROM (SELECT attribution_agg(j, 'goal') AS a
          FROM (VALUES ('{a@2026-01-01, goal@2026-01-02}'::journey), ('{b@2026-01-01}'),
                       ('{a@2026-01-01, b@2026-01-02}')) v(j)) v,
       attribution_credits(a, 'markov') c;
-- a ring that no path enters can only be written by hand: it earns nothing
SELECT c.*
  FROM attribution_credits('goal {a 1 1 1 1, x 0 0 0 0, y 0 0 0 0} [^ > a 1, a > $ 1, x > y 3, y > x 3]', 'markov') c;

-- stored and put together
SELECT attribution_agg(part) = (SELECT a FROM a) AS merged,
       attribution_agg(part)::text = (SELECT a::text FROM a) AS same_text
  FROM (SELECT customer, attribution_agg(j, 'purchase') AS part FROM journeys GROUP BY customer) v;
SELECT a + a = decay AS other_kind, a + a = a AS doubled, a = a AS same, a <> decay AS differs, a + a AS sum FROM a;
SELECT count(*) FROM (SELECT a FROM a UNION SELECT a FROM a UNION SELECT a + a FROM a) v;
