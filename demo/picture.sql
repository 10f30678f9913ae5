-- The picture of the demo's journey map: its last quarter, and how it changed since the one before.
SELECT journey_map_svg('shop_journey', period => '[2026-03-30,2026-06-28]', title => 'The shop in spring 2026');
