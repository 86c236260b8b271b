/* SPDX-License-Identifier: MIT */
/* symbols.c - ELF files, mapped as they are looked into.  What -g has added: dwarf.c. */
#include "look/symbols.h"

#include "look/dwarf.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 32
#define REMEMBERED 1024 /* a power of two */

struct file {
    const struct link_map *module;
    const char *bytes; /* NULL: it could not be opened */
    size_t size;
    struct dwarf dwarf;
    struct reader symbols, names;
};

struct answer {
    uintptr_t pc;
    size_t n;
    struct place places[MOST_INLINED];
};

struct symbols {
    size_t nfiles;
    struct file files[MOST_FILES];
    struct dwarf_work work;
    struct answer answers[REMEMBERED];
};
const size_t symbols_bytes = sizeof(struct symbols);

/* --- a file --- */

static const char *file_map(const char *path, size_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *p = MAP_FAILED;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(ElfW(Ehdr)))
        p = mmap(NULL, *size = (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    return p == MAP_FAILED ? NULL : p;
}

static struct reader piece(const struct file *f, uint64_t offset, uint64_t size)
{
    struct reader none = { NULL, NULL };

    if (offset > f->size || size > f->size - offset)
        return none;
    return (struct reader){ (const uint8_t *)f->bytes + offset,
                            (const uint8_t *)f->bytes + offset + size };
}

static const ElfW(Shdr) * section(const struct file *f, size_t i)
{
    const ElfW(Ehdr) *head = (const void *)f->bytes;
    struct reader r = piece(f, head->e_shoff + i * sizeof(ElfW(Shdr)), sizeof(ElfW(Shdr)));

    return i < head->e_shnum ? (const void *)r.at : NULL;
}

/* A table of symbols, and that of their names.  That of a library's public ones is the last
 * resort. */
static void take_symbols(struct file *f, const ElfW(Shdr) * s)
{
    const ElfW(Shdr) *names = section(f, s->sh_link);

    if (!names || (s->sh_type == SHT_DYNSYM && f->symbols.at))
        return;
    f->symbols = piece(f, s->sh_offset, s->sh_size);
    f->names = piece(f, names->sh_offset, names->sh_size);
}

static void take_section(struct file *f, const ElfW(Shdr) * s, const char *name)
{
    static const struct {
        const char *name;
        size_t at;
    } wanted[] = {
#define WANTED(section) { ".debug_" #section, offsetof(struct dwarf, section) }
        WANTED(info),   WANTED(abbrev),   WANTED(line), WANTED(str),         WANTED(line_str),
        WANTED(ranges), WANTED(rnglists), WANTED(addr), WANTED(str_offsets),
#undef WANTED
    };

    if (s->sh_type == SHT_SYMTAB || s->sh_type == SHT_DYNSYM)
        take_symbols(f, s);
    if (s->sh_type == SHT_NOBITS || s->sh_flags & SHF_COMPRESSED)
        return;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (strcmp(name, wanted[i].name) == 0)
            *(struct reader *)((char *)&f->dwarf + wanted[i].at) =
                piece(f, s->sh_offset, s->sh_size);
}

static void file_open(struct file *f, const struct link_map *module)
{
    const ElfW(Shdr) * names;
    const ElfW(Ehdr) * head;
    struct reader text;

    f->module = module;
    f->bytes = file_map(*module->l_name ? module->l_name : "/proc/self/exe", &f->size);
    if (!f->bytes)
        return;
    head = (const void *)f->bytes;
    if (memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || !(names = section(f, head->e_shstrndx)))
        return;
    text = piece(f, names->sh_offset, names->sh_size);
    for (size_t i = 0; i < head->e_shnum; i++) {
        const ElfW(Shdr) *s = section(f, i);
        const char *name = s ? reader_text(text, s->sh_name) : NULL;
        if (name)
            take_section(f, s, name);
    }
}

static struct file *file_of(struct symbols *s, uintptr_t pc)
{
    struct dl_find_object found;

    if (_dl_find_object((void *)pc, &found) != 0 || !found.dlfo_link_map)
        return NULL;
    for (size_t i = 0; i < s->nfiles; i++)
        if (s->files[i].module == found.dlfo_link_map)
            return &s->files[i];
    if (s->nfiles == MOST_FILES)
        return NULL;
    file_open(&s->files[s->nfiles], found.dlfo_link_map);
    return &s->files[s->nfiles++];
}

/* The function in whose bytes the address lies. */
static const char *name_of(const struct file *f, uint64_t address)
{
    const ElfW(Sym) *sym = (const void *)f->symbols.at;
    size_t n = (size_t)(f->symbols.end - f->symbols.at) / sizeof *sym;

    for (size_t i = 0; i < n; i++)
        if (ELF64_ST_TYPE(sym[i].st_info) == STT_FUNC && address >= sym[i].st_value &&
            address - sym[i].st_value < sym[i].st_size)
            return reader_text(f->names, sym[i].st_name);
    return NULL;
}

/* --- answers --- */

static void answer_find(struct symbols *s, struct answer *a)
{
    uintptr_t call = a->pc - 1; /* what returns to pc may end the function, or its line */
    struct file *f = file_of(s, call);

    a->n = 0;
    if (f && f->bytes) {
        uint64_t address = call - f->module->l_addr;

        a->n = dwarf_find(&f->dwarf, &s->work, address, a->places, MOST_INLINED);
        if (!a->n)
            a->places[0] = (struct place){ .func = name_of(f, address) };
    } else {
        a->places[0] = (struct place){ 0 };
    }
    if (!a->n)
        a->n = 1;
}

size_t symbols_find(struct symbols *s, uintptr_t pc, const struct place **places)
{
    struct answer *a = &s->answers[(pc * 0x9e3779b97f4a7c15u) >> 54 & (REMEMBERED - 1)];

    if (a->pc != pc) {
        a->pc = pc;
        answer_find(s, a);
    }
    *places = a->places;
    return a->n;
}

void symbols_end(struct symbols *s)
{
    for (size_t i = 0; i < s->nfiles; i++)
        if (s->files[i].bytes)
            munmap((void *)s->files[i].bytes, s->files[i].size);
    s->nfiles = 0;
}
