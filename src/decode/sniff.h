#ifndef DECODE_SNIFF_H
#define DECODE_SNIFF_H
#include "decode/decode.h"

/* True if BYTES, as they came, are an image, an archive or another thing that is
 * no text in any encoding. */
bool is_binary(struct str bytes);
#endif
