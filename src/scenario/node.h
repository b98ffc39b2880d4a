/* A YAML file as a tree of nodes that know their line and column.
 *
 * The reader is strict, so that people learn what is wrong: doubled keys, tabs, binary files, aliases that contain themselves and aliases that
 * expand to millions of values are errors. An alias shares the node of its anchor, so no
 * file can make the tree larger than itself. */
#ifndef STP_NODE_H
#define STP_NODE_H

#include "base/error.h"

typedef enum stp_node_kind { STP_SCALAR, STP_LIST, STP_MAPPING } stp_node_kind;

typedef struct stp_node stp_node;
struct stp_node {
    stp_node_kind kind;
    bool quoted;           /* a scalar in quotes: text even if it looks like a number */
    unsigned line, column; /* from 1 */
    unsigned setting;      /* 0: from the text; else number of the setting, from 1 */
    uint64_t weight;       /* values below this node, aliases expanded */
    char *text;            /* of a scalar; NUL-terminated, no NUL inside */
    size_t count;          /* items of a list, or pairs of a mapping */
    stp_node **items;      /* list: items; mapping: key, value, key, value ... */
};

/* "key.path=value" on top of a file, and where it is from ("--set", "draw 3:"), for messages. */
typedef struct stp_setting {
    const char *text, *from;
} stp_setting;

typedef struct stp_tree {
    const char *name; /* of the file, for messages; borrowed */
    stp_node *root;
    const stp_setting *settings; /* borrowed; those that nodes name by number */
    unsigned setting;            /* the one that is being applied, from 1; 0: none */
    stp_node **all;              /* the nodes that it owns */
    size_t count, capacity;
} stp_tree;

enum {
    STP_MAX_FILE = 64 << 20,  /* bytes of a scenario file */
    STP_MAX_VALUES = 8000000, /* values, aliases expanded */
    STP_MAX_DEPTH = 32,       /* levels of nesting */
    STP_MAX_KEYS = 10000,     /* keys of one mapping */
    STP_MAX_ANCHORS = 1000,   /* anchors of a file */
};

/* Parse `size` bytes of YAML. name: must outlive the tree. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_tree_parse(steppe_context *context, const char *name, const void *bytes,
                   size_t size, stp_tree *tree);
void stp_tree_free(stp_tree *tree);

/* Value of a key in a mapping; NULL if it is not there. */
stp_node *stp_node_get(const stp_node *mapping, const char *key);

/* Read a text into a node of the tree. label: what it is, for messages ("--set x=1"). *node: NULL
 * if the text is empty. */
int stp_tree_read(steppe_context *context, stp_tree *tree, const char *label,
                  const char *text, stp_node **node);

/* Add a pair to a mapping, with an empty mapping as its value; *slot: where that stands. */
int stp_tree_add_pair(steppe_context *context, stp_tree *tree, stp_node *mapping,
                      const char *name, stp_node ***slot);

/* Copy the node at a slot, but not what is below it, into the tree's own nodes. */
int stp_tree_own(steppe_context *context, stp_tree *tree, stp_node **slot);

/* Apply setting `index` of the tree's: replace, or add, the value at a dotted path
 * ("citizens.legitimacy", "districts.almaty.population": an item of a list is named by its `id`,
 * or by its number from 1). The value is a YAML scalar or a flow list or mapping. Nodes on the path are
 * copied first: another tree, or an alias, that shares them stays as it is.
 * Errors: STEPPE_BAD_SCENARIO when the path leads nowhere. */
int stp_tree_set(steppe_context *context, stp_tree *tree, size_t index);

/* "file:line:column", or "--set citizens.legitimacy=2" for a node that came from a setting. */
const char *stp_node_place(const stp_tree *tree, const stp_node *node, char *buffer,
                           size_t size);

/* What a node is, in words: "a list", "the text 'abc'". */
const char *stp_node_words(const stp_node *node, char *buffer, size_t size);

#endif
