/* Promise (report/charts/chart.h): whatever the numbers and names, the picture is
 * well-formed, nothing in it is drawn outside its frame, labels do not lie on each
 * other, and the same plot is the same bytes. */
#include "report/charts/chart.h"
#include "report/svg/axis.h"
#include "report/svg/label.h"
#include "report/svg/path.h"

#include "support.h"

#include <ctype.h>
#include <locale.h>

enum { MOST = 3000 };

static double X[MOST], Y[MOST], LOW[MOST], HIGH[MOST];

static stp_plot plot_named(const char *title)
{
    stp_plot plot = {.reference = NAN, .x_axis = "step", .y_axis = "active citizens"};
    snprintf(plot.title, sizeof plot.title, "%s", title);
    return plot;
}

static void add(stp_plot *plot, const char *name, stp_mark mark, size_t n, bool ranged)
{
    assert_int_equal(stp_plot_add(plot, name, mark, n, X, Y, ranged ? LOW : NULL,
                                  ranged ? HIGH : NULL),
                     0);
}

/* The picture of some plots, as text to be freed. Not inlined: GCC 12 would take the text for a
 * local variable of open_memstream. */
__attribute__((noinline)) static char *drawn(const stp_plot *plots, size_t count,
                                             size_t columns)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    assert_non_null(file);
    assert_int_equal(stp_chart_write(file, plots, count, columns), 0);
    fclose(file);
    assert_int_equal(strlen(text), size);
    return text;
}

static char *drawn_once(stp_plot *plot)
{
    char *text = drawn(plot, 1, 1);
    stp_plot_clear(plot);
    return text;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

/* ---- what XML asks for ---- */

/* Tags are balanced, attributes are in single quotes, each & begins an entity that we
 * write. */
static void check_well_formed(const char *text)
{
    char open[8][16];
    int depth = 0;
    for (const char *p = text; *p; p++) {
        if (*p == '&') {
            static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;",
                                                   "&#39;"};
            int found = 0;
            for (int i = 0; i < 5; i++)
                found += strncmp(p, entities[i], strlen(entities[i])) == 0;
            assert_int_equal(found, 1);
        }
        assert_true((unsigned char)*p >= ' ' || *p == '\n');
        if (*p != '<')
            continue;
        const char *end = strchr(p, '>');
        assert_non_null(end);
        for (const char *q = p + 1; q < end; q++)
            assert_true(*q != '<' && *q != '"');
        char name[16] = "";
        sscanf(p + 1, "%15[/a-z]", name);
        if (name[0] == '/') {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name + 1);
        } else if (end[-1] != '/') {
            assert_true(depth < 8);
            strcpy(open[depth++], name);
        }
        p = end;
    }
    assert_int_equal(depth, 0);
    assert_memory_equal(text, "<svg xmlns='http://www.w3.org/2000/svg' ", 40);
}

static void names_are_escaped(void **state)
{
    (void)state;
    static const char nasty[] = "<b>&amp; \"it's\" \x01\xff]]>";
    stp_plot plot = {.reference = 0.5};
    for (int i = 0; i < 10; i++)
        X[i] = Y[i] = i / 10.0;
    snprintf(plot.title, sizeof plot.title, "%s", nasty);
    snprintf(plot.x_axis, sizeof plot.x_axis, "%s", nasty);
    snprintf(plot.y_axis, sizeof plot.y_axis, "%s", nasty);
    snprintf(plot.reference_name, sizeof plot.reference_name, "%s", nasty);
    add(&plot, nasty, STP_MARK_LINE, 10, false);
    char *text = drawn_once(&plot);
    check_well_formed(text);
    assert_int_equal(count_of(text, "&lt;b&gt;&amp;amp; &quot;it&#39;s&quot; "
                                    "\xef\xbf\xbd\xef\xbf\xbd]]&gt;<"),
                     5);
    free(text);
}

/* What an encoder may not write, and a character cut off by the end. */
static void what_is_no_character_is_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"\xe2\x88\x92\xf0\x9f\x98\x80", "\xe2\x88\x92\xf0\x9f\x98\x80"},
        {"caf\xc3", "caf\xef\xbf\xbd"},
        {"\xe2\x88", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* surrogate */
        {"\xef\xbf\xbe", "\xef\xbf\xbd"}, /* U+FFFE: one letter, of no meaning */
        {"a\tb", "a\tb"},                 /* XML has tabs */
        {"a\x01"
         "b",
         "a\xef\xbf\xbd"
         "b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *file = open_memstream(&text, &size);
        stp_label_write(file, cases[i].text, strlen(cases[i].text));
        fclose(file);
        assert_string_equal(text, cases[i].written);
        free(text);
    }
}

/* ---- geometry ---- */

typedef struct box {
    double left, right, top, bottom;
} box;

static void stretch(box *b, double x, double y)
{
    b->left = fmin(b->left, x);
    b->right = fmax(b->right, x);
    b->top = fmin(b->top, y);
    b->bottom = fmax(b->bottom, y);
}

/* What a path covers. d: its data, up to the quote. moves, lines: how many, if not
 * NULL. */
static box path_box(const char *d, int *moves, int *lines)
{
    box b = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    double x = 0, y = 0;
    char command = 0;
    while (*d != '\'') {
        char *end;
        if (isalpha((unsigned char)*d))
            command = *d++;
        if (command == 'z')
            continue;
        double first = strtod(d, &end);
        assert_ptr_not_equal(end, d);
        d = end;
        if (command == 'M' || command == 'l') {
            double second = strtod(d, &end);
            assert_ptr_not_equal(end, d);
            d = end;
            x = command == 'M' ? first : x + first;
            y = command == 'M' ? second : y + second;
        } else if (command == 'h') {
            x += first;
        } else if (command == 'v') {
            y += first;
        } else {
            assert_int_equal(command, 'V');
            y = first;
        }
        if (moves)
            *moves += command == 'M';
        if (lines)
            *lines += command != 'M';
        stretch(&b, x, y);
        d += *d == ' ';
    }
    return b;
}

static const char *data_of(const char *path)
{
    const char *d = strstr(path, " d='");
    assert_non_null(d);
    return d + 4;
}

/* The frame of the first panel: its grid, whose outermost lines are at the ends. */
static box frame_of(const char *text)
{
    const char *grid = strstr(text, "<path stroke='#e4e4e4'");
    assert_non_null(grid);
    return path_box(data_of(grid), NULL, NULL);
}

/* All paths behind the axes, which are the curves, are within the frame (markers:
 * their radius beyond). One panel. */
static void check_inside(const char *text)
{
    box frame = frame_of(text);
    const char *axis = strstr(text, "stroke='#666' d='");
    assert_non_null(axis);
    for (const char *path = strstr(axis, "<path"); path;
         path = strstr(path + 1, "<path")) {
        box b = path_box(data_of(path), NULL, NULL);
        if (b.left > b.right)
            continue;
        assert_true(b.left >= frame.left - 4.1 && b.right <= frame.right + 4.1);
        assert_true(b.top >= frame.top - 4.1 && b.bottom <= frame.bottom + 4.1);
        const char *line = strstr(path, "stroke-linejoin");
        if (line && line < data_of(path))
            assert_true(b.left >= frame.left - 0.01 && b.right <= frame.right + 0.01 &&
                        b.top >= frame.top - 0.01 && b.bottom <= frame.bottom + 0.01);
    }
}

static double any_number(uint64_t *random)
{
    static const double odd[] = {0,     -0.0,   NAN,    INFINITY, -INFINITY,
                                 1e308, -1e308, 5e-324, 1};
    switch (any_below(random, 12)) {
    case 0: return odd[any_below(random, 9)];
    case 1: return any_between(random, -1, 1) * pow(10, any_between(random, -300, 300));
    default: return any_between(random, -10, 100);
    }
}

/* Any plots: four curves at most, of any numbers, sorted or not. */
static void any_plot_is_drawn_in_its_frame(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int round = 0; round < 400; round++) {
        stp_plot plot = plot_named("any");
        plot.reference = any_number(&random);
        bool wild = round % 2;
        int curves = (int)any_below(&random, STP_MAX_CURVES + 1);
        for (int k = 0; k < curves; k++) {
            size_t n = any_below(&random, 40);
            for (size_t i = 0; i < n; i++) {
                X[i] = wild ? any_number(&random) : (double)i;
                Y[i] = wild ? any_number(&random) : any_between(&random, -5, 9);
                LOW[i] = wild ? any_number(&random) : Y[i] - 1;
                HIGH[i] = wild ? any_number(&random) : Y[i] + 1;
            }
            add(&plot, "curve", (stp_mark)any_below(&random, 3), n,
                any_below(&random, 2));
        }
        char *text = drawn_once(&plot);
        check_well_formed(text);
        check_inside(text);
        free(text);
    }
}

/* ---- ticks ---- */

/* Labels in Helvetica: a digit has 0.556 of the size, and nothing here is wider than
 * 0.84. */
static double least_width(const char *label, double size)
{
    double width = 0;
    for (const char *p = label; *p; p++)
        if (((unsigned char)*p & 0xc0) != 0x80)
            width += isdigit((unsigned char)*p)  ? 0.556
                     : strchr(",.", *p)          ? 0.278
                     : (unsigned char)*p == 0xe2 ? 0.584 /* minus, superscripts */
                                                 : 0.84;
    return width * size;
}

static void check_ticks(const stp_axis *axis, double length, double size, bool upwards)
{
    char label[STP_AXIS_TEXT], before[STP_AXIS_TEXT] = "";
    double end = -INFINITY;
    for (int64_t k = axis->first; k <= axis->last; k++) {
        double at = (stp_axis_tick(axis, k) - axis->low) / (axis->high - axis->low) *
                    length;
        double half = size / 2;
        assert_true(at >= -1e-6 * length && at <= (1 + 1e-6) * length);
        assert_string_not_equal(stp_axis_label(axis, k, label), before);
        if (!upwards)
            half = least_width(label, size) / 2;
        assert_true(at - half >= end + size / 2);
        end = at + half;
        strcpy(before, label);
    }
}

static void tick_labels_have_room(void **state)
{
    (void)state;
    uint64_t random = 2;
    for (int round = 0; round < 20000; round++) {
        double low = any_between(&random, -1, 1) * pow(10, any_between(&random, -12, 20));
        double range = pow(10, any_between(&random, -12, 20));
        double length = any_between(&random, 100, 700), size = 11;
        stp_axis x = stp_axis_across(low, low + range, length, size);
        stp_axis y = stp_axis_upwards(low, low + range, length, size);
        assert_true(x.low <= low && x.high >= low + range && x.low < x.high);
        check_ticks(&x, length, size, false);
        check_ticks(&y, length, size, true);
        assert_true(y.first < y.last);
        assert_true(y.low <= low + 1e-5 * range && y.high >= low + range * (1 - 1e-5));
        assert_same(stp_axis_tick(&y, y.first), y.low);
        assert_same(stp_axis_tick(&y, y.last), y.high);
    }
}

/* In the picture itself: the labels under an axis, as they stand in the file. */
static void labels_in_the_picture_have_room(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int round = 0; round < 300; round++) {
        stp_plot plots[4];
        double scale = pow(10, any_between(&random, -8, 12));
        for (int k = 0; k < 4; k++) {
            plots[k] = plot_named("any");
            for (int i = 0; i < 20; i++) {
                X[i] = (i + k * any_between(&random, 0, 100)) * scale;
                Y[i] = any_between(&random, -1, 3) * scale;
            }
            add(&plots[k], "", STP_MARK_LINE, 20, false);
        }
        char *text = drawn(plots, 4, 1 + any_below(&random, 6));
        for (const char *group = strstr(text, "<g text-anchor='middle'"); group;
             group = strstr(group + 1, "<g text-anchor='middle'")) {
            double end = 0;
            const char *close = strstr(group, "</g>");
            const char *at = strstr(group, "<text x='");
            for (; at && at < close; at = strstr(at + 1, "<text x='")) {
                char label[STP_AXIS_TEXT] = "";
                assert_int_equal(sscanf(strchr(at, '>'), ">%47[^<]", label), 1);
                double half = least_width(label, 11) / 2, x = strtod(at + 9, NULL);
                assert_true(x - half >= end);
                end = x + half + 4;
            }
        }
        free(text);
        for (int k = 0; k < 4; k++)
            stp_plot_clear(&plots[k]);
    }
}

static void labels_are_plain_numbers(void **state)
{
    (void)state;
    static const struct {
        stp_axis axis;
        int64_t k;
        const char *label;
    } cases[] = {
        {{.mantissa = 5, .exponent = -1}, 0, "0"},
        {{.mantissa = 5, .exponent = -1}, 2, "1.0"},
        {{.mantissa = 5, .exponent = -2}, 1, "0.05"},
        {{.mantissa = 2, .exponent = 2}, 5, "1,000"},
        {{.mantissa = 2, .exponent = 2}, -5000, "\u22121,000,000"},
        {{.mantissa = 5, .exponent = 5, .shift = 6}, 5, "2.5M"},
        {{.mantissa = 2, .exponent = 9, .shift = 9}, 60, "120bn"},
        {{.mantissa = 1, .exponent = -4}, 10000000005, "1,000,000.0005"},
        {{.mantissa = 2, .exponent = -7, .shift = -7}, 1, "2\u00d710\u207b\u2077"},
        {{.mantissa = 5, .exponent = 19, .shift = 20},
         -3,
         "\u22121.5\u00d710\u00b2\u2070"},
    };
    char label[STP_AXIS_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(stp_axis_label(&cases[i].axis, cases[i].k, label),
                            cases[i].label);
}

static void axes_are_round(void **state)
{
    (void)state;
    stp_axis y = stp_axis_upwards(120, 1010, 200, 11);
    assert_same(y.low, 0);
    assert_same(y.high, 1200);
    y = stp_axis_upwards(900, 1000, 200, 11); /* zero is not near */
    assert_same(y.low, 900);
    stp_axis x = stp_axis_across(0, 2999, 600, 11); /* 3000 is */
    assert_same(x.high, 3000);
    static const double constants[] = {5, 0, -3e20, 1e300, 7e-281};
    for (int i = 0; i < 5; i++) {
        double c = constants[i];
        y = stp_axis_upwards(c, c, 200, 11);
        assert_true(y.low <= c && y.high >= c && y.last - y.first >= 1);
        x = stp_axis_across(c, c, 200, 11);
        assert_true(x.low <= c && x.high >= c && x.low < x.high);
    }
    y = stp_axis_upwards(INFINITY, -INFINITY, 200, 11); /* no numbers */
    assert_same(y.low, 0);
    assert_same(y.high, 1);
}

/* An axis of factors: the same factor is the same distance, ticks are 1, 2, 5 or powers of ten that
 * have room, and low is never below 0. */
static void factors_are_distances(void **state)
{
    (void)state;
    char label[STP_AXIS_TEXT];
    stp_axis axis = stp_axis_across_by_factors(50, 1000, 350, 11);
    static const char *const labels[] = {"50", "100", "200", "500", "1,000"};
    assert_int_equal(axis.last - axis.first, 4);
    for (int i = 0; i < 5; i++)
        assert_string_equal(stp_axis_label(&axis, axis.first + i, label), labels[i]);
    assert_near(stp_axis_place(&axis, 100) - stp_axis_place(&axis, 50),
                stp_axis_place(&axis, 1000) - stp_axis_place(&axis, 500), 1e-12);
    assert_same(stp_axis_place(&axis, 50), 0);
    assert_same(stp_axis_place(&axis, 1e6), 1);
    assert_same(stp_axis_place(&axis, 0), 0);
    axis = stp_axis_across_by_factors(0.02, 3, 350, 11);
    assert_string_equal(stp_axis_label(&axis, axis.first, label), "0.02");
    for (double most = 1.5; most < 1e12; most *= 7.3) {
        axis = stp_axis_across_by_factors(1, most, 190, 11);
        double before = -1e9, width = stp_axis_label_width(&axis, 11);
        for (int64_t k = axis.first; k <= axis.last; k++) {
            double at = 190 * stp_axis_place(&axis, stp_axis_tick(&axis, k));
            assert_true(at - before >= width);
            before = at;
        }
    }
    axis = stp_axis_across_by_factors(-1, 10, 350, 11);
    assert_same(axis.low, 1);
    axis = stp_axis_across_by_factors(7, 7, 350, 11);
    assert_true(axis.low < 7 && 7 < axis.high);
}

/* ---- curves ---- */

static void a_gap_breaks_the_line(void **state)
{
    (void)state;
    for (int mark = STP_MARK_LINE; mark <= STP_MARK_STEPS; mark++) {
        stp_plot plot = plot_named("gaps");
        for (int i = 0; i < 100; i++) {
            X[i] = i;
            Y[i] = (i >= 20 && i < 30) || (i > 50 && i != 60 && i < 70) ? NAN : i % 3;
            LOW[i] = Y[i] - 1;
            HIGH[i] = i == 10 ? NAN : Y[i] + 1;
        }
        add(&plot, "", (stp_mark)mark, 100, true);
        char *text = drawn_once(&plot);
        int moves = 0;
        path_box(data_of(strstr(text, "<path fill='none' stroke='#0072b2'")), &moves,
                 NULL);
        assert_int_equal(moves, 4); /* 0-19, 30-50, the point 60, 70-99 */
        moves = 0;
        path_box(data_of(strstr(text, "<path fill='#0072b2'")), &moves, NULL);
        assert_int_equal(moves, 5); /* and a gap at 10 */
        free(text);
    }
}

/* 3,000 steps on 620 pixels: at most four points a pixel, and the highest spike of
 * each is kept. */
static void long_series_stay_small(void **state)
{
    (void)state;
    uint64_t random = 4;
    stp_plot plot = plot_named("spikes");
    for (int i = 0; i < MOST; i++) {
        X[i] = i;
        Y[i] = any_below(&random, 50) ? 0 : any_below(&random, 900);
    }
    Y[1777] = 1000;
    add(&plot, "", STP_MARK_LINE, MOST, false);
    char *text = drawn_once(&plot);
    int moves = 0, lines = 0;
    box b = path_box(data_of(strstr(text, "stroke='#0072b2'")), &moves, &lines),
        frame = frame_of(text);
    assert_int_equal(moves, 1);
    assert_true(lines < 300); /* 60 spikes; what is flat between them is one line */
    assert_near(b.top, frame.top, 0.01);
    assert_near(b.bottom, frame.bottom, 0.01);
    assert_near(b.left, frame.left, 0.01);
    assert_true(strlen(text) < 6000);
    free(text);
    for (int i = 0; i < MOST; i++)
        Y[i] = any_between(&random, 0, 1);
    plot = plot_named("noise");
    add(&plot, "", STP_MARK_LINE, MOST, false);
    text = drawn_once(&plot);
    lines = 0;
    path_box(data_of(strstr(text, "stroke='#0072b2'")), NULL, &lines);
    assert_true(lines <= 4 * 621);
    free(text);
}

/* One spike up and one down in a column of pixels, in either order: both are kept. */
static void spikes_are_kept(void **state)
{
    (void)state;
    for (int at = 1500; at < 1530; at++) {
        for (int i = 0; i < MOST; i++) {
            X[i] = i;
            Y[i] = 0.5;
        }
        Y[at] = at % 2;
        Y[at + 1] = (at + 1) % 2;
        stp_plot plot = plot_named("spikes");
        add(&plot, "", STP_MARK_LINE, MOST, false);
        char *text = drawn_once(&plot);
        box b = path_box(data_of(strstr(text, "stroke='#0072b2'")), NULL, NULL),
            frame = frame_of(text);
        assert_near(b.top, frame.top, 0.01);
        assert_near(b.bottom, frame.bottom, 0.01);
        free(text);
    }
}

/* A legend if there is something to tell apart, and the name of the reference with it. */
static void legend_names_what_is_there(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        X[i] = Y[i] = i;
    stp_plot plot = plot_named("one");
    add(&plot, "first", STP_MARK_LINE, 10, false);
    char *text = drawn(&plot, 1, 1);
    assert_int_equal(count_of(text, ">first<"), 0);
    free(text);
    plot.reference = 4;
    strcpy(plot.reference_name, "published");
    add(&plot, "second", STP_MARK_POINTS, 10, false);
    text = drawn_once(&plot);
    assert_int_equal(count_of(text, ">first<"), 1);
    assert_int_equal(count_of(text, ">second<"), 1);
    assert_int_equal(count_of(text, ">published<"), 1);
    free(text);
}

static void long_names_are_broken_and_shrunk(void **state)
{
    (void)state;
    stp_label label = stp_label_fit("one two three four", 60, 2, 11, 8);
    assert_int_equal(label.count, 2);
    assert_int_equal(label.lengths[0], strlen("one two"));
    assert_true(label.width <= 60);
    label = stp_label_fit("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", 60, 2, 11, 8);
    assert_int_equal(label.count, 1);
    assert_same(label.size, 8);
    assert_same(label.squeezed[0], 60);
    assert_same(label.width, 60);
    assert_int_equal(stp_label_fit("", 60, 2, 11, 8).count, 0);
}

/* ---- files ---- */

static void same_plot_same_bytes(void **state)
{
    (void)state;
    stp_plot plots[5];
    for (int k = 0; k < 5; k++) {
        plots[k] = plot_named("a panel");
        for (int i = 0; i < 100; i++) {
            X[i] = i * 0.37;
            Y[i] = i * 1e5 / (k + 1) + 0.5;
        }
        add(&plots[k], "", (stp_mark)(k % 3), (size_t)k * 25, false);
    }
    char *once = drawn(plots, 5, 2);
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is installed: "0,5" */
    char *twice = drawn(plots, 5, 2);
    setlocale(LC_ALL, "C");
    assert_string_equal(once, twice);
    check_well_formed(once);
    assert_int_equal(count_of(once, ">a panel<"), 5);
    assert_int_equal(count_of(once, ">no data<"), 1);
    free(once);
    free(twice);
    for (int k = 0; k < 5; k++)
        stp_plot_clear(&plots[k]);
}

static void errors_are_reported(void **state)
{
    (void)state;
    for (int buffered = 0; buffered < 2; buffered++) {
        FILE *file = fopen("/dev/full", "w");
        if (!file)
            skip();
        if (!buffered)
            setvbuf(file, NULL, _IONBF, 0);
        stp_plot plot = plot_named("nowhere");
        assert_int_equal(stp_chart_write(file, &plot, 1, 1), -1);
        fclose(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(what_is_no_character_is_replaced),
        cmocka_unit_test(any_plot_is_drawn_in_its_frame),
        cmocka_unit_test(tick_labels_have_room),
        cmocka_unit_test(labels_in_the_picture_have_room),
        cmocka_unit_test(labels_are_plain_numbers),
        cmocka_unit_test(axes_are_round),
        cmocka_unit_test(a_gap_breaks_the_line),
        cmocka_unit_test(long_series_stay_small),
        cmocka_unit_test(spikes_are_kept),
        cmocka_unit_test(legend_names_what_is_there),
        cmocka_unit_test(long_names_are_broken_and_shrunk),
        cmocka_unit_test(same_plot_same_bytes),
        cmocka_unit_test(factors_are_distances),
        cmocka_unit_test(errors_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
