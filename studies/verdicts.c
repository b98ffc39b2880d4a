/* How often is the verdict "equivalent" wrong? Writes the table of docs/questions.md; the design is in
 * verdict_trials.h.
 *
 *     verdicts [TRIALS]        (2,000)
 */
#include "verdict_trials.h"

#include <stdio.h>
#include <stdlib.h>

static const size_t PAIRS[] = {50, 100, 200};
enum { SIZES = sizeof PAIRS / sizeof *PAIRS };

/* The smallest margin with a power of 80 %, or "-". */
static const char *enough(const verdict_case *c, const verdict_rates *r, char text[24])
{
    for (int m = 0; m < VERDICT_MARGINS; m++)
        if (r->power[m] >= 0.8) {
            snprintf(text, 24, "%g", VERDICT_MARGIN[c->kind == VERDICT_SHARE][m]);
            return text;
        }
    return "-";
}

int main(int argc, char **argv)
{
    size_t trials = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
    double worst = 0, worst_t = 0, limit = verdict_limit(trials);
    bool kept = true;
    printf("| differences of pairs | t alone | with the rule for flips | margin with a "
           "power of 80 %% |\n|---|---|---|---|\n");
    for (size_t i = 0; i < VERDICT_CASE_COUNT; i++) {
        const verdict_case *c = &VERDICT_CASES[i];
        verdict_rates r[SIZES];
        char name[80], text[24];
        for (int k = 0; k < SIZES; k++) {
            if (verdict_try(i, PAIRS[k], trials, &r[k]) != 0)
                return EXIT_FAILURE;
            if (!verdict_case_counts(c))
                continue;
            kept = kept && r[k].wrong <= limit;
            worst = r[k].wrong > worst ? r[k].wrong : worst;
            worst_t = r[k].wrong_t > worst_t ? r[k].wrong_t : worst_t;
        }
        printf("| %s%s |", verdict_case_name(c, name),
               verdict_case_counts(c) ? "" : " (not held to it)");
        for (int k = 0; k < SIZES; k++)
            printf("%s%.1f", k ? ", " : " ", 100 * r[k].wrong_t);
        printf(" |");
        for (int k = 0; k < SIZES; k++)
            printf("%s%.1f", k ? ", " : " ", 100 * r[k].wrong);
        printf(" |");
        for (int k = 0; k < SIZES; k++)
            printf("%s%s", k ? ", " : " ", enough(c, &r[k], text));
        printf(" |\n");
        fflush(stdout);
    }
    printf(
        "\nPercent of %zu trials with \"equivalent\" where the effect lies at the "
        "margin, "
        "for 50, 100 and 200 pairs; 5 are\nallowed, %.1f with three standard errors of "
        "the trials. Worst: %.1f by t alone, %.1f with the rule: %s.\n",
        trials, 100 * limit, 100 * worst_t, 100 * worst,
        kept ? "kept in every case" : "**NOT kept**");
    return kept ? EXIT_SUCCESS : 1;
}
