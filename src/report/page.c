#include "report/page.h"

#include "base/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

void stp_page_settings(FILE *file, const steppe_scenario *scenario)
{
    size_t count = steppe_scenario_setting_count(scenario);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "Set by the caller (--set), in place of what the file says: ", file);
        stp_page_text(file, steppe_scenario_setting(scenario, i));
    }
    fputs(count ? ".\n\n" : "", file);
}

static int cannot_write(steppe_context *context, const char *path, int error)
{
    return stp_fail(context, STEPPE_CANNOT_WRITE, "%.800s: cannot be written: %s", path,
                    strerror(error));
}

/* Write into a file that is created or emptied. */
static int write_into(steppe_context *context, const char *name, const char *path,
                      stp_page_writer writer, const void *user)
{
    errno = 0;
    FILE *file = fopen(name, "w");
    if (!file)
        return cannot_write(context, path, errno);
    int result = writer(file, user), error = errno;
    bool bad = ferror(file) != 0;
    if (fclose(file) != 0) {
        bad = true;
        error = errno;
    }
    return bad || result > 0 ? cannot_write(context, path, error) : result;
}

/* A pipe or a device is written to and never replaced. */
static bool is_special(const char *path)
{
    struct stat is;
    return stat(path, &is) == 0 && !S_ISREG(is.st_mode) && !S_ISDIR(is.st_mode);
}

int stp_page_replace(steppe_context *context, const char *path, stp_page_writer writer,
                     const void *user)
{
    if (is_special(path))
        return write_into(context, path, path, writer, user);
    stp_text beside = {0};
    stp_text_add(&beside, "%s.part", path);
    int status = beside.failed ? stp_no_memory(context)
                               : write_into(context, beside.data, path, writer, user);
    if (status == STEPPE_OK && rename(beside.data, path) != 0)
        status = cannot_write(context, path, errno);
    if (status != STEPPE_OK && !beside.failed)
        remove(beside.data);
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
