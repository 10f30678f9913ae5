-- Line chart: month by nps, with nps_low and nps_high. The filter "segment" is a text variable and may be left empty.
SELECT month, nps, nps_low, nps_high
  FROM metabase.months
 WHERE true
   [[AND segment = {{segment}}]]
 ORDER BY month;
