#include "report/format/markdown.h"

#include "base/text.h"

#include <stdbool.h>
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

int steppe_page_check(steppe_context *context, const char *path,
                      const char *const *pictures, size_t count)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
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
