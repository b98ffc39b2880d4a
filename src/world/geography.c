#include "world/geography.h"

#include "base/exact.h"

#include <math.h>

double stp_distance_km(double lat_a, double lon_a, double lat_b, double lon_b)
{
    const double degree = 0x1.1df46a2529d39p-6; /* pi / 180 */
    double across = stp_sin((lat_b - lat_a) * degree / 2);
    double along = stp_sin((lon_b - lon_a) * degree / 2);
    double h = across * across +
               stp_cos(lat_a * degree) * stp_cos(lat_b * degree) * along * along;
    return 2 * 6371.0088 * stp_asin(sqrt(h));
}
