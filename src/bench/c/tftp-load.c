/*
 * tftp-load HOST PORT FILE SIZE IN_FLIGHT REQUESTS BLKSIZE WINDOW
 *
 * Reads one file again and again, so many at once, each from a fresh port, and prints one line:
 *   transfers/s  MB/s  p50 ms  p99 ms  failed  retransmissions  share of a core that it used itself
 * BLKSIZE or WINDOW 0 asks for no such option. One thread; when its share is near 1 it was the limit.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct transfer {
    int fd, gap, tries, reply_length;
    struct sockaddr_in peer;
    uint32_t expected, in_window, blksize, window;
    uint64_t bytes;
    double started, heard;
    unsigned char reply[600];
};

static struct sockaddr_in server;
static unsigned char request[600];
static int request_length, epoll_fd;
static long left, done, failed, again;
static uint64_t size, total;
static double *latencies;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void put(const char *text) {
    int n = strlen(text) + 1;
    memcpy(request + request_length, text, n);
    request_length += n;
}

static void say(struct transfer *t) {
    if (sendto(t->fd, t->reply, t->reply_length, 0, (void *)&t->peer, sizeof t->peer) < 0 && errno != EAGAIN)
        perror("sendto");
}

static void acknowledge(struct transfer *t, uint32_t block) {
    t->in_window = 0;
    t->reply[0] = 0;
    t->reply[1] = 4;
    t->reply[2] = block >> 8;
    t->reply[3] = block;
    t->reply_length = 4;
    say(t);
}

static void begin(struct transfer *t) {
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
    if (left-- <= 0) return;
    t->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (t->fd < 0) { perror("socket"); exit(2); }
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = t};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, t->fd, &e);
    t->peer = server;
    t->expected = 1;
    t->in_window = t->gap = t->tries = 0;
    t->blksize = 512;
    t->window = 1;
    t->bytes = 0;
    t->started = t->heard = now();
    memcpy(t->reply, request, request_length);
    t->reply_length = request_length;
    say(t);
}

static void end(struct transfer *t, int good) {
    if (good && t->bytes == size) {
        latencies[done++] = now() - t->started;
        total += t->bytes;
    } else {
        failed++;
    }
    begin(t);
}

static int take(struct transfer *t, unsigned char *p, int n) {
    if (n < 4) return 1;
    if (p[1] == 5) { end(t, 0); return 0; }
    if (p[1] == 6) {
        for (unsigned char *q = p + 2; q < p + n;) {
            char *name = (char *)q;
            q += strlen(name) + 1;
            if (q >= p + n) break;
            if (!strcasecmp(name, "blksize")) t->blksize = atoi((char *)q);
            if (!strcasecmp(name, "windowsize")) t->window = atoi((char *)q);
            q += strlen((char *)q) + 1;
        }
        acknowledge(t, 0);
        return 1;
    }
    if (p[1] != 3) return 1;
    if ((p[2] << 8 | p[3]) != (int)(t->expected & 0xffff)) {
        if (!t->gap && t->window > 1) { t->gap = 1; acknowledge(t, t->expected - 1); }
        return 1;
    }
    t->gap = 0;
    t->expected++;
    t->in_window++;
    t->bytes += n - 4;
    if (n - 4 < (int)t->blksize) { acknowledge(t, t->expected - 1); end(t, 1); return 0; }
    if (t->in_window >= t->window) acknowledge(t, t->expected - 1);
    return 1;
}

static int compare(const void *a, const void *b) {
    double d = *(const double *)a - *(const double *)b;
    return d < 0 ? -1 : d > 0;
}

int main(int argc, char **argv) {
    if (argc != 9) { fprintf(stderr, "tftp-load HOST PORT FILE SIZE IN_FLIGHT REQUESTS BLKSIZE WINDOW\n"); return 2; }
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &server.sin_addr);
    size = atoll(argv[4]);
    int in_flight = atoi(argv[5]);
    left = atol(argv[6]);
    latencies = calloc(left, sizeof *latencies);
    request[1] = 1;
    request_length = 2;
    put(argv[3]);
    put("octet");
    if (atoi(argv[7])) { put("blksize"); put(argv[7]); }
    if (atoi(argv[8])) { put("windowsize"); put(argv[8]); }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll_fd = epoll_create1(0);
    struct transfer *all = calloc(in_flight, sizeof *all);
    double started = now(), looked = started;
    for (int i = 0; i < in_flight; i++) { all[i].fd = -1; begin(&all[i]); }
    static unsigned char packet[70000];
    struct epoll_event events[256];
    int running = 1;
    while (running) {
        int n = epoll_wait(epoll_fd, events, 256, 20);
        for (int i = 0; i < n; i++) {
            struct transfer *t = events[i].data.ptr;
            int fd = t->fd;
            while (t->fd == fd && fd >= 0) {
                struct sockaddr_in from;
                socklen_t length = sizeof from;
                int got = recvfrom(fd, packet, sizeof packet - 1, 0, (void *)&from, &length);
                if (got < 0) break;
                packet[got] = 0;
                if (t->expected == 1) t->peer = from;
                t->heard = now();
                t->tries = 0;
                if (!take(t, packet, got)) break;
            }
        }
        double at = now();
        if (at - looked < 0.05) continue;
        looked = at;
        running = 0;
        for (int i = 0; i < in_flight; i++) {
            struct transfer *t = &all[i];
            if (t->fd < 0) continue;
            running = 1;
            if (at - t->heard > 1) {
                if (++t->tries > 8) { end(t, 0); continue; }
                t->heard = at;
                again++;
                say(t);
            }
        }
    }
    double last = 0, took = now() - started;
    qsort(latencies, done, sizeof *latencies, compare);
    if (done) last = latencies[done * 99 / 100];
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("%.0f %.1f %.2f %.2f %ld %ld %.2f\n", done / took, total / took / 1e6,
           done ? latencies[done / 2] * 1000 : 0, last * 1000, failed, again, cpu / took);
    return failed != 0;
}
