/*
 * map_svg_words.c
 *		The fixed texts of the picture of a journey map.
 */
#include "postgres.h"

#include "map/map_svg.h"

static const MapWords english = {
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
map_words(const SvgLanguage *language)
{
	return language->polish ? &polish : &english;
}
