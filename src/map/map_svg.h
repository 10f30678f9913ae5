/*
 * map_svg.h
 *		The parts of the SVG picture of a journey map.
 *
 * Each part first says how high it will be, then draws itself.
 */
#ifndef MAP_SVG_H
#define MAP_SVG_H

#include "map/map_read.h"
#include "svg/svg_draw.h"

#define MARGIN 40
#define GUTTER 148				/* labels left of the columns */
#define COLUMN_GAP 12
#define CARD_PADDING 12
#define SECTION_GAP 20

#define BARRIER_HEIGHT 30
#define GOAL_HEIGHT 15
#define VALUE_RIGHT 88			/* right edge of a metric's value, from the left one of its name */
#define NUMBERS_WIDTH 210		/* from there to the right edge of its interval, at most */

typedef struct MapWords
{
	const char *picture;		/* what it is, for those who cannot see it */
	const char *segment;
	const char *customer;		/* who all segments are, in a Mermaid diagram */
	const char *answers;
	const char *stages;
	const char *touchpoints;
	const char *barriers;
	const char *emotion;
	const char *levels[5];		/* from -2 to 2 */
	const char *notes[MAP_NOTE_KINDS];
	const char *persona;
	const char *whole;			/* the journey as a whole */
	const char *whole_stage;
	const char *barrier;
	const char *overall;		/* a barrier at all stages of a touchpoint */
	const char *few_answers;
	const char *goal;
	const char *reached;
	const char *short_of;		/* in front of how far it is from the goal */
	const char *all;			/* the touchpoint of a map that has none */
	const char *empty;			/* a map without answers */
	const char *more;			/* notes that have no room */
	const char *legend_numbers;
	const char *legend_metrics;
	const char *legend_barrier;
	const char *legend_overall;
	const char *legend_few;
	const char *legend_curve;
	const char *legend_change;
	const char *legend_goal;
} MapWords;

typedef struct Picture
{
	StringInfoData svg;
	const SvgLanguage *language;
	const MapWords *words;
	const JourneyMap *map;
	int			column_width;
	int			width;
} Picture;

#pragma GCC visibility push(hidden)

/* map_svg.c */
extern char *map_subtitle(const Picture *p);
extern text *map_picture(const JourneyMap *map, const SvgLanguage *language, int *width);

/* map_svg_words.c */
extern const MapWords *map_words(const SvgLanguage *language);

/* map_svg_draw.c */
extern void draw_face(Picture *p, int x, int y, int radius, double emotion);
extern void draw_warning(Picture *p, int x, int y);
extern void draw_goal_mark(Picture *p, int x, int y, bool reached);
extern const char *emotion_color(double emotion);
extern const char *label_or_none(const Picture *p, const char *label);
extern const char *touchpoint_label(const Picture *p, const MapCell *cell);
extern int	column_x(const Picture *p, int column);

/* map_svg_curve.c */
extern int	curve_height(const Picture *p);
extern void draw_curve(Picture *p, int y);

/* map_svg_score.c */
extern int	headline_height(const Picture *p);
extern void draw_headline(Picture *p, int y);
extern char *change_text(const SvgLanguage *language, const char *change);
extern void draw_change(Picture *p, int x, int y, Anchor anchor, const char *change, bool sure);
extern int	scores_height(const Picture *p);
extern void draw_scores(Picture *p, int y);
extern void draw_goal(Picture *p, const char *target, const char *gap, bool enough, int x, int y);

/* map_svg_card.c */
extern int	cards_height(const Picture *p);
extern void draw_cards(Picture *p, int y);
extern void draw_barrier(Picture *p, const char *text, const MapImpact *impact, int left,
						 int bottom);
extern int	numbers_right(const Picture *p, int x);

/* map_svg_persona.c */
extern int	persona_height(Picture *p);
extern void draw_persona(Picture *p, int y);

/* map_svg_notes.c */
extern int	notes_height(const Picture *p);
extern void draw_notes(Picture *p, int y);

/* map_svg_legend.c */
extern int	legend_height(Picture *p);
extern void draw_legend(Picture *p, int y);

#pragma GCC visibility pop

#endif							/* MAP_SVG_H */
