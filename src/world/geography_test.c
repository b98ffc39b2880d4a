/* Promise (world/geography.h): great-circle distances on the mean sphere of the IUGG. */
#include "world/geography.h"

#include "support.h"

static const double RADIUS = 6371.0088, PI = 3.14159265358979323846;

static void known_distances(void **state)
{
    (void)state;
    /* Zhanaozen to Almaty: about 1,950 km (coordinates from GeoNames). */
    assert_near(stp_distance_km(43.3412, 52.8619, 43.2567, 76.9286), 1950, 10);
    /* The haversine task of Rosetta Code: Nashville (BNA) to Los Angeles (LAX) is
     * 2887.2599506071 km on a sphere of 6372.8 km. */
    assert_near(stp_distance_km(36.12, -86.67, 33.94, -118.40),
                2887.2599506071 * RADIUS / 6372.8, 1e-6);
    /* A degree of a meridian, and of the equator, is pi R / 180. */
    assert_near(stp_distance_km(50, 70, 51, 70), PI * RADIUS / 180, 1e-9);
    assert_near(stp_distance_km(0, 70, 0, 71), PI * RADIUS / 180, 1e-9);
    /* On the 60th parallel a degree is a little less than half of that (the great circle
     * cuts the corner): haversine in closed form. */
    assert_near(stp_distance_km(60, 70, 60, 71), 2 * RADIUS * asin(0.5 * sin(PI / 360)),
                1e-9);
}

static void poles_and_antipodes(void **state)
{
    (void)state;
    const double quarter = PI * RADIUS / 2;
    for (double lon = -180; lon <= 180; lon += 30) {
        assert_near(stp_distance_km(0, lon, 90, 0), quarter, 1e-9);
        assert_near(stp_distance_km(90, lon, 90, -17), 0, 1e-9); /* one point */
        assert_near(stp_distance_km(90, lon, -90, 55), 2 * quarter, 1e-6);
    }
    /* Near an antipode the haversine loses half its digits: metres are still right. */
    assert_near(stp_distance_km(0, 0, 0, 180), 2 * quarter, 1e-3);
    assert_near(stp_distance_km(43, 77, -43, -103), 2 * quarter, 1e-3);
    assert_near(stp_distance_km(30, -60, -30, 120), 2 * quarter, 1e-3);
}

static void the_date_line_is_no_border(void **state)
{
    (void)state;
    assert_near(stp_distance_km(10, 179.5, 10, -179.5), stp_distance_km(10, 0, 10, 1),
                1e-9);
    assert_near(stp_distance_km(66, -180, 66, 180), 0, 1e-9);
}

/* Against another formula (Vincenty's for the sphere, which is well behaved everywhere),
 * with libm, over the whole Earth. */
static double by_vincenty(double lat_a, double lon_a, double lat_b, double lon_b)
{
    double a = lat_a * PI / 180, b = lat_b * PI / 180, l = (lon_b - lon_a) * PI / 180;
    double east = cos(b) * sin(l), north = cos(a) * sin(b) - sin(a) * cos(b) * cos(l);
    return RADIUS * atan2(hypot(east, north), sin(a) * sin(b) + cos(a) * cos(b) * cos(l));
}

static void agrees_with_another_formula(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 20000; i++) {
        double lat_a = any_between(&random, -90, 90),
               lat_b = any_between(&random, -90, 90);
        double lon_a = any_between(&random, -180, 180),
               lon_b = any_between(&random, -180, 180);
        double km = stp_distance_km(lat_a, lon_a, lat_b, lon_b);
        assert_near(km, by_vincenty(lat_a, lon_a, lat_b, lon_b), 1e-6);
        assert_same(stp_distance_km(lat_b, lon_b, lat_a, lon_a), km); /* there and back */
        assert_same(stp_distance_km(lat_a, lon_a, lat_a, lon_a), 0.0);
        assert_in_range((uint64_t)km, 0, 20015);
    }
}

static void short_ways_are_right_too(void **state)
{
    (void)state;
    for (double d = 1e-9; d < 1; d *= 10) {
        double km = stp_distance_km(43, 77, 43 + d, 77);
        double degrees = (43 + d) - 43; /* as rounded */
        assert_near(km, degrees * PI / 180 * RADIUS, 1e-9 * km);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_distances),
        cmocka_unit_test(poles_and_antipodes),
        cmocka_unit_test(the_date_line_is_no_border),
        cmocka_unit_test(agrees_with_another_formula),
        cmocka_unit_test(short_ways_are_right_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
