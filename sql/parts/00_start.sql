/*
 * cxjourney 1.0: NPS, CSAT, CES and customer journeys as plain SQL.
 *
 * Nothing here is SECURITY DEFINER, and no table belongs to the extension.  A
 * journey map, which create_journey_map makes, belongs to whoever made it; its
 * trigger function alone is SECURITY DEFINER.
 */

-- complain if the script is sourced in psql, rather than by CREATE EXTENSION
\echo Use "CREATE EXTENSION cxjourney" to load this file. \quit

--
-- What nobody calls by hand. The schema belongs to whoever owns the extension's objects, so that others can neither add
-- to it nor rename it: what is called there is what the extension put there.
--
CREATE SCHEMA cxjourney_internal;
GRANT USAGE ON SCHEMA cxjourney_internal TO PUBLIC;
COMMENT ON SCHEMA cxjourney_internal IS
'Parts of the extension cxjourney that nobody calls by hand. They may change with every version.';


