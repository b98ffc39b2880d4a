#include "report/png.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { SAID_MOST = 300 };

/* What the program says, in one line; to its end, so that it never waits for a reader. */
static void listen_to(int end, char said[SAID_MOST])
{
    char part[512];
    size_t used = 0;
    ssize_t count;
    while ((count = read(end, part, sizeof part)) > 0 || (count < 0 && errno == EINTR))
        for (ssize_t i = 0; i < count && used + 1 < SAID_MOST; i++)
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
static int run(const char *program, char *const arguments[], char said[SAID_MOST],
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

int stp_png_write(steppe_context *context, const char *program, const char *svg,
                  const char *png)
{
    char said[SAID_MOST] = "", zoom[] = "--zoom=2", end_of_options[] = "--";
    stp_text name = {0}, out = {0}, in = {0}, part = {0};
    int end = 0, status = STEPPE_OK;
    stp_text_add(&name, "%s", program);
    stp_text_add(&part, "%s.part", png);
    stp_text_add(&out, "--output=%s.part", png);
    stp_text_add(&in, "%s", svg);
    if (name.failed || part.failed || out.failed || in.failed) {
        status = stp_no_memory(context);
    } else {
        char *const arguments[] = {name.data,      zoom,    out.data,
                                   end_of_options, in.data, NULL};
        int error = run(program, arguments, said, &end);
        if (error == 0 && rename(part.data, png) != 0)
            error = errno;
        if (error != 0) {
            status = failed(context, png, program, error, end, said);
            remove(part.data);
        }
    }
    stp_text_free(&name);
    stp_text_free(&part);
    stp_text_free(&out);
    stp_text_free(&in);
    return status;
}
