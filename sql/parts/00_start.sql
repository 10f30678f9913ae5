/*
 * cxjourney 1.0: NPS, CSAT, CES and customer journeys as plain SQL.
 *
 * Nothing here is SECURITY DEFINER, and no table belongs to the extension.  A
 * journey map, which create_journey_map makes, belongs to whoever made it; its
 * trigger function alone is SECURITY DEFINER.
 */

-- complain if the script is sourced in psql, rather than by CREATE EXTENSION
\echo Use "CREATE EXTENSION cxjourney" to load this file. \quit


