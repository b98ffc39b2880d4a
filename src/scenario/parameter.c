#include "scenario/parameter.h"

#include "scenario/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const stp_parameter *stp_section_parameters(stp_section section)
{
    size_t low = 0, high = STP_PARAMETER_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (STP_PARAMETERS[middle].section < section)
            low = middle + 1;
        else
            high = middle;
    }
    return &STP_PARAMETERS[low];
}

size_t stp_list_count(const steppe_scenario *s, stp_section list)
{
    return *(const size_t *)(const void *)((const char *)s + STP_SECTIONS[list].count);
}

void *stp_list_record(const steppe_scenario *s, stp_section list, size_t index)
{
    char *records = *(char *const *)(const void *)((const char *)s +
                                                   STP_SECTIONS[list].records);
    return records ? records + index * STP_SECTIONS[list].size
                   : NULL; /* NULL + 0 is undefined */
}

const char *stp_list_id(const steppe_scenario *s, stp_section list, size_t index)
{
    return *(char **)stp_list_record(s, list, index);
}

stp_quantity *stp_quantity_of(void *record, const stp_parameter *parameter)
{
    return (stp_quantity *)(void *)((char *)record + parameter->offset);
}

char **stp_string_of(void *record, const stp_parameter *parameter)
{
    return (char **)(void *)((char *)record + parameter->offset);
}

stp_numbers *stp_numbers_of(void *record, const stp_parameter *parameter)
{
    return (stp_numbers *)(void *)((char *)record + parameter->extra);
}

const stp_parameter *stp_parameter_find(stp_section section, const char *name)
{
    const stp_parameter *p = stp_section_parameters(section);
    while (p->section == section && strcmp(p->name, name) != 0)
        p++;
    return p->section == section ? p : NULL;
}

const stp_parameter *stp_parameter_at(const char *path)
{
    size_t length = strcspn(path, ".");
    for (int k = STP_TIME; k < STP_SECTION_COUNT && path[length]; k++)
        if (strlen(STP_SECTIONS[k].name) == length &&
            strncmp(STP_SECTIONS[k].name, path, length) == 0)
            return stp_parameter_find((stp_section)k, path + length + 1);
    return NULL;
}

size_t stp_choice_count(const char *words)
{
    size_t count = 1;
    for (; *words; words++)
        count += *words == '|';
    return count;
}

const char *stp_choice_word(const char *words, size_t index, char *buffer, size_t size)
{
    while (index-- > 0 && (words = strchr(words, '|')))
        words++;
    snprintf(buffer, size, "%.*s", words ? (int)strcspn(words, "|") : 0,
             words ? words : "");
    return buffer;
}

bool stp_is_texts(stp_type type)
{
    return type == STP_IDS || type == STP_TEXTS;
}

bool stp_is_quantity(stp_type type)
{
    return type <= STP_NUMBERS;
}

const char *stp_range_words(const stp_parameter *p, char *buffer, size_t size)
{
    char low[STP_NUMBER_TEXT], high[STP_NUMBER_TEXT];
    buffer[0] = '\0';
    if (p->type != STP_NUMBER && p->type != STP_INTEGER && p->type != STP_NUMBERS)
        return buffer;
    stp_number_text(p->low, low);
    stp_number_text(p->high, high);
    if (isinf(p->low) && isinf(p->high))
        return buffer;
    if (isinf(p->high))
        snprintf(buffer, size, "%s %s", p->open_low ? ">" : ">=", low);
    else
        snprintf(buffer, size, "%s%s, %s%s", p->open_low ? "(" : "[", low, high,
                 p->open_high ? ")" : "]");
    return buffer;
}

const char *stp_value_text(const stp_parameter *p, double value, char *buffer,
                           size_t size)
{
    char number[STP_NUMBER_TEXT];
    switch (p->type) {
    case STP_CHOICE: return stp_choice_word(p->words, (size_t)value, buffer, size);
    case STP_FLAG: snprintf(buffer, size, "%s", value != 0 ? "true" : "false"); break;
    case STP_DATE: {
        char date[STP_DATE_TEXT];
        snprintf(buffer, size, "%s", stp_date_text((int64_t)value, date));
        break;
    }
    default: snprintf(buffer, size, "%s", stp_number_text(value, number));
    }
    return buffer;
}
