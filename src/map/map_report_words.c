/*
 * map_report_words.c
 *		The fixed texts of the report of a journey map.
 */
#include "postgres.h"

#include "map/map_report.h"

static const ReportWords english = {
	.made = "Made on %s",
	.brief = "In short",
	.changed = "%s %s: %s since the period before, %s.",
	.unchanged = "%s %s, 95%% interval %s, from %s answers.",
	.surely = "more than chance",
	.perhaps = "no more than chance",
	.hurts = "The greatest barrier: %s. %s %s there, %s elsewhere. As good as the rest, "
	"the whole would gain %s points.",
	.nothing_hurts = "No place is worse than the rest of the journey beyond chance.",
	.stages = "Stages where the %s changed by more than chance: %s.",
	.numbers = "The whole journey",
	.since = "since the period before",
	.map = "The journey map",
	.emotion = "Emotion",
	.few = "few answers",
	.trend = "Over time",
	.trend_lead = "What stays within the limits is what chance does anyway; a signal is not. "
	"The first 20 values with answers set the limits, and so do the first 20 after a change that "
	"was noted.",
	.barriers = "Barriers",
	.barriers_lead = "Places that are worse than the rest of the journey beyond chance, and by how "
	"much the whole would rise if they were like the rest.",
	.place = "Place",
	.metric = "Metric",
	.here = "Here",
	.elsewhere = "Elsewhere",
	.gain = "To gain",
	.chance = "p",
	.everywhere = "at all its stages",
	.whole_stage = "the whole stage",
	.more = "and %d more, with less to gain",
	.shift = "What moved it",
	.shift_lead = "Against the period before, which is as long as this one. A score changes where "
	"customers answer otherwise, and where other customers answer.",
	.drivers = "What drives it",
	.drivers_lead = "What goes along with the score: it says where to look, not what is the cause.",
	.words = "In their words",
	.words_lead = "Words that customers use at a touchpoint more than elsewhere, beyond chance, "
	"with the number of comments. A word of fewer than five comments is not shown.",
	.words_none = "No word is typical of a touchpoint.",
	.words_refused = "What customers wrote is left out: whoever made this report has no right to "
	"read the comments.",
	.typical = "Typical words",
	.funnel = "How far they get",
	.funnel_lead = "How many customers came to each step, and how long half of those who came "
	"took from the step before.",
	.flow = "Which way they go",
	.flow_lead = "Where customers come from, and where they go next.",
	.all_customers = "These are the journeys of all customers, of any segment.",
	.reading = "How to read this",
	.readings = {
		"NPS: percent of promoters (9, 10) less percent of detractors (0 to 6), \u2212100 to 100. "
		"CSAT: percent satisfied. CES: mean of the scale.",
		"An interval of 95% holds the true value in 95 of 100 such reports. With few answers it is "
		"wide.",
		"Beyond chance: such a difference comes up in fewer than 5 of 100 cases where there is "
		"none. p of a barrier is corrected for having looked at all places; a change of a stage "
		"is not.",
		"Of a place with few answers nothing can be said yet."
	}
};

static const ReportWords polish = {
	.made = "Stan na %s",
	.brief = "W skrócie",
	.changed = "%s %s: %s od poprzedniego okresu, %s.",
	.unchanged = "%s %s, 95-procentowy przedział: %s, liczba odpowiedzi: %s.",
	.surely = "to nie przypadek",
	.perhaps = "to może być przypadek",
	.hurts = "Największa bariera: %s. %s: tu %s, w reszcie podróży %s. Gdyby było tu tak "
	"dobrze jak w reszcie, całość zyskałaby %s pkt.",
	.nothing_hurts = "Żadne miejsce nie jest istotnie gorsze od reszty podróży.",
	.stages = "Etapy, na których zmiana %s to nie przypadek: %s.",
	.numbers = "Cała podróż",
	.since = "od poprzedniego okresu",
	.map = "Mapa podróży klienta",
	.emotion = "Emocje",
	.few = "mało odpowiedzi",
	.trend = "W czasie",
	.trend_lead = "Co mieści się w granicach, bywa przypadkiem; sygnał nim nie jest. Granice "
	"wyznacza pierwszych 20 wartości, a po odnotowanej zmianie 20 pierwszych po niej.",
	.barriers = "Bariery",
	.barriers_lead = "Miejsca istotnie gorsze od reszty podróży i to, ile zyskałaby całość, "
	"gdyby były takie jak reszta.",
	.place = "Miejsce",
	.metric = "Miara",
	.here = "Tu",
	.elsewhere = "W reszcie",
	.gain = "Do zyskania",
	.chance = "p",
	.everywhere = "na wszystkich etapach",
	.whole_stage = "cały etap",
	.more = "i jeszcze %d, z mniejszym zyskiem",
	.shift = "Co to zmieniło",
	.shift_lead = "Wobec poprzedniego, równie długiego okresu. Wynik zmienia się, gdy klienci "
	"oceniają inaczej i gdy odpowiadają inni klienci.",
	.drivers = "Co o tym decyduje",
	.drivers_lead = "Co idzie w parze z oceną: mówi, gdzie szukać, a nie, co jest przyczyną.",
	.words = "Słowami klientów",
	.words_lead = "Słowa, których klienci używają w punkcie styku istotnie częściej niż "
	"gdzie indziej, z liczbą komentarzy. Słów z mniej niż pięciu komentarzy tu nie ma.",
	.words_none = "Żadne słowo nie jest typowe dla punktu styku.",
	.words_refused = "Wypowiedzi klientów pominięto: kto wykonał ten raport, nie ma prawa "
	"czytać komentarzy.",
	.typical = "Typowe słowa",
	.funnel = "Jak daleko dochodzą",
	.funnel_lead = "Ilu klientów doszło do każdego kroku i ile czasu od poprzedniego "
	"potrzebowała połowa z nich.",
	.flow = "Którędy idą",
	.flow_lead = "Skąd klienci przychodzą i dokąd idą dalej.",
	.all_customers = "To podróże wszystkich klientów, z każdego segmentu.",
	.reading = "Jak to czytać",
	.readings = {
		"NPS: odsetek promotorów (9, 10) bez odsetka krytyków (od 0 do 6), od \u2212100 do 100. "
		"CSAT: odsetek zadowolonych. CES: średnia na skali.",
		"Przedział 95-procentowy zawiera prawdziwą wartość w 95 takich raportach na 100. Przy "
		"niewielu odpowiedziach jest szeroki.",
		"Istotnie: gdy różnicy nie ma, taka zdarza się rzadziej niż w 5 przypadkach na 100. "
		"Wartość p bariery uwzględnia, że sprawdzono wszystkie miejsca; zmiana etapu nie.",
		"O miejscu z małą liczbą odpowiedzi nie da się jeszcze nic powiedzieć."
	}
};

const ReportWords *
report_words(const SvgLanguage *language)
{
	return language->polish ? &polish : &english;
}
