/* SPDX-License-Identifier: MIT */
/* Instructions that no disassembler has seen. */
#include "scene.h"
#include <string.h>
#include <sys/mman.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    static const unsigned char call[] = { 0xb8, 0x27, 0, 0, 0, 0x0f, 0x05, 0xc3 };
    void *code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)s;
    memcpy(code, call, sizeof call);
    return i + (uint64_t)((long (*)(void))code)() * 0;
}

const struct twin THIS = { op };
