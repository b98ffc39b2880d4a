#include "report/svg/path.h"

#include <stdlib.h>

void stp_tenths_write(FILE *file, long tenths)
{
    long whole = labs(tenths) / 10, rest = labs(tenths) % 10;
    if (tenths < 0)
        fputc('-', file);
    if (whole != 0 || rest == 0)
        fprintf(file, "%ld", whole);
    if (rest != 0)
        fprintf(file, ".%ld", rest);
}

static bool same(stp_spot a, stp_spot b)
{
    return a.x == b.x && a.y == b.y;
}

/* Is b on the straight way from a to c? */
static bool between(stp_spot a, stp_spot b, stp_spot c)
{
    long ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
    return ux * vy == uy * vx && ux * vx + uy * vy >= 0;
}

static void write_command(stp_path *path, char command)
{
    if (path->command != command)
        fputc(command, path->file);
    path->command = command;
}

static void write_line(stp_path *path, stp_spot to)
{
    long dx = to.x - path->at.x, dy = to.y - path->at.y;
    bool more = path->command == (dy == 0 ? 'h' : dx == 0 ? 'v' : 'l');
    write_command(path, dy == 0 ? 'h' : dx == 0 ? 'v' : 'l');
    if (more && (dx == 0 ? dy : dx) > 0)
        fputc(' ', path->file);
    if (dx != 0)
        stp_tenths_write(path->file, dx);
    if (dx != 0 && dy > 0)
        fputc(' ', path->file);
    if (dy != 0)
        stp_tenths_write(path->file, dy);
    path->at = to;
    path->lined = true;
}

static void write_move(stp_path *path, stp_spot to)
{
    fputc('M', path->file);
    stp_tenths_write(path->file, to.x);
    fputc(' ', path->file);
    stp_tenths_write(path->file, to.y);
    path->command = 'M';
    path->at = to;
    path->down = true;
}

/* Write what stands out, a point later. */
static void go(stp_path *path, stp_spot to)
{
    if (!path->down) {
        write_move(path, to);
    } else if (!path->ahead) {
        path->ahead = !same(path->at, to);
        path->next = to;
    } else if (!same(path->next, to)) {
        if (!between(path->at, path->next, to))
            write_line(path, path->next);
        path->next = to;
    }
}

/* Done with a column of pixels. */
static void leave_column(stp_path *path)
{
    if (path->seen > 0)
        go(path, path->first);
    if (path->seen > 2) {
        go(path, path->top_first ? path->top : path->bottom);
        go(path, path->top_first ? path->bottom : path->top);
    }
    if (path->seen > 1)
        go(path, path->last);
    path->seen = 0;
}

void stp_path_to(stp_path *path, stp_spot spot)
{
    if (path->seen > 0 && spot.x / 10 != path->first.x / 10)
        leave_column(path);
    if (path->seen++ == 0)
        path->first = path->top = path->bottom = spot;
    if (spot.y < path->top.y) {
        path->top = spot;
        path->top_first = false;
    }
    if (spot.y > path->bottom.y) {
        path->bottom = spot;
        path->top_first = true;
    }
    path->last = spot;
}

static void finish(stp_path *path)
{
    leave_column(path);
    if (path->ahead)
        write_line(path, path->next);
    path->ahead = false;
}

void stp_path_lift(stp_path *path)
{
    finish(path);
    if (path->down && !path->lined)
        fputs("h0", path->file); /* a dot */
    path->down = path->lined = false;
}

void stp_path_close(stp_path *path)
{
    finish(path);
    if (path->down)
        fputc('z', path->file);
    path->down = path->lined = false;
    path->command = 'z';
}
