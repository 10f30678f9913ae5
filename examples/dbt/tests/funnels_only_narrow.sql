SELECT *
  FROM (SELECT step, reached, lag(reached) OVER (ORDER BY step) AS before FROM {{ ref('checkout_funnel') }}) AS s
 WHERE reached > before
