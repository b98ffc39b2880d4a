#include "report/format/markdown.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void stp_page_settings(FILE *file, const steppe_scenario *scenario)
{
    size_t count = steppe_scenario_setting_count(scenario);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "Set by the caller (--set), in place of what the file says: ",
              file);
        stp_page_code(file, steppe_scenario_setting(scenario, i));
    }
    fputs(count ? ".\n\n" : "", file);
}

static char *page_stem(const char *path, const char **name)
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

stp_page stp_page_begin(steppe_context *context, const char *path)
{
    stp_page page = {.outputs = {.context = context}, .path = path};
    page.stem = page_stem(path, &page.name);
    page.status = page.stem ? STEPPE_OK : stp_no_memory(context);
    return page;
}

void stp_page_picture(stp_page *page, const char *suffix, stp_output_writer writer,
                      const void *user)
{
    stp_text path = {0};
    if (page->status != STEPPE_OK)
        return;
    stp_text_add(&path, "%s%s", page->stem, suffix);
    page->status = path.failed ? stp_no_memory(page->outputs.context)
                               : stp_outputs_write(&page->outputs, path.data,
                                                   STP_OUTPUT_SVG, writer, user);
    stp_text_free(&path);
}

typedef struct checked {
    steppe_context *context;
    stp_output_writer writer;
    const void *user;
} checked;

/* Tell a file that failed for want of memory (stp_table_put) from one that cannot be written. */
static int write_checked(FILE *file, const void *user)
{
    const checked *c = user;
    int result = c->writer(file, c->user);
    if (result != 0 || !ferror(file) || errno != ENOMEM)
        return result;
    clearerr(file); /* the status says it */
    return stp_no_memory(c->context);
}

int stp_page_end(stp_page *page, stp_output_writer writer, const void *user)
{
    const checked c = {page->outputs.context, writer, user};
    if (page->status == STEPPE_OK)
        page->status = stp_outputs_write(&page->outputs, page->path, STP_OUTPUT_MARKDOWN,
                                         write_checked, &c);
    free(page->stem);
    return stp_outputs_close(&page->outputs, page->status);
}

int steppe_page_check(steppe_context *context, const char *path,
                      const char *const *pictures, size_t count)
{
    const char *name;
    char *stem = page_stem(path, &name);
    int status = stem ? stp_output_check(context, path, STP_OUTPUT_MARKDOWN)
                      : stp_no_memory(context);
    for (size_t i = 0; i < count && status == STEPPE_OK; i++) {
        stp_text picture = {0};
        stp_text_add(&picture, "%s%s", stem, pictures[i]);
        status = picture.failed ? stp_no_memory(context)
                                : stp_output_check(context, picture.data, STP_OUTPUT_SVG);
        stp_text_free(&picture);
    }
    free(stem);
    return status;
}
