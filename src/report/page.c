#include "report/page.h"

#include "base/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void stp_page_text(FILE *file, const char *text)
{
    for (const char *c = text ? text : ""; *c; c++) {
        if (strchr("|<>*_`[]\\", *c))
            putc('\\', file);
        putc(*c == '\n' ? ' ' : *c, file);
    }
}

void stp_page_cell(FILE *file, const char *text)
{
    stp_page_text(file, text);
    fputs(" | ", file);
}

int stp_page_replace(steppe_context *context, const char *path, stp_page_writer writer,
                     const void *user)
{
    stp_text beside = {0};
    stp_text_add(&beside, "%s.part", path);
    FILE *file = beside.failed ? NULL : fopen(beside.data, "w");
    bool bad = !file;
    int error = errno;
    if (file) {
        bad = writer(file, user) != 0;
        bad |= ferror(file) != 0;
        bad |= fclose(file) != 0;
        bad = bad || rename(beside.data, path) != 0;
        error = errno;
        if (bad)
            remove(beside.data);
    }
    int status = beside.failed ? stp_no_memory(context)
                 : bad         ? stp_fail(context, STEPPE_CANNOT_WRITE,
                                          "%.800s: cannot be written: %s", path, strerror(error))
                               : STEPPE_OK;
    stp_text_free(&beside);
    return status;
}

char *stp_page_stem(const char *path, const char **name)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    size_t length = dot && dot > path && (!slash || dot > slash + 1)
                        ? (size_t)(dot - path)
                        : strlen(path);
    stp_text stem = {0};
    stp_text_append(&stem, path, length);
    if (stem.failed || !stem.data) { /* an empty path has an empty stem */
        stp_text_free(&stem);
        *name = stem.data = stp_copy("");
        return length ? NULL : stem.data;
    }
    *name = stem.data + (slash ? slash - path + 1 : 0);
    return stem.data;
}
