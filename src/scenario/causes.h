/* The causes of a question: parts of its change, each "NAME: PATHS", where * stands for any letters. A name may stand
 * on several lines. */
#ifndef STP_CAUSES_H
#define STP_CAUSES_H

#include "scenario/read.h"

enum { STP_MAX_CAUSES = 4, STP_CAUSE_NAME = 64 };

/* The names of a question's causes, in the order of the file; returns how many there are. */
size_t stp_cause_names(const stp_question *question,
                       char names[STP_MAX_CAUSES][STP_CAUSE_NAME]);
/* The cause that a setting of the change belongs to. */
size_t stp_cause_of(const stp_question *question, const char *setting);

/* Two to four causes, to one of which every setting of the change belongs. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_causes(const stp_reader *reader, size_t question);

#endif
