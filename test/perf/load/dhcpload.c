/*
 * dhcpload: N DHCP clients with MACs of their own on one interface, broadcast flag set; UDP 68 -> 255.255.255.255:67.
 * Prints one JSON line: how many have a lease, in how many seconds, repeats, NAKs, addresses given twice.
 *
 *   -i DEVICE  -n clients  -w most outstanding (0: all at once)  -m base of the MACs  -h scattered MACs instead of consecutive ones
 *   -o first retransmission in ms (doubling, +-25 %)  -t longest time in seconds
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { IDLE, DISCOVERING, REQUESTING, BOUND };
enum { DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5, NAK = 6 };

typedef struct {
  int state, tries;
  double began, again, bound;
  uint32_t address, server;
} Client;

static const uint32_t firstXid = 0x50000000u;
static Client *clients;
static int count = 1000, most = 0, fd, macBase = 0, scattered = 0;
static double retryAfter = 4, longest = 30;
static struct sockaddr_in everyone;
static unsigned long repeats, naks;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static int write_message(uint8_t *p, int i, int type) {
  static const uint8_t cookie[] = {99, 130, 83, 99}, asked[] = {1, 3, 6, 15, 42, 43, 66, 67};
  memset(p, 0, 300);
  p[0] = p[1] = 1;
  p[2] = 6;
  uint32_t xid = htonl(firstXid + i), low = ((uint32_t)macBase << 16) + i;
  memcpy(p + 4, &xid, 4);
  p[10] = 0x80;
  if (scattered) low *= 0x9E3779B1u;
  uint8_t mac[] = {0x00, 0x15, 0x65, low >> 16, low >> 8, low};
  memcpy(p + 28, mac, 6);
  uint8_t *o = p + 236;
  memcpy(o, cookie, 4);
  o += 4;
  *o++ = 53, *o++ = 1, *o++ = type;
  if (type == REQUEST) {
    *o++ = 50, *o++ = 4;
    memcpy(o, &clients[i].address, 4);
    o += 4;
    *o++ = 54, *o++ = 4;
    memcpy(o, &clients[i].server, 4);
    o += 4;
  }
  *o++ = 60, *o++ = 8;
  memcpy(o, "snomD785", 8);
  o += 8;
  *o++ = 55, *o++ = 8;
  memcpy(o, asked, 8);
  o += 8;
  *o++ = 255;
  return o - p < 300 ? 300 : o - p;
}

static void say(int i, double t) {
  uint8_t message[600];
  Client *c = &clients[i];
  int length = write_message(message, i, c->state == DISCOVERING ? DISCOVER : REQUEST);
  if (sendto(fd, message, length, 0, (void *)&everyone, sizeof everyone) < 0) perror("sendto");
  double wait = retryAfter;
  for (int k = 0; k < c->tries && k < 4; k++) wait *= 2;
  c->again = t + wait * (0.75 + 0.5 * rand() / RAND_MAX);
}

/* Reads one answer; gives 1 when a client has its lease by it. */
static int take(const uint8_t *b, int length, int started) {
  uint32_t xid, server = 0;
  int type = 0;
  if (length < 240 || b[0] != 2) return 0;
  memcpy(&xid, b + 4, 4);
  int i = (int)(ntohl(xid) - firstXid);
  if (i < 0 || i >= started) return 0;
  for (const uint8_t *p = b + 240; p + 1 < b + length && *p != 255; p += *p == 0 ? 1 : 2 + p[1]) {
    if (*p == 53) type = p[2];
    if (*p == 54) memcpy(&server, p + 2, 4);
  }
  Client *c = &clients[i];
  double t = now();
  if (type == OFFER && c->state == DISCOVERING) {
    memcpy(&c->address, b + 16, 4);
    c->server = server;
    c->state = REQUESTING;
    c->tries = 0;
    say(i, t);
  } else if (type == ACK && c->state == REQUESTING) {
    memcpy(&c->address, b + 16, 4);
    c->state = BOUND;
    c->bound = t;
    return 1;
  } else if (type == NAK && c->state == REQUESTING) {
    naks++;
    c->state = DISCOVERING;
    c->tries = 0;
    say(i, t);
  }
  return 0;
}

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  const char *device = "eth0";
  for (int o; (o = getopt(argc, argv, "n:w:o:m:t:i:h")) > 0;) {
    if (o == 'n') count = atoi(optarg);
    else if (o == 'w') most = atoi(optarg);
    else if (o == 'o') retryAfter = atof(optarg) / 1000;
    else if (o == 'm') macBase = atoi(optarg);
    else if (o == 't') longest = atof(optarg);
    else if (o == 'i') device = optarg;
    else if (o == 'h') scattered = 1;
    else return 2;
  }
  clients = calloc(count, sizeof *clients);
  fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int one = 1, buffer = 8 << 20;
  setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof one);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(68)};
  if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, strlen(device)) || bind(fd, (void *)&own, sizeof own)) {
    perror(device);
    return 2;
  }
  everyone = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(67), .sin_addr.s_addr = INADDR_BROADCAST};

  int started = 0, done = 0;
  double began = now(), t = began, looked = began, last = began;
  uint8_t message[2048];
  while (done < count && t - began < longest) {
    for (int some = 0; started < count && some < 32 && (most == 0 || started - done < most); some++, started++) {
      clients[started].state = DISCOVERING;
      clients[started].began = t;
      say(started, t);
    }
    struct pollfd waiting = {fd, POLLIN, 0};
    poll(&waiting, 1, most == 0 && started < count ? 0 : 1);
    for (int some = 0; some < 256; some++) {
      int length = recv(fd, message, sizeof message, 0);
      if (length < 0) break;
      if (take(message, length, started)) {
        done++;
        last = now();
      }
    }
    t = now();
    if (t - looked < 0.005) continue;
    looked = t;
    for (int i = 0; i < started; i++) {
      if (clients[i].state == BOUND || t <= clients[i].again) continue;
      repeats++;
      clients[i].tries++;
      say(i, t);
    }
  }

  uint32_t *addresses = calloc(count, sizeof *addresses);
  int twice = 0, bound = 0;
  for (int i = 0; i < count; i++)
    if (clients[i].state == BOUND) addresses[bound++] = clients[i].address;
  qsort(addresses, bound, sizeof *addresses, by_number);
  for (int i = 1; i < bound; i++) twice += addresses[i] == addresses[i - 1];
  double seconds = last - began;
  printf("{\"bound\":%d,\"seconds\":%.4f,\"rate\":%.0f,\"repeats\":%lu,\"naks\":%lu,\"twice\":%d}\n", bound, seconds,
         seconds > 0 ? bound / seconds : 0, repeats, naks, twice);
  return 0;
}
