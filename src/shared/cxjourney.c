/*
 * cxjourney.c
 *		The module itself.  Everything SQL can call lives in a file named after
 *		what it is about; see README.md, "Reading the source".
 */
#include "postgres.h"

#include "fmgr.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(.name = "cxjourney", .version = "1.0");
#else
PG_MODULE_MAGIC;
#endif
