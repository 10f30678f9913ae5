-- Transitions: every visit to the next one of the same customer, or to the end. The plain forms sort once.
--@ data events
--@ let lead
SELECT concat(stage, ' > ', coalesce(next, '(end)')) AS key, n
  FROM (SELECT stage, next, count(*) AS n
          FROM (SELECT stage, lead(stage) OVER (PARTITION BY customer ORDER BY "at", stage) AS next FROM event_indexed) v
         GROUP BY stage, next) w
--@ question transitions: How often each stage follows each other one
--@ postgres raw: default | serial | serial work_mem=256MB | 2 workers
SELECT concat(from_stage, ' > ', to_stage), transitions FROM flow_edges((SELECT flow_agg(customer, stage, at) FROM event))
 WHERE from_stage <> '(start)'
--@ postgres stored: default | serial | 2 workers
SELECT concat(from_stage, ' > ', to_stage), transitions FROM flow_edges((SELECT flow_agg(j) FROM customer_journey))
 WHERE from_stage <> '(start)'
--@ postgres lead, covering index: default | serial work_mem=256MB
:lead
--@ duckdb lead: 1 | 2
:lead
--@ target Transitions, raw events, default plan: raw/default <= 0.45 lead/1
--@ target Transitions, raw events, default plan: raw/default <= 0.333 lead, covering index
--@ target Transitions, raw events, more work_mem: raw/serial work_mem=256MB <= 1.15 raw/serial
--@ target Transitions, stored journeys: stored/default <= 0.25 lead/1
