#include "base/output.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct stp_output {
    char *path; /* final name */
    char *part; /* temporary name */
    stp_output_kind kind;
};

/* ---- files that were read ---- */

void stp_note_read(steppe_context *context, const char *path)
{
    struct stat is;
    if (!context || stat(path, &is) != 0 || stp_was_read(context, path))
        return;
    stp_file_id *list = realloc(context->read, (context->read_count + 1) * sizeof *list);
    if (!list) {
        context->read_lost = true;
        return;
    }
    context->read = list;
    context->read[context->read_count++] = (stp_file_id){is.st_dev, is.st_ino};
}

bool stp_was_read(const steppe_context *context, const char *path)
{
    struct stat is;
    if (stat(path, &is) != 0)
        return false;
    for (size_t i = 0; i < context->read_count; i++)
        if (context->read[i].device == is.st_dev && context->read[i].file == is.st_ino)
            return true;
    return context->read_lost;
}

/* ---- files that may be replaced ---- */

enum { HEAD_SIZE = 65536, PNG_MARK_AT = 33 };

/* The first bytes of a file; none if it cannot be read. */
static size_t read_head(const char *path, char head[HEAD_SIZE + 1])
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(head, 1, HEAD_SIZE, file) : 0;
    if (file)
        fclose(file);
    head[size] = '\0';
    return size;
}

static bool begins_database(const char *head, size_t size)
{
    static const char MAGIC[] = "SQLite format 3";
    return size >= sizeof MAGIC && memcmp(head, MAGIC, sizeof MAGIC) == 0;
}

bool stp_is_database(const char *path)
{
    char *head = malloc(HEAD_SIZE + 1);
    bool is = head && begins_database(head, read_head(path, head));
    free(head);
    return is;
}

static bool holds(const char *head, size_t size, const char *words)
{
    return memmem(head, size, words, strlen(words)) != NULL;
}

/* A scenario has the key "steppe" at the beginning of a line, or of a mapping in
 * braces. */
static bool is_scenario(const char *head, size_t size)
{
    for (const char *c = head; (c = memmem(c, size - (size_t)(c - head), "steppe", 6));
         c += 6) {
        const char *before = c, *after = c + 6;
        while (before > head && (before[-1] == '"' || before[-1] == '\''))
            before--;
        if (before > head && before[-1] == ' ') /* only as in "{ steppe: 1" */
            while (before > head && (before[-1] == ' ' || before[-1] == '{'))
                before--;
        before -= before > head && before[-1] == '{';
        after += strspn(after, "\"'");
        after += strspn(after, " ");
        if (*after == ':' && (before == head || before[-1] == '\n'))
            return true;
    }
    return false;
}

static bool is_marked(const char *head, size_t size, stp_output_kind kind)
{
    static const char PNG[] = "tEXtSoftware\0Steppe";
    switch (kind) {
    case STP_OUTPUT_MARKDOWN: return holds(head, size, STP_MARK_MARKDOWN);
    case STP_OUTPUT_HTML: return holds(head, size, STP_MARK_HTML);
    case STP_OUTPUT_SVG: return strncmp(head, STP_MARK_SVG, strlen(STP_MARK_SVG)) == 0;
    case STP_OUTPUT_PNG:
        return size > PNG_MARK_AT + 4 + sizeof PNG &&
               memcmp(head + PNG_MARK_AT + 4, PNG, sizeof PNG - 1) == 0;
    case STP_OUTPUT_YAML: return strncmp(head, STP_MARK_YAML, strlen(STP_MARK_YAML)) == 0;
    default: return false;
    }
}

static int refuse(steppe_context *context, const char *path, const char *why)
{
    return stp_fail(context, STEPPE_BAD_ARGUMENT, "%.700s: %s", path, why);
}

static int check_ending(steppe_context *context, const char *path, stp_output_kind kind)
{
    static const struct {
        const char *endings[2], *what;
    } KINDS[] = {
        {{".md", ".markdown"},
         "expected the ending .md: a page is written in Markdown ('steppe report "
         "RESULTS' writes HTML)"},
        {{".html", ".htm"}, "expected the ending .html: a report is in HTML"},
        {{".svg", NULL}, "expected the ending .svg: a picture is in SVG"},
        {{".png", NULL}, "expected the ending .png"},
        {{".csv", NULL}, "expected the ending .csv"},
        {{".yaml", ".yml"}, "expected the ending .yaml"}};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (int i = 0; i < 2; i++) {
        const char *ending = KINDS[kind].endings[i];
        size_t length = ending ? strlen(ending) : 0;
        if (ending && strlen(name) > length &&
            strcasecmp(name + strlen(name) - length, ending) == 0)
            return STEPPE_OK;
    }
    return refuse(context, path, KINDS[kind].what);
}

static int check_file(steppe_context *context, const char *path, stp_output_kind kind)
{
    char *head = malloc(HEAD_SIZE + 1);
    if (!head)
        return stp_no_memory(context);
    size_t size = read_head(path, head);
    struct stat is;
    bool empty = size == 0 && stat(path, &is) == 0 && is.st_size == 0;
    int status = STEPPE_OK;
    if (begins_database(head, size))
        status = refuse(context, path,
                        "is a results file or another database, which is never "
                        "replaced; choose another name");
    else if (is_scenario(head, size))
        status = refuse(context, path,
                        "is a scenario, which is never replaced; choose another name");
    else if (!empty && !context->replace && kind != STP_OUTPUT_CSV &&
             !is_marked(head, size, kind))
        status = refuse(context, path,
                        "exists, and Steppe did not write it; choose another name, or "
                        "use --force to replace it");
    free(head);
    return status;
}

int stp_output_check(steppe_context *context, const char *path, stp_output_kind kind)
{
    struct stat is;
    bool there = stat(path, &is) == 0;
    if (there && !S_ISREG(is.st_mode) && !S_ISDIR(is.st_mode))
        return STEPPE_OK;
    if (there && S_ISDIR(is.st_mode))
        return stp_fail(context, STEPPE_CANNOT_WRITE, "%.800s: cannot be written: %s",
                        path, strerror(EISDIR));
    if (!there && lstat(path, &is) == 0)
        return refuse(context, path, "is a broken link; choose another name");
    if (there && kind != STP_OUTPUT_YAML && stp_was_read(context, path))
        return refuse(
            context, path,
            "was read in this call, and is never replaced; choose another name");
    int status = check_ending(context, path, kind);
    return status == STEPPE_OK && there ? check_file(context, path, kind) : status;
}

/* ---- writing ---- */

static int cannot_write(steppe_context *context, const char *path, int error)
{
    return stp_fail(context, STEPPE_CANNOT_WRITE, "%.800s: cannot be written: %s", path,
                    strerror(error));
}

/* A pipe or a device, which is written to and never replaced. */
static bool is_special(const char *path)
{
    struct stat is;
    return stat(path, &is) == 0 && !S_ISREG(is.st_mode) && !S_ISDIR(is.st_mode);
}

/* Create a temporary file in the folder of `path`, with the permissions of an existing
 * file. Its descriptor, or -1. */
static int create_part(const stp_outputs *o, const char *path, char **part)
{
    struct stat is;
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0, file = -1;
    *part = NULL;
    for (unsigned i = 0; i < 1000 && file < 0; i++) {
        stp_text name = {0};
        stp_text_add(&name, "%.*s.steppe-%ld-%zu-%u.part", folder, path, (long)getpid(),
                     o->count, i);
        free(*part);
        *part = name.data;
        if (name.failed)
            errno = ENOMEM;
        file = name.failed
                   ? -1
                   : open(name.data, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    if (file >= 0 && stat(path, &is) == 0)
        (void)!fchmod(file, is.st_mode & 0777);
    return file;
}

/* Write into an open file, and close it. path: for the message. */
static int write_into(steppe_context *context, int number, const char *path,
                      bool with_mark, stp_output_writer writer, const void *user)
{
    FILE *file = fdopen(number, "w");
    if (!file) {
        int error = errno;
        close(number);
        return cannot_write(context, path, error);
    }
    if (with_mark)
        fputs(STP_MARK_SVG, file);
    errno = 0;
    int result = writer(file, user), error = errno;
    bool bad = ferror(file) != 0;
    if (!bad && fflush(file) != 0) {
        bad = true;
        error = errno;
    }
    if (!bad && fsync(number) != 0 && errno != EINVAL && errno != ENOTSUP) {
        bad = true;
        error = errno;
    }
    if (fclose(file) != 0 && !bad) {
        bad = true;
        error = errno;
    }
    return bad || result > 0 ? cannot_write(context, path, error) : result;
}

/* Add an output with its temporary file; follows a link. */
static int add_output(stp_outputs *o, const char *path, stp_output_kind kind, int *number)
{
    struct stp_output *all = realloc(o->all, (o->count + 1) * sizeof *all);
    if (!all)
        return stp_no_memory(o->context);
    o->all = all;
    struct stat is;
    bool link = lstat(path, &is) == 0 && S_ISLNK(is.st_mode);
    struct stp_output made = {link ? realpath(path, NULL) : stp_copy(path), NULL, kind};
    *number = made.path ? create_part(o, made.path, &made.part) : -1;
    if (*number < 0) {
        int status = !made.path && !link ? stp_no_memory(o->context)
                                         : cannot_write(o->context, path, errno);
        free(made.path);
        free(made.part);
        return status;
    }
    o->all[o->count++] = made;
    return STEPPE_OK;
}

static int write_special(stp_outputs *o, const char *path, stp_output_writer writer,
                         const void *user)
{
    int number = open(path, O_WRONLY | O_CLOEXEC);
    return number < 0 ? cannot_write(o->context, path, errno)
                      : write_into(o->context, number, path, false, writer, user);
}

/* Have two files the same first line (or b none)? */
static bool same_heading(const char *a, const char *b)
{
    char *heads = malloc((size_t)2 * (HEAD_SIZE + 1));
    if (!heads)
        return false;
    size_t sizes[2] = {read_head(a, heads), read_head(b, heads + HEAD_SIZE + 1)};
    size_t lengths[2] = {strcspn(heads, "\n"), strcspn(heads + HEAD_SIZE + 1, "\n")};
    bool same = sizes[1] == 0 || (sizes[0] > 0 && lengths[0] == lengths[1] &&
                                  memcmp(heads, heads + HEAD_SIZE + 1, lengths[0]) == 0);
    free(heads);
    return same;
}

int stp_outputs_write(stp_outputs *o, const char *path, stp_output_kind kind,
                      stp_output_writer writer, const void *user)
{
    int number = -1, status = stp_output_check(o->context, path, kind);
    if (status == STEPPE_OK && is_special(path))
        return write_special(o, path, writer, user);
    if (status == STEPPE_OK)
        status = add_output(o, path, kind, &number);
    if (status != STEPPE_OK || number < 0)
        return status;
    const struct stp_output *made = &o->all[o->count - 1];
    status = write_into(o->context, number, path, kind == STP_OUTPUT_SVG, writer, user);
    if (status == STEPPE_OK && kind == STP_OUTPUT_CSV && !o->context->replace &&
        access(made->path, F_OK) == 0 && !same_heading(made->part, made->path))
        status = refuse(o->context, path,
                        "exists, and is not the table that Steppe writes; choose "
                        "another folder, or use --force to replace it");
    return status;
}

int stp_outputs_reserve(stp_outputs *o, const char *path, stp_output_kind kind,
                        const char **part)
{
    int number = -1, status = stp_output_check(o->context, path, kind);
    if (status == STEPPE_OK && is_special(path))
        status = cannot_write(o->context, path, EEXIST);
    if (status == STEPPE_OK)
        status = add_output(o, path, kind, &number);
    if (status != STEPPE_OK || number < 0)
        return status;
    close(number);
    *part = o->all[o->count - 1].part;
    return STEPPE_OK;
}

const char *stp_outputs_last(const stp_outputs *o)
{
    return o->count ? o->all[o->count - 1].part : NULL;
}

/* Make the new names durable, where the file system can. */
static void sync_folder(const char *path)
{
    char *name = stp_copy(path), *slash = name ? strrchr(name, '/') : NULL;
    if (slash)
        slash[slash == name] = '\0';
    int folder = name ? open(slash ? name : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    free(name);
}

int stp_outputs_close(stp_outputs *o, int status)
{
    for (size_t i = 0; i < o->count; i++) {
        if (status == STEPPE_OK && rename(o->all[i].part, o->all[i].path) != 0)
            status = cannot_write(o->context, o->all[i].path, errno);
        if (status != STEPPE_OK)
            remove(o->all[i].part);
        else if (i + 1 == o->count)
            sync_folder(o->all[i].path);
    }
    for (size_t i = 0; i < o->count; i++) {
        free(o->all[i].path);
        free(o->all[i].part);
    }
    free(o->all);
    *o = (stp_outputs){.context = o->context};
    return status;
}

int stp_output_write(steppe_context *context, const char *path, stp_output_kind kind,
                     stp_output_writer writer, const void *user)
{
    stp_outputs one = {.context = context};
    return stp_outputs_close(&one, stp_outputs_write(&one, path, kind, writer, user));
}
