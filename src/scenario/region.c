#include "scenario/region.h"

size_t stp_region_count(const steppe_scenario *s)
{
    return s->unit_count > 0 ? s->unit_count : s->district_count;
}

int stp_region_of(const steppe_scenario *s, size_t place)
{
    return s->unit_count > 0 ? s->districts[place].unit : (int)place;
}

const char *stp_region_id(const steppe_scenario *s, size_t region)
{
    return s->unit_count > 0 ? s->units[region].id : s->districts[region].id;
}

const char *stp_region_name(const steppe_scenario *s, size_t region)
{
    const char *name = s->unit_count > 0 ? s->units[region].name
                                         : s->districts[region].name;
    return name ? name : stp_region_id(s, region);
}
