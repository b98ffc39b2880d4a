#include "report/svg/label.h"

#include "base/text.h"

#include <string.h>

/* Widths of the letters from ' ' to '~' in tenths of the size, as '0' + tenths: DejaVu
 * Sans, which is wider than its like. */
static const char WIDTHS[] =
    "34586:83445834336666666666338885:"
    "7778668833769786876677767434855665664663363:66664546686656368";

static double width_of(unsigned c)
{
    if (c >= ' ' && c <= '~')
        return (WIDTHS[c - ' '] - '0') / 10.0;
    if (c >= 0x2070 && c < 0x20a0) /* superscripts */
        return 0.5;
    return c >= 0x1100 ? 1.0 : 0.75;
}

double stp_label_width(const char *text, size_t length, double size)
{
    double width = 0;
    size_t bytes;
    for (size_t i = 0; i < length; i += bytes)
        width += width_of(stp_letter(text + i, length - i, &bytes));
    return width * size;
}

/* Where to break a text in two so that the longer part is shortest; its length if
 * nowhere. */
static size_t middle_of(const char *text, size_t length)
{
    size_t best = length;
    double shortest = stp_label_width(text, length, 1);
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] != ' ')
            continue;
        double before = stp_label_width(text, i, 1),
               after = stp_label_width(text + i + 1, length - i - 1, 1),
               longer = before > after ? before : after;
        if (longer < shortest) {
            shortest = longer;
            best = i;
        }
    }
    return best;
}

static void add_line(stp_label *label, const char *text, size_t length, double width)
{
    double is = stp_label_width(text, length, label->size);
    label->lines[label->count] = text;
    label->lengths[label->count] = length;
    label->squeezed[label->count++] = is > width ? width : 0;
    is = is > width ? width : is;
    label->width = is > label->width ? is : label->width;
}

/* True if no line has to be squeezed. */
static bool break_lines(stp_label *label, const char *text, double width, int lines)
{
    size_t length = strlen(text), first = length;
    label->count = 0;
    label->width = 0;
    if (length == 0)
        return true;
    if (lines > 1 && stp_label_width(text, length, label->size) > width)
        first = middle_of(text, length);
    add_line(label, text, first, width);
    if (first < length)
        add_line(label, text + first + 1, length - first - 1, width);
    return label->squeezed[0] == 0 && (label->count == 1 || label->squeezed[1] == 0);
}

stp_label stp_label_fit(const char *text, double width, int lines, double size,
                        double smallest)
{
    stp_label label = {.size = size};
    while (!break_lines(&label, text, width, lines) && label.size > smallest)
        label.size = label.size - 1 > smallest ? label.size - 1 : smallest;
    return label;
}
