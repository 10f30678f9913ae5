-- What the clients read and write beside the tables of docs/clients.md, and with whose rights: those of somebody who owns
-- nothing. :password is made up for each run.
CREATE TABLE sample_shop.kept (
	summary		rating_summary,
	j			journey,
	path		journey_path,
	stage		journey_stage,
	touchpoint	journey_touchpoint
);

-- A row with a value of each type that cxjourney has.
CREATE TABLE sample_shop.kinds AS
SELECT
	rating_agg(n, '[1,3]') AS rating_summary,
	driver_agg(n, ARRAY[n]) AS driver_summary,
	breakdown_agg('web', rating_summary('[1,2]', ARRAY[n, 0])) AS rating_breakdown,
	term_agg(comment_terms('quick delivery', 'en')) AS term_summary,
	journey_stage 'purchase' AS journey_stage,
	journey_touchpoint 'web:shop' AS journey_touchpoint,
	journey_path 'find >[2 days] buy' AS journey_path,
	j AS journey,
	attribution_agg(j, 'buy') AS journey_attribution,
	cohort_agg(j, 'find', 'buy', 'day', 2) AS journey_cohorts,
	lifecycle_agg(j, 'buy', 'month', 'Europe/Warsaw', '2026-01-01 00:00Z') AS journey_lifecycle,
	survival_agg(j, 'find', 'buy', '2026-02-01') AS journey_survival,
	contrast_agg(j, 'find > buy', '1 day', '1 hour', '2026-02-01') AS journey_contrast,
	flow_agg(j) AS journey_flow,
	duration_agg(n * interval '1 minute') AS duration_summary,
	funnel_agg(j, 'find > buy') AS journey_funnel
FROM generate_series(1, 2) AS n, LATERAL (SELECT journey '{find@2026-01-01T00:00:00Z, buy@2026-01-01T01:00:00Z}') AS journeys(j)
GROUP BY j;

CREATE ROLE analyst LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA sample_shop TO analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA sample_shop TO analyst;
GRANT INSERT ON sample_shop.kept TO analyst;
