-- With pg_cron, in the database that cron.database_name names; see docs/rollups.md, "On a schedule". As the owner of the map
-- and of what is refreshed, who needs USAGE on the schema cron. Replace the schema sample_shop and the name shop_journey by yours.

-- Every minute: what writers left pending is folded into the map; new alarms are told on the channel journey_map.
SELECT cron.schedule('refresh the journey map', '* * * * *',
	$$SET search_path = sample_shop, public; SELECT refresh_journey_map('shop_journey')$$);

-- Every night at 3:10 (GMT): does the map still equal its source? A difference is an error, which cron.job_run_details keeps.
SELECT cron.schedule('check the journey map', '10 3 * * *',
	$$SET search_path = sample_shop, public;
	DO 'DECLARE wrong text; BEGIN
		SELECT string_agg(problem || '': '' || detail, ''; '') INTO wrong FROM check_journey_map(''shop_journey'');
		IF wrong IS NOT NULL THEN RAISE EXCEPTION ''%'', wrong; END IF; END'$$);

-- On the first of each month: what pg_cron noted is kept for ninety days.
SELECT cron.schedule('forget old runs', '30 3 1 * *',
	$$DELETE FROM cron.job_run_details WHERE end_time < now() - interval '90 days'$$);
