/* Which models use which parameters: what a model does not use may not be given. */
#ifndef STP_MODEL_H
#define STP_MODEL_H

#include "scenario/parameter.h"

/* The model of a scenario. */
stp_model stp_model_of(const steppe_scenario *scenario);

/* Does a parameter do anything in this scenario, given its model and the choices of its section? (What the
 * rules of a street know is another matter.) */
bool stp_model_uses(const steppe_scenario *scenario, const stp_parameter *parameter);

/* The choice that a parameter depends on; NULL if the model alone decides. */
const stp_parameter *stp_model_choice(const steppe_scenario *scenario,
                                      const stp_parameter *parameter);

/* Does any parameter of a section? */
bool stp_model_has(const steppe_scenario *scenario, stp_section section);

#endif
