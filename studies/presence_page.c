#include "presence_study.h"

#include "report/charts/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 4 };

static const stp_outcome DRAWN[SHOWN] = {STP_OUTCOME_CITIZEN_HOURS, STP_OUTCOME_PEAK,
                                         STP_OUTCOME_ARRESTS, STP_OUTCOME_DETAINED};

/* "12345", "0.1234" or "-" */
static const char *number(double value, char buffer[32])
{
    if (isnan(value))
        snprintf(buffer, 32, "-");
    else if (isinf(value))
        snprintf(buffer, 32, "no bound");
    else if (fabs(value) >= 1000 && fabs(value) < 1e9)
        snprintf(buffer, 32, "%.0f", value);
    else
        snprintf(buffer, 32, "%.4g", value);
    return buffer;
}

/* "1.02 (0.98 to 1.06)" or "-" */
static void write_interval(FILE *file, const stp_interval *i)
{
    char a[32], b[32], c[32];
    if (isnan(i->estimate) || isnan(i->low) || isnan(i->high))
        fputs(number(i->estimate, a), file);
    else
        fprintf(file, "%s (%s to %s)", number(i->estimate, a), number(i->low, b),
                number(i->high, c));
}

static bool is_compared(const presence_outcome *o)
{
    return o->verdict > PRESENCE_ALIKE;
}

/* ---- the finding ---- */

/* Outcomes by verdict. */
typedef struct tally {
    size_t of[PRESENCE_DIFFERS + 1], tested;
    double
        furthest_end; /* of the intervals of the ratios, from 1; infinite if one has none */
    /* The one whose ratio lies furthest from 1. */
    const presence_outcome *furthest;
    int furthest_case, furthest_outcome;
} tally;

static double distance(const presence_outcome *o)
{
    return o ? fabs(log(o->ratio.estimate)) : -1;
}

static tally count_verdicts(const presence_study *study)
{
    tally t = {.furthest = NULL};
    for (int c = 0; c < PRESENCE_CASES; c++)
        for (int i = 0; i < STP_OUTCOME_COUNT && study->results[c].asked; i++) {
            const presence_outcome *o = &study->results[c].outcomes[i];
            t.of[o->verdict]++;
            if (o->verdict <= PRESENCE_FEW)
                continue;
            t.tested++;
            double end = fmax(1 - o->ratio.low, o->ratio.high - 1);
            t.furthest_end = isnan(end) ? INFINITY : fmax(t.furthest_end, end);
            if (distance(o) > distance(t.furthest)) {
                t.furthest = o;
                t.furthest_case = c;
                t.furthest_outcome = i;
            }
        }
    return t;
}

static void name_outcome(FILE *file, int c, int i, const presence_outcome *o)
{
    fprintf(file, "%s in %s (home over street ", STP_OUTCOMES[i].name,
            PRESENCE_ALL[c].head);
    char a[32], b[32], d[32];
    fprintf(file, "%s; 95 %%: %s to %s)", number(o->ratio.estimate, a),
            number(o->ratio.low, b), number(o->ratio.high, d));
}

static void write_differences(FILE *file, const presence_study *study)
{
    const char *before = "They are: ";
    for (int c = 0; c < PRESENCE_CASES; c++)
        for (int i = 0; i < STP_OUTCOME_COUNT && study->results[c].asked; i++) {
            const presence_outcome *o = &study->results[c].outcomes[i];
            if (o->verdict != PRESENCE_DIFFERS)
                continue;
            fputs(before, file);
            name_outcome(file, c, i, o);
            before = "; ";
        }
    fputs(".\n", file);
}

static void write_finding(FILE *file, const presence_study *study)
{
    const tally t = count_verdicts(study);
    size_t differ = t.of[PRESENCE_DIFFERS];
    if (t.tested == 0) {
        fprintf(file, "**No result yet:** no case has been run with %d seeds.\n",
                PRESENCE_FEWEST);
        return;
    }
    if (differ == 0)
        fprintf(file,
                "**No difference between `home` and `street` is found in any of %zu "
                "outcomes.**\n",
                t.tested);
    else
        fprintf(file, "**%zu of %zu outcomes differ between `home` and `street`.**\n",
                differ, t.tested);
    if (differ)
        write_differences(file, study);
    if (t.furthest) {
        fputs("The largest difference of means is that of ", file);
        name_outcome(file, t.furthest_case, t.furthest_outcome, t.furthest);
        fputs(".\n", file);
    }
    if (isfinite(t.furthest_end))
        fprintf(file,
                "By the 95 %% intervals no mean of `home` differs from that of `street` "
                "by more "
                "than %.1f %%.\n",
                100 * t.furthest_end);
    fprintf(file,
            "Of the others, %zu are equivalent within %g %%; %zu are "
            "undecided: their runs vary too much\nfor so many seeds.\n",
            t.of[PRESENCE_WITHIN], 100 * PRESENCE_MARGIN, t.of[PRESENCE_UNDECIDED]);
}

static void write_why(FILE *file)
{
    fputs("\nWhy there could be a difference: with `street`, most cells are occupied by "
          "people who do nothing, and whoever\nmoves chooses among the few free cells in "
          "sight; with `home` nearly all cells are free. No other rule depends on\n"
          "crowding. Whoever comes out is placed anywhere in the district, not where it "
          "was before. Sight is the same: a quiet\ncitizen does not count in what others "
          "see, and one at home would not act in any case. Whoever's grievance has "
          "fallen\ngoes home at its next activation, and can be arrested until then, as "
          "on the street. The separate effects of these\nwere not tested.\n",
          file);
}

/* Cases and seeds that are missing. */
static void write_missing(FILE *file, const presence_study *study)
{
    const char *before = "\nCompared: ";
    for (int c = 0; c < PRESENCE_CASES; c++)
        if (study->results[c].asked && study->results[c].pairs) {
            fprintf(file, "%s%s (%zu seeds)", before, PRESENCE_ALL[c].head,
                    study->results[c].pairs);
            before = "; ";
        }
    fputs(before[0] == ';' ? ".\n" : "", file);
    before = "\n";
    for (int c = 0; c < PRESENCE_CASES; c++) {
        const presence_result *r = &study->results[c];
        const struct presence_case *of = &PRESENCE_ALL[c];
        if (!r->asked ||
            r->pairs >= (r->seeds > PRESENCE_FEWEST ? r->seeds : PRESENCE_FEWEST))
            continue;
        fputs(before, file);
        before = "";
        if (r->pairs == 0 && r->there[0] + r->there[1])
            fprintf(
                file,
                "- **%s has not been run in both arms**: %zu seeds by `street`, %zu by "
                "`home`%s%s.\n",
                of->head, r->there[0], r->there[1], r->why[0] ? "; " : "", r->why);
        else if (r->pairs == 0)
            fprintf(file, "- **%s has not been run**%s%s.\n", of->head,
                    r->why[0] ? ": " : "", r->why);
        else if (r->pairs < PRESENCE_FEWEST)
            fprintf(file, "- **%s has %zu seeds**: %d are needed for a verdict.\n",
                    of->head, r->pairs, PRESENCE_FEWEST);
        else
            fprintf(file, "- **%s has %zu of the %zu seeds** requested.\n", of->head,
                    r->pairs, r->seeds);
    }
}

static void write_method(FILE *file, const presence_study *study)
{
    fprintf(
        file,
        "\nWritten by `make presence`, not by hand; version %s, results version %d. Each "
        "seed is run in both arms:\nthe people are the same, and the runs diverge from "
        "the first step. Three tests per outcome: Kolmogorov and\nSmirnov's and Mann and "
        "Whitney's, which treat the samples as independent, and Student's, paired. Of "
        "%zu tests,\n%zu have p < 0.05, where %.1f are expected without a difference; "
        "the smallest p after Holm's correction is %.2g. An\noutcome *differs* if one of "
        "its three corrected p is below 0.05. It is *equivalent within %g %%* if the "
        "90 %% interval\nof the ratio of means lies within that (two one-sided tests of "
        "5 %%, not corrected). The intervals below are of\n95 %%; those of the ratio "
        "treat the samples as independent (Fieller 1954).\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, study->tests, study->below,
        0.05 * (double)study->tests, study->smallest, 100 * PRESENCE_MARGIN);
}

/* ---- the tables ---- */

static void write_verdict(FILE *file, const presence_outcome *o)
{
    double margin = PRESENCE_MARGIN;
    if (o->verdict == PRESENCE_DIFFERS) {
        fputs("**differs**", file);
        if (o->narrow.low >= 1 - margin && o->narrow.high <= 1 + margin)
            fprintf(file, ", by less than %g %%", 100 * margin);
    } else if (o->verdict == PRESENCE_WITHIN)
        fprintf(file, "equivalent within %g %%", 100 * margin);
    else
        fputs(o->verdict == PRESENCE_FEW ? "too few seeds" : "undecided", file);
}

static void write_row(FILE *file, int i, const presence_outcome *o)
{
    char a[32], b[32];
    fprintf(file, "| %s (%s) |", STP_OUTCOMES[i].name, STP_OUTCOMES[i].unit);
    if (!is_compared(o)) {
        fprintf(file, " %s | %s | | | | | | | %s |\n", number(o->samples.means[0], a),
                number(o->samples.means[1], b),
                o->verdict == PRESENCE_SAME ? "the same in every run"
                                            : "identical by seed");
        return;
    }
    for (int k = 0; k < 2; k++)
        fprintf(file, " %s (%.2g) |", number(o->samples.means[k], a),
                o->samples.deviations[k]);
    fputs(" ", file);
    write_interval(file, &o->ratio);
    fputs(" | ", file);
    write_interval(file, &o->pairs.mean);
    fprintf(file, " | %.2g | %.2g | %.2g | %.2g | ", o->p[0], o->p[1], o->p[2],
            fmin(o->corrected[0], fmin(o->corrected[1], o->corrected[2])));
    write_verdict(file, o);
    fputs(" |\n", file);
}

static void write_case(FILE *file, int c, const presence_result *r)
{
    const struct presence_case *of = &PRESENCE_ALL[c];
    fprintf(file, "## %s\n\n`%s`", of->head, of->scenario);
    if (of->schedule)
        fprintf(file, ", `%s`", of->schedule);
    fprintf(file, ", %llu steps", (unsigned long long)r->steps);
    if (r->pairs == 0) {
        fprintf(
            file,
            ". **Not run in both arms.** `make presence` runs it, or `scripts/presence "
            "--cases %s`.\n\n",
            of->name);
        return;
    }
    fprintf(file, ". %zu seeds in each arm.\n\n", r->pairs);
    fputs("| outcome | street, mean (s.d.) | home, mean (s.d.) | home / street | "
          "difference of the pairs | p, Kolmogorov-Smirnov | p, Mann-Whitney | p, pairs "
          "| smallest p, corrected | verdict |\n"
          "|---|---|---|---|---|---|---|---|---|---|\n",
          file);
    bool absent = false;
    for (int i = 0; i < STP_OUTCOME_COUNT; i++)
        if (r->outcomes[i].verdict == PRESENCE_ABSENT)
            absent = true;
        else
            write_row(file, i, &r->outcomes[i]);
    const char *before = "\nThis scenario has no ";
    for (int i = 0; i < STP_OUTCOME_COUNT && absent; i++)
        if (r->outcomes[i].verdict == PRESENCE_ABSENT) {
            fprintf(file, "%s%s", before, STP_OUTCOMES[i].name);
            before = ", ";
        }
    fputs(absent ? ".\n\n" : "\n", file);
}

void presence_write(FILE *file, const presence_study *study, const char *picture)
{
    fputs("# Home and street compared\n\n", file);
    write_finding(file, study);
    write_missing(file, study);
    write_why(file);
    write_method(file, study);
    if (picture)
        fprintf(file, "![Distributions of outcomes over runs](%s)\n\n", picture);
    for (int c = 0; c < PRESENCE_CASES; c++)
        if (study->results[c].asked)
            write_case(file, c, &study->results[c]);
    fputs("The p values of the three tests in the tables are not corrected.\n", file);
}

/* ---- the picture ---- */

bool presence_draw(const presence_study *study, const char *path)
{
    static const char *const NAMES[2] = {"street", "home"};
    stp_plot plots[PRESENCE_CASES * SHOWN];
    size_t count = 0;
    for (int c = 0; c < PRESENCE_CASES; c++)
        for (int i = 0; i < SHOWN && study->results[c].asked; i++) {
            const presence_result *r = &study->results[c];
            char title[STP_PLOT_TEXT];
            if (!is_compared(&r->outcomes[DRAWN[i]]))
                continue;
            snprintf(title, sizeof title, "%s: %s", STP_OUTCOMES[DRAWN[i]].name,
                     PRESENCE_ALL[c].name);
            plots[count++] = study_plot(title, STP_OUTCOMES[DRAWN[i]].unit, NAMES,
                                        r->values[0][DRAWN[i]], r->values[1][DRAWN[i]],
                                        r->pairs);
        }
    if (count) {
        FILE *file = study_open(path);
        if (stp_chart_write(file, plots, count, SHOWN) != 0)
            study_stop("the picture could not be written");
        study_close(file, path);
    }
    for (size_t i = 0; i < count; i++)
        stp_plot_clear(&plots[i]);
    return count > 0;
}
