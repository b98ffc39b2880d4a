/* The two ways in which a ruler falls: by the elite, when the strength theta has been
 * below the threshold theta* of the game of defection for a number of days in a row
 * (never if that game is off); by the street, when the capital's forces have ceased to
 * obey while the violent outnumber those who still do. After the fall nothing at the seat
 * changes: what follows is not in the model. */
#include "seat/seat.h"

void stp_seat_fall(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    bool below = s->defection.enabled.value != 0 && seat->strength < seat->threshold;
    seat->days_below = below ? seat->days_below + 1 : 0;
    seat->by_elite = seat->days_below >= stp_whole_days(s->seat.fall_time.value, 1);
    seat->by_street = seat->look.capital_lost;
    if (!seat->by_elite && !seat->by_street)
        return;
    seat->fallen = true;
    seat->fell_day = seat->days;
    stp_seat_note(seat, STP_LOG_FELL, -1, s->seat.incumbent, -1, -1, 0);
}
