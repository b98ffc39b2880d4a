/* The seat of power as a picture: each person stands where its camp is, from the rival's on the left to
 * the incumbent's on the right, as a disc whose area is its weight, with its offices below; ties are
 * lines between them. Heights mean nothing: the heaviest stand in the middle, and others as near to
 * it as there is room. Nothing is drawn at random, so the same seat is the same file. */
#include "report/charts/network.h"

#include "base/output.h"
#include "report/svg/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PERSONS = 64, OFFICES_SHOWN = 3 };

static const double WIDTH = 1100, LEFT = 110, RIGHT = 990, MARGIN = 28;
static const double NAME_SIZE = 12, OFFICE_SIZE = 10.5, LABEL_WIDTH = 156, LINE = 13;
static const double LEAST = 5, MOST = 34; /* radius */
/* Its paper is white in a dark page, too. */
static const stp_paint INK = {"on-paper", "#222"}, PALE = {"on-paper", "#666"};

typedef struct node {
    steppe_seat_person person;
    double x, y, radius;  /* of the disc */
    double width, height; /* of the box with its label, the disc at the top */
    double label_width, label_height;
    stp_label name;
    stp_label offices[OFFICES_SHOWN]; /* of those that it holds ... */
    int office_count;                 /* ... and how many there are */
    char more[32];                    /* "and 2 more offices" */
    const char *state;                /* "detained", "has changed sides"; "" */
} node;

typedef struct picture {
    FILE *file;
    const steppe_seat *seat;
    const char *title, *caption;
    steppe_seat_state state;
    node nodes[MAX_PERSONS];
    size_t order[MAX_PERSONS]; /* by weight */
    size_t count;
    double top, bottom; /* of the network */
} picture;

/* ---- where everybody stands ---- */

/* How many offices are shown; the last line may stand for several. */
static int shown(const node *n)
{
    return n->office_count < OFFICES_SHOWN ? n->office_count : OFFICES_SHOWN;
}

static void label(picture *p, node *n, int index)
{
    steppe_seat_office o;
    n->name = stp_label_fit(n->person.name, LABEL_WIDTH, 2, NAME_SIZE, 10.5);
    n->office_count = 0;
    for (size_t k = 0; steppe_seat_office_at(p->seat, k, &o) == STEPPE_OK; k++)
        if (o.holder == index && n->office_count++ < OFFICES_SHOWN)
            n->offices[n->office_count - 1] = stp_label_fit(o.name, LABEL_WIDTH, 2,
                                                            OFFICE_SIZE, 9.5);
    snprintf(n->more, sizeof n->more, "and %d more offices",
             n->office_count - OFFICES_SHOWN + 1);
    if (n->office_count > OFFICES_SHOWN)
        n->offices[OFFICES_SHOWN - 1] = stp_label_fit(n->more, LABEL_WIDTH, 1,
                                                      OFFICE_SIZE, 9.5);
    n->state = strcmp(n->person.place, "at large") != 0 ? n->person.place
               : n->person.defected                     ? "has changed sides"
                                                        : "";
    int lines = n->name.count + (*n->state != 0);
    n->label_width = fmax(n->name.width,
                          stp_label_width(n->state, strlen(n->state), OFFICE_SIZE));
    for (int k = 0; k < shown(n); k++) {
        lines += n->offices[k].count;
        n->label_width = fmax(n->label_width, n->offices[k].width);
    }
    n->label_height = LINE * lines + 4;
    n->width = fmax(2 * n->radius + 12, n->label_width) + 8;
    n->height = 2 * n->radius + n->label_height + 10;
}

static void measure(picture *p)
{
    double heaviest = 0;
    for (size_t i = 0;
         i < MAX_PERSONS &&
         steppe_seat_person_at(p->seat, i, &p->nodes[i].person) == STEPPE_OK;
         i++) {
        heaviest = fmax(heaviest, p->nodes[i].person.weight);
        p->order[p->count++] = i;
    }
    for (size_t i = 0; i < p->count; i++) {
        node *n = &p->nodes[i];
        double share = heaviest > 0 ? n->person.weight / heaviest : 0;
        n->radius = LEAST + (MOST - LEAST) * sqrt(share);
        label(p, n, (int)i);
        double position = n->person.defected ? 0 : n->person.position;
        n->x = LEFT + (RIGHT - LEFT) * position;
        n->x = fmin(fmax(n->x, MARGIN + n->width / 2), WIDTH - MARGIN - n->width / 2);
    }
}

/* The heavier first, then by the file: an insertion sort, for at most 64. */
static void sort(picture *p)
{
    for (size_t i = 1; i < p->count; i++)
        for (size_t k = i; k > 0 && p->nodes[p->order[k]].person.weight >
                                        p->nodes[p->order[k - 1]].person.weight;
             k--) {
            size_t held = p->order[k];
            p->order[k] = p->order[k - 1];
            p->order[k - 1] = held;
        }
}

static bool overlaps(const node *a, const node *b)
{
    double top_a = a->y - a->radius, top_b = b->y - b->radius;
    return fabs(a->x - b->x) < (a->width + b->width) / 2 && top_a < top_b + b->height &&
           top_b < top_a + a->height;
}

static bool is_free(const picture *p, size_t placed, const node *n)
{
    for (size_t k = 0; k < placed; k++)
        if (overlaps(n, &p->nodes[p->order[k]]))
            return false;
    return true;
}

/* Each as near to the middle as there is room, above or below. */
static void place(picture *p)
{
    p->top = p->bottom = 0;
    for (size_t k = 0; k < p->count; k++) {
        node *n = &p->nodes[p->order[k]];
        for (int away = 0; away < 4000; away++) {
            int rows = (away + 1) / 2;
            n->y = (away % 2 ? -6.0 : 6.0) * rows;
            if (is_free(p, k, n))
                break;
        }
        p->top = fmin(p->top, n->y - n->radius);
        p->bottom = fmax(p->bottom, n->y - n->radius + n->height);
    }
    const double from = 150; /* below the head */
    for (size_t i = 0; i < p->count; i++)
        p->nodes[i].y += from - p->top;
    p->bottom += from - p->top;
    p->top = from;
}

/* ---- drawing ---- */

/* From orange at the rival's end over grey to blue at the incumbent's: told apart by the
 * colour-blind. */
static void colour_of(double position, char colour[8])
{
    static const double ENDS[3][3] = {{213, 94, 0}, {205, 205, 205}, {0, 114, 178}};
    int from = position < 0.5 ? 0 : 1;
    double part = position * 2 - from;
    int rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = (int)(ENDS[from][i] + (ENDS[from + 1][i] - ENDS[from][i]) * part + 0.5);
    snprintf(colour, 8, "#%02x%02x%02x", (unsigned)rgb[0] & 0xff, (unsigned)rgb[1] & 0xff,
             (unsigned)rgb[2] & 0xff);
}

static const char *dashes(const char *kind)
{
    return strcmp(kind, "kin") == 0         ? ""
           : strcmp(kind, "patronage") == 0 ? " stroke-dasharray='7 4'"
                                            : " stroke-dasharray='1.5 3.5'";
}

static void draw_tie(const picture *p, const steppe_seat_tie *t)
{
    const node *a = &p->nodes[t->a], *b = &p->nodes[t->b];
    double dx = b->x - a->x, dy = b->y - a->y;
    fprintf(p->file,
            "<path d='M%.1f %.1fQ%.1f %.1f %.1f %.1f' stroke-width='%.1f'%s><title>",
            a->x, a->y, (a->x + b->x) / 2 - dy * 0.12, (a->y + b->y) / 2 + dx * 0.12,
            b->x, b->y, 0.8 + 2.2 * t->strength, dashes(t->kind));
    stp_label_write(p->file, t->kind, strlen(t->kind));
    fprintf(p->file, ", strength %.2f</title></path>\n", t->strength);
}

static void draw_ties(const picture *p)
{
    steppe_seat_tie t;
    fputs("<g fill='none' stroke='#777' stroke-opacity='0.55'>\n", p->file);
    for (size_t k = 0; steppe_seat_tie_at(p->seat, k, &t) == STEPPE_OK; k++)
        if (t.a < p->count && t.b < p->count)
            draw_tie(p, &t);
    fputs("</g>\n", p->file);
}

/* How insecure a person is, as the part of a ring around its disc. */
static void draw_ring(const picture *p, const node *n)
{
    const double TURN = 6.283185307179586;
    double z = fmin(n->person.insecurity, 0.999), r = n->radius + 3.5;
    if (z < 0.005)
        return;
    fprintf(
        p->file,
        "<path d='M%.1f %.1fA%.1f %.1f 0 %d 1 %.1f %.1f' fill='none' stroke='#cc79a7' "
        "stroke-width='4'/>\n",
        n->x, n->y - r, r, r, z > 0.5, n->x + r * sin(TURN * z),
        n->y - r * cos(TURN * z));
}

static void draw_disc(const picture *p, const node *n)
{
    char colour[8];
    bool away = strcmp(n->person.place, "at large") != 0;
    colour_of(n->person.defected ? 0 : n->person.position, colour);
    fprintf(p->file,
            "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s' stroke='%s' "
            "stroke-width='%s'%s><title>",
            n->x, n->y, n->radius, away ? "#fff" : colour,
            away                 ? PALE.colour
            : n->person.defected ? "#000"
                                 : colour,
            n->person.defected ? "2.5" : "1.2", away ? " stroke-dasharray='3 3'" : "");
    stp_label_write(p->file, n->person.name, strlen(n->person.name));
    fprintf(p->file, ": weight %.3f, position %.2f, insecurity %.2f</title></circle>\n",
            n->person.weight, n->person.position, n->person.insecurity);
}

/* On a sheet of their own, which hides the ties below. */
static void draw_labels(const picture *p, const node *n)
{
    const stp_paint paint = strcmp(n->person.place, "at large") != 0 ? PALE : INK;
    double y = n->y + n->radius + LINE + 3;
    fprintf(p->file,
            "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='#fff' "
            "fill-opacity='.85' rx='3'/>\n",
            n->x - n->label_width / 2 - 2, y - LINE + 2, n->label_width + 4,
            n->label_height);
    stp_svg_label(p->file, n->x, y, LINE, "middle", paint, &n->name);
    y += LINE * n->name.count;
    for (int k = 0; k < shown(n); k++) {
        stp_svg_label(p->file, n->x, y, LINE, "middle", PALE, &n->offices[k]);
        y += LINE * n->offices[k].count;
    }
    stp_svg_text(p->file, n->x, y, OFFICE_SIZE, "middle", PALE, n->state);
}

/* ---- around it ---- */

static void draw_strength(const picture *p)
{
    char words[120];
    const double y = 62, from = LEFT, width = RIGHT - LEFT;
    const steppe_seat_state *s = &p->state;
    snprintf(words, sizeof words, "strength of the incumbent %.3f; he falls below %.3f",
             s->strength, s->threshold);
    stp_svg_text(p->file, from, y - 6, 12, "start", INK, words);
    fprintf(p->file,
            "<rect x='%.1f' y='%.1f' width='%.1f' height='12' fill='#f3d9c6'/>\n"
            "<rect x='%.1f' y='%.1f' width='%.1f' height='12' fill='#0072b2'/>\n"
            "<path d='M%.1f %.1fv20' stroke='#000' stroke-width='2'/>\n",
            from, y, width, from, y, width * s->strength, from + width * s->threshold,
            y - 4);
}

static void draw_axis(const picture *p)
{
    const double y = 112;
    static const char *const ENDS[] = {"the rival's camp", "between",
                                       "the incumbent's camp"};
    fprintf(p->file, "<path d='M%.1f %.1fH%.1f' stroke='#999'/>\n", LEFT, y, RIGHT);
    for (int i = 0; i < 3; i++) {
        double x = LEFT + (RIGHT - LEFT) * i / 2;
        fprintf(p->file,
                "<path d='M%.1f %.1fv5' stroke='#999'/>"
                "<path d='M%.1f %.1fV%.1f' stroke='#eee'/>\n",
                x, y, x, y + 22, p->bottom);
        stp_svg_text(p->file, x, y - 5, 11, "middle", PALE, ENDS[i]);
    }
}

/* What lines, rings and discs mean; returns the height that it took. */
static double draw_legend(const picture *p, double y)
{
    static const char *const KINDS[] = {"kin", "patronage", "business"};
    double x = LEFT;
    for (int i = 0; i < 3; i++) {
        fprintf(p->file, "<path d='M%.1f %.1fh34' stroke='#777' stroke-width='2'%s/>\n",
                x, y - 4, dashes(KINDS[i]));
        stp_svg_text(p->file, x + 40, y, 11, "start", INK, KINDS[i]);
        x += 115;
    }
    static const char RING[] = "ring: how insecure",
                      HOLLOW[] = "hollow: detained or abroad", AREA[] = "area: weight";
    fprintf(p->file,
            "<path d='M%.1f %.1fa7 7 0 0 1 0 14' fill='none' stroke='#cc79a7' "
            "stroke-width='4'/>\n",
            x + 4, y - 11);
    stp_svg_text(p->file, x + 20, y, 11, "start", INK, RING);
    fprintf(p->file,
            "<circle cx='%.1f' cy='%.1f' r='6' fill='#fff' stroke='%s' "
            "stroke-dasharray='3 3'/>\n",
            x + 165, y - 4, PALE.colour);
    stp_svg_text(p->file, x + 177, y, 11, "start", INK, HOLLOW);
    fprintf(p->file, "<circle cx='%.1f' cy='%.1f' r='6' fill='#0072b2'/>\n", x + 372,
            y - 4);
    stp_svg_text(p->file, x + 384, y, 11, "start", INK, AREA);
    return 18;
}

/* A row for each foreign power. */
static double draw_powers(const picture *p, double y)
{
    steppe_seat_power power;
    char words[120];
    double from = y;
    for (size_t k = 0; steppe_seat_power_at(p->seat, k, &power) == STEPPE_OK; k++) {
        double x = LEFT + 470 * (double)(k % 2);
        stp_svg_fitted(p->file, x, y, 125, 12, "start", INK, power.name);
        fprintf(p->file,
                "<rect x='%.1f' y='%.1f' width='80' height='8' fill='#eee'/>"
                "<rect x='%.1f' y='%.1f' width='%.1f' height='8' fill='%s'/>\n",
                x + 132, y - 8, x + 132, y - 8, 80 * power.attention,
                power.stance < 0 ? "#d55e00" : "#0072b2");
        snprintf(words, sizeof words, "attention %.2f, stance %+.2f%s", power.attention,
                 power.stance,
                 power.granted ? ", sends troops"
                 : power.asked ? ", asked"
                               : "");
        stp_svg_text(p->file, x + 220, y, 11, "start", PALE, words);
        if (k % 2)
            y += 18;
    }
    if (steppe_seat_power_count(p->seat) % 2)
        y += 18;
    return y - from;
}

static int draw(FILE *file, const void *user)
{
    picture p = *(const picture *)user;
    p.file = file;
    stp_label caption = stp_label_fit(p.caption, RIGHT - LEFT, 2, 11, 8);
    size_t rows = (steppe_seat_power_count(p.seat) + 1) / 2;
    double height = p.bottom + 40 + 18 + 18 * (double)rows + 16 * caption.count + 20;
    stp_svg_open(file, WIDTH, height, p.title, "");
    fputs("<rect width='100%' height='100%' fill='#fff'/>\n", file);
    stp_svg_fitted(file, LEFT, 30, RIGHT - LEFT, 17, "start", INK, p.title);
    draw_strength(&p);
    draw_axis(&p);
    draw_ties(&p);
    for (size_t i = 0; i < p.count; i++) {
        draw_ring(&p, &p.nodes[i]);
        draw_disc(&p, &p.nodes[i]);
    }
    for (size_t i = 0; i < p.count; i++)
        draw_labels(&p, &p.nodes[i]);
    double y = p.bottom + 40;
    y += draw_legend(&p, y);
    y += draw_powers(&p, y + 6);
    stp_svg_label(file, LEFT, y + 14, 15, "start", PALE, &caption);
    fputs("</svg>\n", file);
    return ferror(file);
}

/* A picture laid out, to be freed; NULL if out of memory. */
static picture *lay_out(const steppe_seat *seat, const char *title, const char *caption)
{
    picture *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->seat = seat;
    p->title = title;
    p->caption = caption;
    steppe_seat_read(seat, &p->state);
    measure(p);
    sort(p);
    place(p);
    return p;
}

int stp_network_write(FILE *file, steppe_context *context, const steppe_seat *seat,
                      const char *title, const char *caption)
{
    picture *p = lay_out(seat, title, caption);
    if (!p)
        return stp_no_memory(context);
    int bad = draw(file, p);
    free(p);
    return bad ? stp_fail(context, STEPPE_CANNOT_WRITE, "a picture cannot be written")
               : STEPPE_OK;
}

int steppe_seat_write_picture(steppe_context *context, const steppe_seat *seat,
                              const char *title, const char *caption, const char *path)
{
    picture *p = lay_out(seat, title, caption);
    if (!p)
        return stp_no_memory(context);
    int status = stp_output_write(context, path, STP_OUTPUT_SVG, draw, p);
    free(p);
    return status;
}
