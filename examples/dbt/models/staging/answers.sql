{{ config(materialized='view') }}

-- What is no answer becomes NULL here, once, so that no model below has to think of it.
SELECT answered_on AS day, stage::text AS stage, coalesce(touchpoint, '(none)') AS touchpoint, nps, csat, ces, comment
  FROM {{ source('shop', 'responses') }}
