/*
 * map_label.c
 *		Texts of a journey map as its pictures show them.
 */
#include "postgres.h"

#include "base/fold.h"
#include "map/map_label.h"
#include "svg/svg_draw.h"
#include "svg/svg_text.h"
#include "touchpoint/stage.h"

/*
 * The name of a map as a title: one that is a plain identifier, such as shop_journey, is
 * "Shop journey".
 */
char *
map_title(const char *name)
{
	char	   *title = svg_label(name);

	if (name[0] == '\0' || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0')
		return title;
	for (char *c = title; *c != '\0'; c++)
		if (*c == '_')
			*c = ' ';
	title[svg_clean(title, strlen(title))] = '\0';
	title[0] = (char) pg_toupper((unsigned char) title[0]);
	return title;
}

/*
 * A name with a capital letter in front; of the letters that are not in ASCII only \u015B
 * begins one.
 */
static char *
capitalized(const char *name)
{
	char	   *copy = pstrdup(name);

	if ((unsigned char) copy[0] == 0xC5 && (unsigned char) copy[1] == 0x9B)
		copy[1] = (char) 0x9A;
	else
		copy[0] = (char) pg_toupper((unsigned char) copy[0]);
	return copy;
}

/* The name of a stage; one of the canonical journey is translated from English. */
char *
map_stage_label(const char *key, bool polish)
{
	char	   *label = svg_label(key);
	int16_t		stage;

	if (label == NULL || !polish || !stage_parse(label, strlen(label), &stage) ||
		!fold_same(label, strlen(label), stage_name(stage)))
		return label;
	return label[0] >= 'A' && label[0] <= 'Z' ?
		capitalized(stage_polish_name(stage)) : pstrdup(stage_polish_name(stage));
}
