/*
 * stage.c
 *		Names and order of the stages; see stage.h.
 */
#include "base/fold.h"
#include "touchpoint/stage.h"

/* In the order of the journey.  Names are in UTF-8 and in lower case. */
static const struct
{
	int16_t		code;
	const char *english;
	const char *polish;
	const char *plain;			/* Polish typed without its diacritics */
}			stages[STAGES] =
{
	{STAGE_AWARENESS, "awareness", "świadomość", "swiadomosc"},
	{STAGE_CONSIDERATION, "consideration", "rozważanie", "rozwazanie"},
	{STAGE_DECISION, "decision", "decyzja", "decyzja"},
	{STAGE_PURCHASE, "purchase", "zakup", "zakup"},
	{STAGE_EXPERIENCE, "experience", "doświadczenie", "doswiadczenie"},
	{STAGE_LOYALTY, "loyalty", "lojalność", "lojalnosc"},
	{STAGE_ADVOCACY, "advocacy", "promocja", "promocja"},
};

/* Longer names that reports use; like the others. */
static const struct
{
	int16_t		code;
	const char *name;
}			also[] =
{
	{STAGE_EXPERIENCE, "doświadczenie po zakupie"},
	{STAGE_EXPERIENCE, "doswiadczenie po zakupie"},
};

/* Read a name in UTF-8, English or Polish, in any letter case. */
bool
stage_parse(const char *text, size_t length, int16_t *stage)
{
	for (int i = 0; i < STAGES; i++)
		if (fold_same(text, length, stages[i].english) ||
			fold_same(text, length, stages[i].polish) ||
			fold_same(text, length, stages[i].plain))
		{
			*stage = stages[i].code;
			return true;
		}
	for (size_t i = 0; i < sizeof(also) / sizeof(also[0]); i++)
		if (fold_same(text, length, also[i].name))
		{
			*stage = also[i].code;
			return true;
		}
	return false;
}

/* The place of a stage in the journey, from 1; 0 when there is no such code. */
int
stage_position(int16_t stage)
{
	for (int i = 0; i < STAGES; i++)
		if (stages[i].code == stage)
			return i + 1;
	return 0;
}

/* The stage at a position from 1 to STAGES. */
int16_t
stage_at(int position)
{
	return stages[position - 1].code;
}

/* The English name, in ASCII; NULL when there is no such code. */
const char *
stage_name(int16_t stage)
{
	int			position = stage_position(stage);

	return position > 0 ? stages[position - 1].english : NULL;
}

/* The Polish name, in UTF-8; NULL when there is no such code. */
const char *
stage_polish_name(int16_t stage)
{
	int			position = stage_position(stage);

	return position > 0 ? stages[position - 1].polish : NULL;
}
