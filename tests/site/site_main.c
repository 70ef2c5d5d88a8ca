/* The site as a program: see README.md. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "site/site.h"

static int usage(void)
{
    fprintf(stderr, "usage: site [-p PORT] [-n HOSTS] [-l LOG] [-t SECONDS] "
                    "FOLDER\n");
    return 2;
}

int main(int argc, char **argv)
{
    struct site_options o = {0};
    unsigned seconds = 600;
    struct site *s;
    sigset_t ends;
    int c, got;

    while ((c = getopt(argc, argv, "p:n:l:t:")) != -1) {
        switch (c) {
        case 'p':
            o.port = (int)strtol(optarg, NULL, 10);
            break;
        case 'n':
            o.hosts = (int)strtol(optarg, NULL, 10);
            break;
        case 'l':
            o.log = optarg;
            break;
        case 't':
            seconds = (unsigned)strtoul(optarg, NULL, 10);
            break;
        default:
            return usage();
        }
    }
    if (optind != argc - 1)
        return usage();
    o.folder = argv[optind];
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    if ((s = site_start(&o)) == NULL)
        return 1;
    printf("%d\n", site_port(s));
    fflush(stdout);
    alarm(seconds);
    sigwait(&ends, &got);
    site_stop(s);
    return 0;
}
