/*
 * map_mermaid.c
 *		A journey map as a Mermaid user journey.
 *
 * Mermaid's journey grammar (journey.jison) knows no quoting: # and ; end a text,
 * : ends the name of a task, %% is a comment, and title, section, journey, accTitle
 * and accDescr at the start of a line, in any letter case, are keywords.  Mermaid
 * replaces entities such as #58; before it parses, so every ASCII character that is
 * no letter, digit, space or one of _ - . / ( ) is written as one, and so is the
 * first letter of what looks like a keyword.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"

#include "shared/compat.h"
#include "map/map_svg.h"
#include "svg/svg_text.h"

#define WARNING_SIGN 0x26A0

static const char *const keywords[] = {"journey", "title", "section", "acctitle", "accdescr"};

static bool
starts_with_keyword(const char *label)
{
	for (int i = 0; i < (int) lengthof(keywords); i++)
		if (pg_strncasecmp(label, keywords[i], strlen(keywords[i])) == 0)
			return true;
	return false;
}

static bool
is_plain(uint32_t ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') ||
		(ch < 0x80 && ch != 0 && strchr(" _-./()", (int) ch) != NULL) ||
		(ch >= 0x80 && !svg_needs_ascii());
}

static void
append_label(StringInfo out, const char *label)
{
	const char *end;
	bool		escape_first;

	end = label + strlen(label);
	escape_first = starts_with_keyword(label);
	while (label < end)
	{
		const char *start = label;
		uint32_t	ch = svg_next(&label, end);

		if (is_plain(ch) && !escape_first)
			appendBinaryStringInfo(out, start, (int) (label - start));
		else
			appendStringInfo(out, "#%u;", ch);
		escape_first = false;
	}
}

/* Emotion -2 .. 2 is a score of 1 to 5; without any, the one in the middle. */
static int
score(const MapCell *cell)
{
	return cell->has_emotion ? (int) Max(1, Min(5, floor(cell->emotion + 3.5))) : 3;
}

static void
append_task(Picture *p, const MapCell *cell)
{
	StringInfo	out = &p->svg;

	appendStringInfoString(out, "        ");
	append_label(out, touchpoint_label(p, cell));
	if (cell->barrier)
		appendStringInfo(out, " #%d;", WARNING_SIGN);
	if (!cell->enough)
	{
		appendStringInfoString(out, " (");
		append_label(out, p->words->few_answers);
		appendStringInfoChar(out, ')');
	}
	appendStringInfo(out, ": %d: ", score(cell));
	append_label(out,
				 p->map->segment == NULL ? p->words->customer : label_or_none(p, p->map->segment));
	appendStringInfoChar(out, '\n');
}

/* Behind the title: what the whole journey scores. */
static void
append_scores(Picture *p)
{
	const char *before = " (";

	for (int i = 0; i < MAP_METRICS; i++)
	{
		const char *value = p->map->whole.scores[i].value;

		if (value == NULL)
			continue;
		append_label(&p->svg, psprintf("%s%s %s", before, map_metric_names[i],
									   svg_number(p->language, value)));
		before = " / ";
	}
	if (before[1] == '/')
		appendStringInfoChar(&p->svg, ')');
}

/* Mermaid draws no persona, but has a description for those who cannot see the diagram. */
static void
append_persona(Picture *p)
{
	const char *before = "    accDescr: ";

	for (const MapNote *note = p->map->persona.first; note != NULL; note = note->next)
	{
		appendStringInfoString(&p->svg, before);
		append_label(&p->svg, note->note);
		before = " / ";
	}
	if (p->map->persona.first != NULL)
		appendStringInfoChar(&p->svg, '\n');
}

/* journey_map_mermaid(name, segment, period, language, title) */
PG_FUNCTION_INFO_V1(journey_map_mermaid);
Datum
journey_map_mermaid(PG_FUNCTION_ARGS)
{
	Picture		p = {0};
	MapRequest	request;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	p.language = svg_language(PG_GETARG_TEXT_PP(3));
	p.words = map_words(p.language);
	request = map_request(fcinfo, p.language->polish);
	p.map = journey_map_read(&request);
	initStringInfo(&p.svg);
	appendStringInfoString(&p.svg, "journey\n    title ");
	append_label(&p.svg, label_or_none(&p, p.map->title));
	append_scores(&p);
	appendStringInfoChar(&p.svg, '\n');
	append_persona(&p);
	for (MapStage *stage = p.map->stages; stage != NULL; stage = stage->next)
	{
		CHECK_FOR_INTERRUPTS();
		if (stage->cells == NULL)
			continue;
		appendStringInfoString(&p.svg, "    section ");
		append_label(&p.svg, label_or_none(&p, stage->label));
		if (stage->impact.metric != NULL)
			appendStringInfo(&p.svg, " #%d;", WARNING_SIGN);
		appendStringInfoChar(&p.svg, '\n');
		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			append_task(&p, cell);
	}
	PG_RETURN_TEXT_P(svg_result(&p.svg));
}
