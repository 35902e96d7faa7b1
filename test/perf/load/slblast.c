/*
 * slblast ADDRESS PORT RATE COUNT TAG: sends COUNT syslog lines of 250 bytes over UDP, each with TAG and its number, paced to RATE a
 * second in slots of half a millisecond. Prints {"sent":N,"rate":N}, the rate it reached.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { batch = 64, size = 250 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[2]))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  double rate = atof(argv[3]);
  long count = atol(argv[4]), sent = 0;
  int fd = socket(AF_INET, SOCK_DGRAM, 0), buffer = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  static char lines[batch][size + 6];
  struct mmsghdr messages[batch];
  struct iovec parts[batch];
  memset(messages, 0, sizeof messages);
  memset(lines, 'x', sizeof lines);
  for (int i = 0; i < batch; i++) {
    parts[i] = (struct iovec){lines[i], size};
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  double begun = now();
  while (sent < count) {
    long due = (long)((now() - begun) * rate) + 1;
    if (due > count) due = count;
    while (sent < due) {
      int n = due - sent > batch ? batch : (int)(due - sent);
      for (int i = 0; i < n; i++) {
        int length = snprintf(lines[i], size, "<134>Nov 22 10:00:00 phone%03ld app[12]: tag=%s seq=%08ld REGISTER sip:2001@sip.example.net status 200 OK ",
                              (sent + i) % 1000, argv[5], sent + i);
        lines[i][length] = 'x';
      }
      int took = sendmmsg(fd, messages, (unsigned)n, 0);
      if (took > 0) sent += took;
    }
    struct timespec slot = {0, 500000};
    if (sent < count) nanosleep(&slot, NULL);
  }
  printf("{\"sent\":%ld,\"rate\":%.0f}\n", sent, (double)sent / (now() - begun));
  return 0;
}
