#ifndef BASE_BANNED_H
#define BASE_BANNED_H
/* Calls that overflow, ignore failure or obey the locale do not compile.  The
 * build includes this before every file of ours; system headers come first so
 * that their declarations survive. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <locale.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof
#pragma GCC poison strncpy strncat gmtime localtime setlocale
#endif
