/*
 * map_read_notes.c
 *		What people wrote down about a journey, read from name_notes.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "map/map_query.h"
#include "svg/svg_text.h"

static const char *const note_kinds[MAP_NOTE_KINDS] = {"does", "thinks", "feels", "barrier", "idea",
													   "change"};

enum
{
	NOTE_SEGMENT = 1,
	NOTE_STAGE,
	NOTE_POSITION,
	NOTE_TOUCHPOINT,
	NOTE_KIND,
	NOTE_TEXT,
	NOTE_DAY
};

/* What a note is about, in front of it; the persona behind it where the picture shows them all. */
static char *
note_text(const JourneyMap *map, const MapRow *row, MapNoteKind kind)
{
	char	   *note = map_row_text(row, NOTE_TEXT);
	char	   *touchpoint = map_row_text(row, NOTE_TOUCHPOINT);
	char	   *segment = map_row_text(row, NOTE_SEGMENT);
	StringInfoData text;

	initStringInfo(&text);
	if (kind == MAP_CHANGE && map_row_key(row, NOTE_DAY) != NULL)
		appendStringInfo(&text, "%s: ", map_row_key(row, NOTE_DAY));
	if (touchpoint != NULL && touchpoint[0] != '\0')
		appendStringInfo(&text, "%s: ", touchpoint);
	appendStringInfoString(&text, note == NULL ? "" : note);
	if (kind < MAP_NOTE_KINDS && map->segment == NULL && segment != NULL && segment[0] != '\0')
		appendStringInfo(&text, " (%s)", segment);
	return text.data;
}

/* Where a note of a stage, or of the whole, belongs. */
static MapNotes *
find_notes(JourneyMap *map, const MapRow *row, int kind)
{
	const char *key = map_row_key(row, NOTE_STAGE);
	MapStage   *stage = key == NULL ? &map->whole :
		map_find_stage(map, key, map_row_position(row, NOTE_POSITION));

	return &stage->notes[kind];
}

/* Notes about other personas are left out; those of the persona itself are of just this one. */
static void
add_note(const MapQuery *query, const MapRow *row)
{
	const char *segment = query->request->segment;
	const char *name = map_row_key(row, NOTE_KIND);
	const char *about = map_row_key(row, NOTE_SEGMENT);
	int			kind = map_find_name(note_kinds, MAP_NOTE_KINDS, name);
	bool		of_persona = name != NULL && strcmp(name, "persona") == 0;
	MapNotes   *notes;
	MapNote    *note;

	if (of_persona ? !map_same_key(segment, about) :
		kind == MAP_NOTE_KINDS || (segment != NULL && about != NULL && strcmp(segment, about) != 0))
		return;
	notes = of_persona ? &query->map->persona : find_notes(query->map, row, kind);
	note = palloc0(sizeof(MapNote));
	note->kind = kind;
	note->note = note_text(query->map, row, kind);
	note->is_quoted = svg_is_quoted(note->note, strlen(note->note));
	if (notes->first == NULL)
		notes->first = note;
	else
		notes->last->next = note;
	notes->last = note;
}

void
map_read_notes(const MapQuery *query)
{
	map_each_row(query,
				 psprintf("SELECT n.segment, n.stage,"
						  " pg_catalog.array_position(d.stages, n.stage), n.touchpoint, n.kind,"
						  " n.note, pg_catalog.to_char(n.noted_at AT TIME ZONE d.timezone,"
						  " 'YYYY-MM-DD')"
						  " FROM %s AS n CROSS JOIN %s AS d ORDER BY n.id",
						  map_relation(query, "notes"), map_relation(query, "definition")),
				 add_note);
}
