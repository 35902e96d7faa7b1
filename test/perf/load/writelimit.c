/* writelimit FOLDER COUNT BYTES: how fast one core makes COUNT files of so many bytes. Prints files per second. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char bytes[1 << 20];

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int count = atoi(argv[2]);
  ssize_t size = atoi(argv[3]);
  struct timespec from, to;
  mkdir(argv[1], 0755);
  for (int i = 0; i < size; i++) bytes[i] = rand();
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < count; i++) {
    char path[300];
    snprintf(path, sizeof path, "%s/001565%06x.xml", argv[1], i);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (write(file, bytes, size) != size) return 1;
    close(file);
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%.1f\n", count / (to.tv_sec - from.tv_sec + (to.tv_nsec - from.tv_nsec) * 1e-9));
  return 0;
}
