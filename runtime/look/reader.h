/* SPDX-License-Identifier: MIT */
/* reader.h - bytes of a file, read from front to back and never beyond their end. */
#ifndef READER_H
#define READER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes still to be read.  Reading beyond the end gives zeros. */
struct reader {
    const uint8_t *at, *end;
};

/* A number of so many bytes, up to eight. */
static inline uint64_t reader_number(struct reader *r, size_t bytes)
{
    uint64_t v = 0;

    if ((size_t)(r->end - r->at) < bytes) {
        r->at = r->end;
        return 0;
    }
    memcpy(&v, r->at, bytes); /* both processors are little-endian */
    r->at += bytes;
    return v;
}

/* Numbers of seven bits a byte (LEB128), without a sign and with one. */
static inline uint64_t reader_uleb(struct reader *r)
{
    uint64_t v = 0;

    for (unsigned shift = 0; r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;
        v |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        if (!(byte & 0x80))
            break;
    }
    return v;
}

static inline int64_t reader_sleb(struct reader *r)
{
    uint64_t v = 0;
    unsigned shift = 0;
    uint8_t byte = 0;

    while (r->at < r->end) {
        byte = *r->at++;
        v |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        shift += 7;
        if (!(byte & 0x80))
            break;
    }
    return (int64_t)(byte & 0x40 && shift < 64 ? v | ~(uint64_t)0 << shift : v);
}

static inline void reader_skip(struct reader *r, uint64_t bytes)
{
    r->at = bytes < (uint64_t)(r->end - r->at) ? r->at + bytes : r->end;
}

/* A section from so many bytes on. */
static inline struct reader reader_from(struct reader section, uint64_t offset)
{
    reader_skip(&section, offset);
    return section;
}

/* The text that begins so many bytes on; NULL: it does not end there. */
static inline const char *reader_text(struct reader r, uint64_t offset)
{
    reader_skip(&r, offset);
    return r.at < r.end && memchr(r.at, 0, (size_t)(r.end - r.at)) ? (const char *)r.at : NULL;
}

/* The text that stands here, and go on behind it; NULL, and nothing is left: it has no end. */
static inline const char *reader_string(struct reader *r)
{
    const char *s = reader_text(*r, 0);

    reader_skip(r, s ? strlen(s) + 1 : UINT64_MAX);
    return s;
}

#endif
