-- How many numbers there are in the views of the map, and in what is read from the sample, and the most digits and decimals
-- that one of them has: System.Decimal, which Npgsql reads numeric into, has room for 28.
WITH summary AS (
	SELECT day, channel, rating_agg(nps) AS nps, rating_agg(csat) AS csat FROM daily GROUP BY GROUPING SETS ((), (day), (channel), (day, channel))
), journeys AS (
	SELECT journey_agg(stage, at) AS j FROM events GROUP BY customer
), numbers AS (
	SELECT to_jsonb(t) AS row FROM shop AS t
	UNION ALL SELECT to_jsonb(t) FROM shop_trend AS t
	UNION ALL SELECT to_jsonb(t) FROM shop_control AS t
	UNION ALL SELECT to_jsonb(t) FROM shop_channels AS t
	UNION ALL SELECT to_jsonb(t) FROM shop_barriers AS t
	UNION ALL SELECT to_jsonb(t) FROM journey_map_cells('shop') AS t
	UNION ALL SELECT to_jsonb(t) FROM journey_map_scores('shop') AS t
	UNION ALL SELECT jsonb_build_object('nps', nps(nps), 'csat', csat(csat), 'mean', mean(nps), 'share', share(nps, '[9,10]'),
		'deviation', standard_deviation(nps), 'low', lower(nps_interval(nps)), 'high', upper(csat_interval(csat)),
		'margin', nps_margin(nps)) FROM summary
	UNION ALL SELECT jsonb_build_object('nps', nps_agg(nps, weight), 'csat', csat_agg(csat), 'ces', ces_agg(ces)) FROM responses
		GROUP BY GROUPING SETS ((), (answered_on), (stage), (touchpoint), (shop, persona))
	UNION ALL SELECT to_jsonb(t) FROM funnel_steps((SELECT funnel_agg(j, 'search > basket > payment') FROM journeys)) AS t
	UNION ALL SELECT to_jsonb(t) FROM flow_edges((SELECT flow_agg(j) FROM journeys)) AS t
	UNION ALL SELECT to_jsonb(t) FROM unnest(ARRAY['linear', 'markov']) AS model, attribution_credits((
		SELECT attribution_agg(j, 'order') FROM (SELECT journey_agg(touch, at) AS j FROM touches GROUP BY customer) AS all_touches),
		model) AS t
	UNION ALL SELECT to_jsonb(t) FROM unnest(ARRAY['j_curve', 'time_decay', 'markov']) AS model, attribution_values((
		SELECT attribution_agg(j, 'order', '7 days') FROM (SELECT journey_agg(touch, at, NULL, order_value) AS j FROM touches
			GROUP BY customer) AS all_touches), model) AS t
), digits AS (
	SELECT value #>> '{}' AS number FROM numbers, jsonb_each(row)
	WHERE jsonb_typeof(value) = 'number' AND key !~ 'p_value' -- which is a double
)
SELECT count(*) > 10000, max(length(regexp_replace(number, '^-?0?\.?0*|\.', '', 'g'))) <= 28, max(scale(number::numeric)) <= 28
FROM digits;
