/*
 * map_svg_words.c
 *		The fixed texts of the picture of a journey map, and how numbers are written.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "shared/compat.h"
#include "base/fold.h"
#include "map/map_svg.h"

static const MapWords english = {
	.language = "en",
	.decimal_point = ".",
	.thousands = ",",
	.picture = "Customer journey map",
	.segment = "Segment",
	.customer = "Customer",
	.answers = "Answers",
	.stages = "Stages",
	.touchpoints = "Touchpoints",
	.barriers = "Barriers",
	.emotion = "Emotion",
	.levels = {"very unhappy", "unhappy", "neutral", "happy", "very happy"},
	.notes = {"Does", "Thinks", "Feels", "Barriers", "Ideas", "Changes"},
	.persona = "Persona",
	.whole = "Whole journey",
	.whole_stage = "Whole stage",
	.barrier = "Barrier",
	.overall = "Overall",
	.few_answers = "few answers",
	.goal = "Goal",
	.reached = "reached",
	.short_of = "short by",
	.to = "to",
	.none = "(none)",
	.all = "All answers",
	.empty = "There are no answers yet.",
	.more = "more",
	.legend_numbers = "a value and its 95% interval",
	.legend_metrics =
	"NPS: −100 to 100. CSAT: percent satisfied. CES: mean of the scale. n: answers.",
	.legend_barrier =
	"Barrier: significantly worse than the rest; what the whole would gain if it were as good",
	.legend_overall = "a touchpoint at all of its stages together",
	.legend_few = "too few answers to say anything",
	.legend_curve = "emotion of a stage (line) and of its touchpoints (dots)",
	.legend_change = "change since the period before, of the same length; bold: more than chance",
	.legend_goal = "the goal is reached, or is not yet"
};

static const MapWords polish = {
	.language = "pl",
	.polish = true,
	.decimal_point = ",",
	.thousands = "\u00A0",
	.picture = "Mapa podróży klienta",
	.segment = "Segment",
	.customer = "Klient",
	.answers = "Odpowiedzi",
	.stages = "Etapy",
	.touchpoints = "Punkty styku",
	.barriers = "Bariery",
	.emotion = "Emocje",
	.levels = {"bardzo źle", "źle", "obojętnie", "dobrze", "bardzo dobrze"},
	.notes = {"Co robi", "Co myśli", "Co czuje", "Bariery", "Pomysły", "Zmiany"},
	.persona = "Persona",
	.whole = "Cała podróż",
	.whole_stage = "Cały etap",
	.barrier = "Bariera",
	.overall = "Ogółem",
	.few_answers = "mało odpowiedzi",
	.goal = "Cel",
	.reached = "osiągnięty",
	.short_of = "brakuje",
	.to = "do",
	.none = "(brak)",
	.all = "Wszystkie odpowiedzi",
	.empty = "Nie ma jeszcze odpowiedzi.",
	.more = "więcej",
	.legend_numbers = "wartość i jej 95-procentowy przedział",
	.legend_metrics =
	"NPS: od −100 do 100. CSAT: odsetek zadowolonych. CES: średnia na skali. n: odpowiedzi.",
	.legend_barrier =
	"Bariera: istotnie gorzej niż w reszcie; ile zyskałaby całość, "
	"gdyby było tu tak samo dobrze",
	.legend_overall = "punkt styku na wszystkich swoich etapach razem",
	.legend_few = "za mało odpowiedzi, by coś powiedzieć",
	.legend_curve = "emocje na etapie (linia) i w jego punktach styku (kropki)",
	.legend_change = "zmiana wobec poprzedniego, równie długiego okresu; "
	"pogrubiona: nie przypadek",
	.legend_goal = "cel osiągnięty albo jeszcze nie"
};

const MapWords *
map_words(text *language)
{
	const char *name = text_to_cstring(language);

	if (fold_same(name, strlen(name), "pl"))
		return &polish;
	if (!fold_same(name, strlen(name), "en"))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there are no journey map texts in the language \"%s\"", name),
				 errhint("The languages are 'en' (English) and 'pl' (Polish).")));
	return &english;
}

/* A number from the database in the manner of the language, with a real minus sign. */
char *
map_number(const Picture *p, const char *number)
{
	StringInfoData out;

	initStringInfo(&out);
	for (; *number != '\0'; number++)
	{
		if (*number == '-')
			appendStringInfoString(&out, "\u2212");
		else if (*number == '.')
			appendStringInfoString(&out, p->words->decimal_point);
		else
			appendStringInfoChar(&out, *number);
	}
	return out.data;
}

/* A count with its thousands apart. */
char *
map_count(const Picture *p, int64 count)
{
	char	   *digits = psprintf(INT64_FORMAT, count);
	size_t		length = strlen(digits);
	StringInfoData out;

	initStringInfo(&out);
	for (size_t i = 0; i < length; i++)
	{
		if (i > 0 && (length - i) % 3 == 0)
			appendStringInfoString(&out, p->words->thousands);
		appendStringInfoChar(&out, digits[i]);
	}
	return out.data;
}
