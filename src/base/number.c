#include "base/number.h"

#include "steppe.h"

#include <math.h>
#include <stdio.h>

const char *stp_count_words(double value, char buffer[STP_COUNT_TEXT])
{
    char digits[STP_COUNT_TEXT];
    if (!isfinite(value)) {
        snprintf(buffer, STP_COUNT_TEXT, "–");
        return buffer;
    }
    if (!(fabs(value) < 1e15)) { /* of a damaged file: more digits than fit */
        snprintf(buffer, STP_COUNT_TEXT, "%.4g", value);
        return buffer;
    }
    int length = snprintf(digits, sizeof digits / 2, "%.0f", value);
    char *out = buffer;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}

const char *stp_share_words(double value, char buffer[STP_COUNT_TEXT])
{
    if (isfinite(value))
        snprintf(buffer, STP_COUNT_TEXT, fabs(value) < 1e15 ? "%.3f" : "%.4g", value);
    else
        snprintf(buffer, STP_COUNT_TEXT, "–");
    return buffer;
}

const char *stp_amount_words(double value, char buffer[STP_COUNT_TEXT])
{
    return steppe_number_words(value, STEPPE_CELL_NUMBER, 4, buffer);
}

const char *stp_fixed_words(double value, int decimals, int sign,
                            char buffer[STP_COUNT_TEXT])
{
    if (!isfinite(value))
        snprintf(buffer, STP_COUNT_TEXT, "–");
    else if (fabs(value) < 1e15)
        snprintf(buffer, STP_COUNT_TEXT, sign ? "%+.*f" : "%.*f", decimals, value);
    else
        snprintf(buffer, STP_COUNT_TEXT, sign ? "%+.4g" : "%.4g", value);
    return buffer;
}

const char *steppe_plural(double count)
{
    return count == 1 ? "" : "s";
}

const char *steppe_number_words(double value, steppe_cell cell, int decimals,
                                char buffer[STEPPE_NUMBER_TEXT])
{
    switch (cell) {
    case STEPPE_CELL_COUNT: return stp_count_words(value, buffer);
    case STEPPE_CELL_FIXED:
    case STEPPE_CELL_SIGNED:
        return stp_fixed_words(value, decimals, cell == STEPPE_CELL_SIGNED, buffer);
    case STEPPE_CELL_SHARE: return stp_fixed_words(100 * value, decimals, 0, buffer);
    case STEPPE_CELL_FLAG:
        snprintf(buffer, STP_COUNT_TEXT, "%s", value > 0 ? "yes" : "no");
        return buffer;
    default:
        if (!(fabs(value) < 1000))
            return stp_count_words(value, buffer);
        snprintf(buffer, STP_COUNT_TEXT, "%.*g", decimals ? decimals : 4, value);
        return buffer;
    }
}
