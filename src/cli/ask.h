/* What steppe ask prints in more than one form. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli.h"

/* "found", "nowhere" */
const char *ask_break_even_text(steppe_break_even found);

/* An answer as a JSON object, which the caller owns. */
json_t *ask_answer_json(const steppe_answer *answer);

#endif
