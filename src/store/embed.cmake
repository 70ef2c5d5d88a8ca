# Turns schema/NNN_what.sql into C, so that the binary needs no files beside it.
#     cmake -D OUT=migrations.c -D DIR=schema -P embed.cmake
# Bytes instead of string literals: C17 promises only 4095 characters of those.
file(GLOB scripts ${DIR}/*.sql)
list(SORT scripts)
set(number 0)
set(arrays "")
set(rows "")
foreach(script ${scripts})
    math(EXPR number "${number} + 1")
    get_filename_component(name ${script} NAME)
    string(REGEX MATCH "^0*([0-9]+)_[a-z0-9_]+\\.sql$" _ ${name})
    if(NOT CMAKE_MATCH_1 STREQUAL number)
        message(FATAL_ERROR "${name}: migration ${number} was expected")
    endif()
    file(READ ${script} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)"
           "\\1\n" bytes "${bytes}")
    string(APPEND arrays "static const char sql_${number}[] = {\n${bytes}0};\n")
    string(APPEND rows "    {\"${name}\", sql_${number}},\n")
endforeach()
file(WRITE ${OUT}.new "/* Made from src/store/schema by embed.cmake. */
#include \"store/migration.h\"

${arrays}
const struct migration migrations[] = {\n${rows}};
const int n_migrations = ${number};
")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
