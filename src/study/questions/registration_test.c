/* Promise: what is registered is read back as it was, whatever its texts; what differs is found; what is damaged is
 * an error with its line. */
#include "study/questions/registration.h"

#include "support.h"

#include <unistd.h>

static const char HOSTILE[] =
    "\"a\": 'b' \\ # c\n\td: é – \xe2\x80\xa8 {e} [f] & * ! | > % @ ` -\n";

static char *copy(const char *text)
{
    char *made = strdup(text);
    assert_non_null(made);
    return made;
}

static void make(stp_registrations *all, const char *folder)
{
    char path[300];
    snprintf(path, sizeof path, "%s/town.registered.yaml", folder);
    *all = (stp_registrations){copy(path), copy("town.yaml"),
                               calloc(2, sizeof(stp_registered)), 2};
    for (int i = 0; i < 2; i++)
        all->all[i] = (stp_registered){.id = copy(i ? "two" : "one"),
                                       .date = copy("2022-01-06"),
                                       .runs_before = copy(i ? HOSTILE : ""),
                                       .design.values[STP_REGISTERED_SEED] = copy("1")};
    stp_registered *q = &all->all[1];
    q->design.values[STP_REGISTERED_TEXT] = copy(HOSTILE);
    q->design.values[STP_REGISTERED_CHANGE] = copy("a=1\x1f"
                                                   "b= - : #\x1f"
                                                   "c=\"d\"");
    q->revisions = calloc(1, sizeof *q->revisions);
    q->revision_count = 1;
    q->revisions[0] = (stp_registered_revision){copy("2022-01-07"), copy(""),
                                                calloc(1, sizeof(stp_registered_change)),
                                                1};
    q->revisions[0].changes[0] = (stp_registered_change){copy("pairs"), copy("50"),
                                                         copy(HOSTILE)};
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    steppe_context *context = NULL;
    char folder[] = "/tmp/steppe-registered-XXXXXX", file[300];
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/town.yaml", folder);
    stp_registrations all, again;
    make(&all, folder);
    for (int round = 0; round < 2; round++) { /* a file that is there is replaced */
        assert_int_equal(stp_registrations_write(context, &all), STEPPE_OK);
        if (stp_registrations_read(context, file, &again) != STEPPE_OK)
            fail_msg("%s", steppe_context_message(context));
        assert_int_equal(again.count, 2);
        const stp_registered *q = stp_registrations_find(&again, "two"),
                             *old = &all.all[1];
        assert_non_null(q);
        assert_null(stp_registrations_find(&again, "three"));
        assert_string_equal(q->date, old->date);
        assert_string_equal(q->runs_before, HOSTILE);
        assert_int_equal(stp_registered_differ(&q->design, &old->design, 0),
                         STP_REGISTERED_FIELDS);
        assert_int_equal(q->revision_count, 1);
        assert_string_equal(q->revisions[0].changes[0].now, HOSTILE);
        stp_registrations_clear(&again);
    }
    remove(all.path);
    rmdir(folder);
    stp_registrations_clear(&all);
    steppe_context_free(context);
}

static void what_differs_is_found(void **state)
{
    (void)state;
    stp_registrations all;
    make(&all, "folder");
    const stp_registered_design *a = &all.all[0].design, *b = &all.all[1].design;
    size_t k = stp_registered_differ(a, b, 0);
    assert_int_equal(k, STP_REGISTERED_TEXT);
    k = stp_registered_differ(a, b, k + 1);
    assert_int_equal(k, STP_REGISTERED_CHANGE);
    assert_int_equal(stp_registered_differ(a, b, k + 1), STP_REGISTERED_FIELDS);
    all.all[0].design.values[STP_REGISTERED_SCENARIO_DIGEST] = copy("0123");
    assert_int_equal(stp_registered_differ(a, b, k + 1), STP_REGISTERED_FIELDS);
    char *line = stp_registered_line(b->values[STP_REGISTERED_CHANGE]);
    assert_string_equal(line, "a=1, b= - : #, c=\"d\"");
    free(line);
    line = stp_registered_line(NULL);
    assert_string_equal(line, "");
    free(line);
    stp_registrations_clear(&all);
}

static void damage_has_its_place(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"", "f:1: expected a file of registrations"},
        {"# a comment\n\n", "f:1: expected a file of registrations"},
        {"steppe: 1\n", "f:1: expected a file of registrations"},
        {"[1]", "f:1: expected a file of registrations"},
        {"registrations: [1]", "f:1:16: expected 'registrations: 1'"},
        {"registrations: 1\n", "f:1:1: expected the key 'scenario'"},
        {"registrations: 1\nscenario: a\n", "f:1:1: expected the key 'questions'"},
        {"registrations: 1\nscenario: {}\nquestions: []\n",
         "f:2:11: 'scenario': expected a text"},
        {"registrations: 1\nscenario: a\nquestions: 1\n",
         "f:3:12: 'questions': expected a list, not '1'"},
        {"registrations: 1\nscenario: a\nquestions:\n  - 1\n",
         "f:4:5: expected a registration, not '1'"},
        {"registrations: 1\nscenario: a\nquestions:\n  - { id: q, registered: 2022-13-06 "
         "}\n",
         "f:4:26: 'registered': expected a day such as 2022-01-06, not '2022-13-06'"},
        {"registrations: 1\nscenario: a\nquestions:\n  - { id: q, registered: "
         "2022-01-06, runs_before: '' }\n",
         "f:4:5: expected the key 'design'"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_context *context = NULL;
        assert_int_equal(steppe_context_create(&context), STEPPE_OK);
        stp_registrations all = {.path = copy("f")};
        assert_int_equal(stp_registrations_parse(context, CASES[i][0],
                                                 strlen(CASES[i][0]), &all),
                         STEPPE_BAD_SCENARIO);
        if (strncmp(steppe_context_message(context), CASES[i][1], strlen(CASES[i][1])) !=
            0)
            fail_msg("case %zu: %s", i, steppe_context_message(context));
        stp_registrations_clear(&all);
        steppe_context_free(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_differs_is_found),
        cmocka_unit_test(damage_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
