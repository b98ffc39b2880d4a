/* The choices of a scenario file: each constant with its word, once. X(constant, word) */
#ifndef STP_CHOICES_H
#define STP_CHOICES_H

/* Lists of this form as constants, as names, and as "a|b|c". */
#define STP_CONSTANT(constant, ...) constant,
#define STP_NAME(constant, word, ...) word,
#define STP_WORD(constant, word, ...) "|" word
#define STP_WORDS(LIST) (&LIST(STP_WORD)[1])

/* clang-format off */
#define STP_MODEL_LIST(X) \
    X(STP_STREET, "street") X(STP_THRESHOLD, "threshold") X(STP_NETWORK, "network") \
    X(STP_CONTAGION, "contagion") X(STP_GLOBAL_GAME, "global-game") X(STP_KTAB, "ktab") \
    X(STP_EXPECTED_UTILITY, "expected-utility") X(STP_APPOINTMENT, "appointment")
#define STP_RULE_LIST(X) \
    X(STP_EPSTEIN, "epstein") X(STP_EPSTEIN_2, "epstein-2") X(STP_NETLOGO, "netlogo") X(STP_MESA, "mesa")
#define STP_PRESENCE_LIST(X) X(STP_PRESENCE_STREET, "street") X(STP_PRESENCE_HOME, "home")
#define STP_RATIO_LIST(X) X(STP_RATIO_LITERAL, "literal") X(STP_RATIO_FLOOR, "floor") X(STP_RATIO_ROUND, "round")
#define STP_NEIGHBOURHOOD_LIST(X) \
    X(STP_EUCLIDEAN, "euclidean") X(STP_MOORE, "moore") X(STP_VON_NEUMANN, "von-neumann")
#define STP_MOVEMENT_LIST(X) \
    X(STP_MOVE_RANDOM, "random") X(STP_MOVE_NONE, "none") X(STP_MOVE_OFFICERS, "officers")
#define STP_ORDER_LIST(X) X(STP_MOVE_ACT, "move-act") X(STP_ACT_MOVE, "act-move")
#define STP_TERM_LIST(X) X(STP_TERM_UNIFORM, "uniform") X(STP_TERM_FIXED, "fixed")
#define STP_TARGET_LIST(X) X(STP_SHOTS_AT_VIOLENT, "violent") X(STP_SHOTS_AT_ACTIVE, "active")
#define STP_DISTRIBUTION_LIST(X) \
    X(STP_THRESHOLDS_LIST, "list") X(STP_THRESHOLDS_UNIFORM, "uniform") X(STP_THRESHOLDS_NORMAL, "normal")
#define STP_NETWORK_LIST(X) \
    X(STP_SMALL_WORLD, "small-world") X(STP_VILLAGE, "village") \
    X(STP_OPINION_LEADER, "opinion-leader") X(STP_HIERARCHY, "hierarchy")
#define STP_RESPONSE_LIST(X) X(STP_CONTAGION_LINEAR, "linear") X(STP_CONTAGION_THRESHOLD, "threshold")
#define STP_TIE_LIST(X) \
    X(STP_TIE_KIN, "kin") X(STP_TIE_PATRONAGE, "patronage") X(STP_TIE_BUSINESS, "business")
#define STP_ACT_LIST(X) \
    X(STP_ACT_APPOINT, "appoint") X(STP_ACT_DISMISS, "dismiss") X(STP_ACT_DETAIN, "detain") \
    X(STP_ACT_EXILE, "exile") X(STP_ACT_TAKE_OFFICE, "take-office") X(STP_ACT_ASK_TROOPS, "ask-troops") \
    X(STP_ACT_PROMISE_REFORM, "promise-reform") X(STP_ACT_DELIVER_REFORM, "deliver-reform") \
    X(STP_ACT_STANCE, "stance") X(STP_ACT_HOTSPOT, "hotspot") X(STP_ACT_OPEN_FUND, "open-fund")

typedef enum stp_model { STP_MODEL_LIST(STP_CONSTANT) } stp_model;
enum { STP_RULE_LIST(STP_CONSTANT) };
enum { STP_PRESENCE_LIST(STP_CONSTANT) };
enum { STP_RATIO_LIST(STP_CONSTANT) };
enum { STP_NEIGHBOURHOOD_LIST(STP_CONSTANT) };
enum { STP_MOVEMENT_LIST(STP_CONSTANT) };
enum { STP_ORDER_LIST(STP_CONSTANT) };
enum { STP_TERM_LIST(STP_CONSTANT) };
enum { STP_TARGET_LIST(STP_CONSTANT) };
enum { STP_DISTRIBUTION_LIST(STP_CONSTANT) };
enum { STP_NETWORK_LIST(STP_CONSTANT) };
enum { STP_RESPONSE_LIST(STP_CONSTANT) };
enum { STP_TIE_LIST(STP_CONSTANT) STP_TIE_KINDS };
enum { STP_ACT_LIST(STP_CONSTANT) STP_ACT_COUNT };
/* clang-format on */

#endif
