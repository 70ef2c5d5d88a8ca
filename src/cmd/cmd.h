#ifndef CMD_CMD_H
#define CMD_CMD_H
/*
 * The command line.  One file per subcommand, each with one const struct
 * command; the only folder that prints results and decides on exit statuses.
 */

/* Statuses of design section 8. */
enum status {
    STATUS_OK = 0,
    STATUS_INPUT = 1,  /* a source, input or item failed; the rest was done */
    STATUS_USAGE = 2,  /* usage or configuration wrong; nothing was touched */
    STATUS_LOCKED = 3, /* another run holds the mill */
    STATUS_FAILED = 4  /* storage or internal failure */
};

/* Runs the program; the exit status. */
int cmd_main(int argc, char **argv);
#endif
