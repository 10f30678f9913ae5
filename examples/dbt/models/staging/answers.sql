{{ config(materialized='view') }}

-- What is no answer becomes NULL here, once, so that no model below has to think of it: codes such as 99 are outside the scale.
SELECT answered_on AS day, stage::text AS stage, coalesce(touchpoint, '(none)') AS touchpoint,
       CASE WHEN nps BETWEEN 0 AND 10 THEN nps END AS nps, CASE WHEN csat BETWEEN 1 AND 5 THEN csat END AS csat,
       CASE WHEN ces BETWEEN 1 AND 7 THEN ces END AS ces, comment
  FROM {{ source('shop', 'responses') }}
