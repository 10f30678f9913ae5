/*
 * cxjourney.c
 *		The module itself.  Everything SQL can call lives in a file named after
 *		what it is about; see README.md, "Reading the source".
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "base/interrupt.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(.name = "cxjourney", .version = "1.0");
#else
PG_MODULE_MAGIC;
#endif

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The core knows no PostgreSQL, so its long loops are told how to ask it. */
extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	interrupt_hook = check_interrupts;
}
