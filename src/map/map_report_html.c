/*
 * map_report_html.c
 *		How the report of a journey map is written: elements, sections, pictures.
 *
 * What is written is well-formed XML as well, so that any reader of either can take it.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "shared/compat.h"
#include "map/map_report.h"

/* The one way for a text into the page. */
void
html_text(Report *r, const char *text)
{
	append_xml(&r->html, text);
}

/* An element with nothing but a text; style is its class, or NULL. */
void
html_element(Report *r, const char *name, const char *style, const char *text)
{
	appendStringInfo(&r->html, "<%s", name);
	if (style != NULL)
		appendStringInfo(&r->html, " class=\"%s\"", style);
	appendStringInfoChar(&r->html, '>');
	html_text(r, text);
	appendStringInfo(&r->html, "</%s>\n", name);
}

/* Its beginning, with what it is about and, unless NULL, how to read it. */
void
html_section(Report *r, const char *style, const char *heading, const char *lead)
{
	appendStringInfo(&r->html, "<section class=\"%s\">\n", style);
	html_element(r, "h2", NULL, heading);
	if (lead != NULL)
		html_element(r, "p", "lead", lead);
}

void
html_section_end(Report *r)
{
	appendStringInfoString(&r->html, "</section>\n");
}

/*
 * Pictures below one another, which are escaped already.  On a screen with less room than
 * least_width pixels they are moved within their frame.
 */
void
html_pictures(Report *r, const text *svg, int least_width)
{
	appendStringInfo(&r->html, "<figure>\n<div style=\"min-width:%dpx\">\n", least_width);
	appendBinaryStringInfo(&r->html, VARDATA_ANY(svg), (int) VARSIZE_ANY_EXHDR(svg));
	appendStringInfoString(&r->html, "</div>\n</figure>\n");
}

/* What stands in the next element of this name, which is escaped; NULL where there is none. */
static char *
next_content(const char **at, const char *element)
{
	const char *start = strstr(*at, psprintf("<%s>", element));
	size_t		length;

	if (start == NULL)
		return NULL;
	start += strlen(element) + 2;
	length = strcspn(start, "<");
	*at = start + length;
	return pnstrdup(start, length);
}

/* What pictures say of themselves in words, for screens on which they are seen in part. */
void
html_descriptions(Report *r, text *svg)
{
	const char *at = text_to_cstring(svg);

	while ((at = strstr(at, "<svg ")) != NULL)
	{
		char	   *title = next_content(&at, "title");
		char	   *description = next_content(&at, "desc");

		if (title != NULL && description != NULL)
			appendStringInfo(&r->html, "<p class=\"list lead\">%s: %s</p>\n", title, description);
	}
}

/* In the manner of the language; a dash for NULL. */
char *
report_number(const Report *r, const char *number)
{
	return number == NULL ? pstrdup("\u2013") : svg_number(r->picture.language, number);
}

/* Such as "delivery / courier:door"; NULL stands for all of them. */
char *
report_place(const Report *r, const char *stage, const char *touchpoint)
{
	const char *first = stage == NULL ? label_or_none(&r->picture, touchpoint) :
		label_or_none(&r->picture, stage);
	const char *second = stage == NULL ? r->words->everywhere :
		touchpoint == NULL ? r->words->whole_stage : label_or_none(&r->picture, touchpoint);

	return psprintf("%s / %s", first, second);
}
