/*
 * map_row.c
 *		Which row of cards each touchpoint of a picture stands in.
 *
 * A touchpoint of several stages stands in one row in all of them, the first one that is
 * free in each, in the order in which they appear; those of one stage fill what is left
 * of its column.  Where that would take many more rows than the longest column has cards,
 * each column is packed instead.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "map/map_read.h"

typedef struct Slot
{
	MapCell    *cell;
	int			column;
	int			order;			/* in the picture, column by column */
} Slot;

/* The cells of a touchpoint, at most one in a column. */
typedef struct Group
{
	Slot	   *slots;
	int			count;
} Group;

typedef struct Grid
{
	bool	   *taken;			/* column by column */
	int			rows;
} Grid;

static int
compare_names(const Slot *x, const Slot *y)
{
	return strcmp(x->cell->touchpoint == NULL ? "" : x->cell->touchpoint,
				  y->cell->touchpoint == NULL ? "" : y->cell->touchpoint);
}

static int
compare_slots(const void *a, const void *b)
{
	const Slot *x = a;
	const Slot *y = b;
	int			result = compare_names(x, y);

	return result != 0 ? result : x->order - y->order;
}

/* Those of several stages first, since they need more room. */
static int
compare_groups(const void *a, const void *b)
{
	const Group *x = a;
	const Group *y = b;

	if ((x->count > 1) != (y->count > 1))
		return x->count > 1 ? -1 : 1;
	return x->slots[0].order - y->slots[0].order;
}

static bool
is_free(const Grid *grid, const Group *group, int row)
{
	for (int i = 0; i < group->count; i++)
		if (grid->taken[(size_t) group->slots[i].column * grid->rows + row])
			return false;
	return true;
}

/* In the first row that is free in all its columns; false if there is none. */
static bool
place(Grid *grid, const Group *group)
{
	int			row = 0;

	while (row < grid->rows && !is_free(grid, group, row))
		row++;
	for (int i = 0; i < group->count && row < grid->rows; i++)
	{
		grid->taken[(size_t) group->slots[i].column * grid->rows + row] = true;
		group->slots[i].cell->row = row;
	}
	return row < grid->rows;
}

static Slot *
list_slots(const JourneyMap *map)
{
	Slot	   *slots = palloc((map->cell_count + 1) * sizeof(Slot));
	int			count = 0;
	int			column = 0;

	for (MapStage *stage = map->stages; stage != NULL; stage = stage->next, column++)
		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next, count++)
		{
			slots[count].cell = cell;
			slots[count].column = column;
			slots[count].order = count;
		}
	return slots;
}

/* Two labels that look the same in one stage are two touchpoints. */
static Group *
list_groups(Slot *slots, int slot_count, int *count)
{
	Group	   *groups = palloc((slot_count + 1) * sizeof(Group));

	*count = 0;
	qsort(slots, slot_count, sizeof(Slot), compare_slots);
	for (int i = 0; i < slot_count; i++)
		if (i > 0 && slots[i].column != slots[i - 1].column &&
			compare_names(&slots[i], &slots[i - 1]) == 0)
			groups[*count - 1].count++;
		else
			groups[(*count)++] = (Group) {&slots[i], 1};
	qsort(groups, *count, sizeof(Group), compare_groups);
	return groups;
}

static void
pack(JourneyMap *map)
{
	for (MapStage *stage = map->stages; stage != NULL; stage = stage->next)
	{
		int			row = 0;

		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			cell->row = row++;
	}
}

void
map_place_rows(JourneyMap *map)
{
	Grid		grid;
	int			packed = 0;
	int			count;
	Group	   *groups = list_groups(list_slots(map), map->cell_count, &count);
	bool		fits = true;

	for (MapStage *stage = map->stages; stage != NULL; stage = stage->next)
		packed = Max(packed, stage->cell_count);
	grid.rows = packed + packed / 2 + 1;
	grid.taken = palloc0((size_t) (map->stage_count + 1) * grid.rows * sizeof(bool));
	for (int i = 0; i < count && fits; i++)
	{
		CHECK_FOR_INTERRUPTS();
		fits = place(&grid, &groups[i]);
	}
	if (!fits)
		pack(map);
	for (MapStage *stage = map->stages; stage != NULL; stage = stage->next)
		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			map->row_count = Max(map->row_count, cell->row + 1);
}
