#include "report/svg/png.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_SAID = 300 };

/* What the program says, in one line; to its end, so that it never waits for a reader. */
static void listen_to(int end, char said[MAX_SAID])
{
    char part[512];
    size_t used = 0;
    ssize_t count;
    while ((count = read(end, part, sizeof part)) > 0 || (count < 0 && errno == EINTR))
        for (ssize_t i = 0; i < count && used + 1 < MAX_SAID; i++)
            said[used++] = (unsigned char)part[i] < ' ' ? ' ' : part[i];
    while (used > 0 && said[used - 1] == ' ')
        used--;
    said[used] = '\0';
}

/* Start it with nothing to read and its words going into a pipe. Returns 0 or an errno. */
static int start(const char *program, char *const arguments[], const int pipe_ends[2],
                 pid_t *process)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 2);
    if (error == 0)
        error = posix_spawn(process, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Run it to its end. Returns 0, an errno if it cannot be run, or -1 if it failed; *end: its wait status. */
static int run(const char *program, char *const arguments[], char said[MAX_SAID],
               int *end)
{
    int ends[2];
    pid_t process;
    said[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    int error = start(program, arguments, ends, &process);
    close(ends[1]);
    if (error == 0) {
        listen_to(ends[0], said);
        while (waitpid(process, end, 0) < 0)
            if (errno != EINTR) {
                error = errno;
                break;
            }
    }
    close(ends[0]);
    return error == 0 && !(WIFEXITED(*end) && WEXITSTATUS(*end) == 0) ? -1 : error;
}

static int failed(steppe_context *context, const char *png, const char *program,
                  int error, int end, const char *said)
{
    char how[64];
    if (error > 0)
        snprintf(how, sizeof how, "%s", strerror(error));
    else if (WIFSIGNALED(end))
        snprintf(how, sizeof how, "it was ended by signal %d", WTERMSIG(end));
    else
        snprintf(how, sizeof how, "it ended with status %d", WEXITSTATUS(end));
    return stp_fail(context, STEPPE_CANNOT_WRITE,
                    "%.600s: cannot be written by %.300s: %s%s%s", png, program, how,
                    *said ? ": " : "", said);
}

/* A chunk of text, "Software: Steppe", with its check sum. */
static const unsigned char MARK[] = "\0\0\0\x0ftEXtSoftware\0Steppe\x1d\xba\xe0\x8d";
enum { MARK_SIZE = sizeof MARK - 1, HEAD_SIZE = 33 };

/* Put the mark behind the head of a picture; what is no PNG stays as it is. Returns 0 or an errno. */
static int mark_png(const char *path)
{
    static const char MAGIC[] = "\x89PNG\r\n\x1a\n";
    stp_text bytes = {0};
    char part[65536];
    size_t count;
    FILE *file = fopen(path, "r+b");
    if (!file)
        return errno;
    while ((count = fread(part, 1, sizeof part, file)) > 0)
        stp_text_append(&bytes, part, count);
    errno = 0;
    bool bad = ferror(file) || bytes.failed;
    if (!bad && bytes.length > HEAD_SIZE && memcmp(bytes.data, MAGIC, 8) == 0) {
        bad = fseek(file, HEAD_SIZE, SEEK_SET) != 0 ||
              fwrite(MARK, 1, MARK_SIZE, file) != MARK_SIZE ||
              fwrite(bytes.data + HEAD_SIZE, 1, bytes.length - HEAD_SIZE, file) !=
                  bytes.length - HEAD_SIZE;
        bad = bad || fflush(file) != 0 || (fsync(fileno(file)) != 0 && errno != EINVAL);
    }
    int error = bad ? errno ? errno : EIO : 0;
    if (fclose(file) != 0 && !error)
        error = errno;
    stp_text_free(&bytes);
    return error;
}

int stp_png_write(steppe_context *context, const char *program, const char *svg,
                  const char *png, const char *called)
{
    char said[MAX_SAID] = "", zoom[] = "--zoom=2", end_of_options[] = "--";
    stp_text name = {0}, out = {0}, in = {0};
    int end = 0, status = STEPPE_OK;
    stp_text_add(&name, "%s", program);
    stp_text_add(&out, "--output=%s", png);
    stp_text_add(&in, "%s", svg);
    if (name.failed || out.failed || in.failed) {
        status = stp_no_memory(context);
    } else {
        char *const arguments[] = {name.data,      zoom,    out.data,
                                   end_of_options, in.data, NULL};
        int error = run(program, arguments, said, &end);
        if (error == 0)
            error = mark_png(png);
        if (error != 0)
            status = failed(context, called, program, error, end, said);
    }
    stp_text_free(&name);
    stp_text_free(&out);
    stp_text_free(&in);
    return status;
}
