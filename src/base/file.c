#include "base/file.h"

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(steppe_context *context, const char *path, mode_t mode, int status)
{
    if (S_ISDIR(mode))
        return stp_fail(context, status, "%.800s: is a folder; expected a regular file",
                        path);
    return stp_fail(context, status, "%.800s: not a regular file (%s)", path,
                    S_ISFIFO(mode)                   ? "a pipe"
                    : S_ISSOCK(mode)                 ? "a socket"
                    : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                                     : "something else");
}

int stp_file_check(steppe_context *context, const char *path, int status)
{
    struct stat facts;
    if (stat(path, &facts) != 0 || S_ISREG(facts.st_mode))
        return STEPPE_OK;
    return refuse(context, path, facts.st_mode, status);
}

int stp_file_open(steppe_context *context, const char *path, FILE **file)
{
    struct stat facts;
    *file = NULL;
    /* Without O_NONBLOCK, opening a pipe waits for a writer. */
    int number = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (number < 0)
        return stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be opened: %s", path,
                        strerror(errno));
    int status = STEPPE_OK;
    if (fstat(number, &facts) != 0)
        status = stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be read: %s", path,
                          strerror(errno));
    else if (!S_ISREG(facts.st_mode))
        status = refuse(context, path, facts.st_mode, STEPPE_CANNOT_READ);
    if (status == STEPPE_OK && !(*file = fdopen(number, "rb")))
        status = stp_no_memory(context);
    if (*file)
        stp_note_read(context, path);
    else
        close(number);
    return status;
}
