/* Numbers as people read them. */
#ifndef STP_NUMBER_H
#define STP_NUMBER_H

enum { STP_COUNT_TEXT = 40 };
/* "12,345": rounded to a whole number. */
const char *stp_count_words(double value, char buffer[STP_COUNT_TEXT]);
/* "0.853": three decimals, of a share. */
const char *stp_share_words(double value, char buffer[STP_COUNT_TEXT]);

/* "12,345", "0.0123", "–" for what is no number, or not finite: a number of any size. */
const char *stp_amount_words(double value, char buffer[STP_COUNT_TEXT]);

/* A number with so many decimals, with its sign if `sign`; "–" for what is no number, or not finite. */
const char *stp_fixed_words(double value, int decimals, int sign,
                            char buffer[STP_COUNT_TEXT]);

#endif
