/* Distances on the Earth. */
#ifndef STP_GEOGRAPHY_H
#define STP_GEOGRAPHY_H

/* Great-circle distance in km between two points in degrees, on a sphere of radius
 * 6371.0088 km (mean radius, IUGG), by the haversine formula. */
double stp_distance_km(double lat_a, double lon_a, double lat_b, double lon_b);

#endif
