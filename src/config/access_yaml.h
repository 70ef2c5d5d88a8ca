#ifndef CONFIG_ACCESS_YAML_H
#define CONFIG_ACCESS_YAML_H
/* The keys of a source that say how it is reached. */
#include "config/yaml_file.h"

/* FIELD is the struct source_access. */
void set_headers(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_proxy(struct yaml_file *f, const yaml_node_t *value, void *field);
/* Checks what was GIVEN for the source at NODE; a copy that lives with the
 * configuration, NULL when nothing was. */
const struct source_access *access_read(struct yaml_file *f,
                                        const yaml_node_t *node,
                                        const struct source_access *given);
bool access_eq(const struct source_access *a, const struct source_access *b);
#endif
