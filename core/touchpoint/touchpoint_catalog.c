/*
 * touchpoint_catalog.c
 *		The usual touchpoints of five industries: a starting point for a map of
 *		one's own, with names for reports in English and Polish.
 *
 * Names are in UTF-8.  Each industry lists its touchpoints in the order of the
 * journey.
 */
#include "base/fold.h"
#include "touchpoint/stage.h"
#include "touchpoint/touchpoint.h"

static const CatalogEntry ecommerce[] = {
	{"web:home", STAGE_AWARENESS, "Website", "Strona internetowa"},
	{"app:home", STAGE_CONSIDERATION, "Mobile app", "Aplikacja mobilna"},
	{"web:search", STAGE_CONSIDERATION, "Product search", "Wyszukiwarka produktów"},
	{"web:basket", STAGE_DECISION, "Basket", "Koszyk"},
	{"web:payment", STAGE_PURCHASE, "Payment", "Płatność"},
	{"web:tracking", STAGE_EXPERIENCE, "Parcel tracking", "Śledzenie przesyłki"},
	{"web:returns", STAGE_EXPERIENCE, "Returns", "Zwroty"},
	{"web:complaints", STAGE_EXPERIENCE, "Complaints", "Reklamacje"},
	{"web:reviews", STAGE_ADVOCACY, "Reviews and ratings", "Opinie i oceny"},
};

static const CatalogEntry banking[] = {
	{"web:home", STAGE_AWARENESS, "Website", "Strona internetowa"},
	{"chatbot:help", STAGE_CONSIDERATION, "Chatbot", "Chatbot"},
	{"branch:visit", STAGE_PURCHASE, "Branch", "Oddział"},
	{"web:login", STAGE_EXPERIENCE, "Login on the website", "Logowanie na stronie"},
	{"app:home", STAGE_EXPERIENCE, "Mobile app", "Aplikacja mobilna"},
	{"atm:cash", STAGE_EXPERIENCE, "ATM", "Bankomat"},
	{"phone:helpline", STAGE_EXPERIENCE, "Helpline", "Infolinia"},
	{"email:message", STAGE_LOYALTY, "E-mail", "E-mail"},
};

static const CatalogEntry telecommunications[] = {
	{"social:profile", STAGE_AWARENESS, "Social media", "Media społecznościowe"},
	{"web:offer", STAGE_CONSIDERATION, "Website with the offer", "Strona internetowa z ofertą"},
	{"showroom:visit", STAGE_PURCHASE, "Showroom", "Salon sprzedaży"},
	{"app:home", STAGE_EXPERIENCE, "Mobile app", "Aplikacja mobilna"},
	{"phone:helpline", STAGE_EXPERIENCE, "Helpline", "Infolinia"},
};

static const CatalogEntry fmcg[] = {
	{"tv:advertising", STAGE_AWARENESS, "TV advertising", "Reklama telewizyjna"},
	{"outdoor:advertising", STAGE_AWARENESS, "Outdoor advertising", "Reklama zewnętrzna"},
	{"store:tasting", STAGE_CONSIDERATION, "Tasting", "Degustacja"},
	{"store:shelf", STAGE_DECISION, "Shelf display", "Ekspozycja na półce"},
	{"product:packaging", STAGE_DECISION, "Packaging", "Opakowanie"},
	{"store:promotion", STAGE_PURCHASE, "Promotion", "Promocja"},
	{"app:loyalty", STAGE_LOYALTY, "Loyalty programme", "Program lojalnościowy"},
	{"social:profile", STAGE_ADVOCACY, "Social media", "Media społecznościowe"},
};

static const CatalogEntry hospitality[] = {
	{"web:booking", STAGE_PURCHASE, "Booking website", "Strona rezerwacji"},
	{"hotel:check-in", STAGE_EXPERIENCE, "Check-in", "Zameldowanie"},
	{"hotel:reception", STAGE_EXPERIENCE, "Reception", "Recepcja"},
	{"hotel:concierge", STAGE_EXPERIENCE, "Concierge", "Konsjerż"},
	{"hotel:room", STAGE_EXPERIENCE, "Room", "Pokój"},
	{"hotel:amenities", STAGE_EXPERIENCE, "Amenities", "Udogodnienia"},
	{"hotel:restaurant", STAGE_EXPERIENCE, "Restaurant", "Restauracja"},
	{"hotel:check-out", STAGE_EXPERIENCE, "Check-out", "Wymeldowanie"},
	{"web:loyalty", STAGE_LOYALTY, "Loyalty programme", "Program lojalnościowy"},
	{"portal:reviews", STAGE_ADVOCACY, "Reviews on travel portals",
	 "Opinie na portalach turystycznych"},
};

#define INDUSTRY(english, polish, plain, list) \
	{{english, polish, plain}, list, sizeof(list) / sizeof(list[0])}

/* Names are in lower case: English, Polish, and Polish typed without its diacritics. */
static const struct
{
	const char *names[3];
	const CatalogEntry *entries;
	size_t		count;
}			industries[] =
{
	INDUSTRY("e-commerce", "handel elektroniczny", "handel elektroniczny", ecommerce),
	INDUSTRY("banking", "bankowość", "bankowosc", banking),
	INDUSTRY("telecommunications", "telekomunikacja", "telekomunikacja", telecommunications),
	INDUSTRY("fmcg", "dobra szybkozbywalne", "dobra szybkozbywalne", fmcg),
	INDUSTRY("hospitality", "hotelarstwo", "hotelarstwo", hospitality),
};

/* The touchpoints of an industry, named in UTF-8; NULL for a name that is not one of the five. */
const CatalogEntry *
touchpoint_catalog_of(const char *industry, size_t length, size_t *entries)
{
	for (size_t i = 0; i < sizeof(industries) / sizeof(industries[0]); i++)
		for (int n = 0; n < 3; n++)
			if (fold_same(industry, length, industries[i].names[n]))
			{
				*entries = industries[i].count;
				return industries[i].entries;
			}
	return NULL;
}
