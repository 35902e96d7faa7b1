/* ziplimit FILE COUNT: what one core can do to COUNT profiles like FILE: zlib level 6 with its state kept, then AES-256-CBC under a key
   made as `openssl enc -md md5` makes it. Prints files per second. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

static unsigned char in[1 << 16], zipped[1 << 16], sealed[1 << 16];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (file == NULL) return 1;
  size_t size = fread(in, 1, sizeof in, file);
  int count = atoi(argv[2]);
  z_stream z = {0};
  deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0);
  double from = now();
  for (int i = 0; i < count; i++) {
    unsigned char key[32], iv[16], salt[8] = {i, i >> 8};
    int part, rest;
    deflateReset(&z);
    z.next_in = in;
    z.avail_in = size;
    z.next_out = zipped;
    z.avail_out = sizeof zipped;
    deflate(&z, Z_FINISH);
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), salt, (const unsigned char *)"0123456789abcdef", 16, 1, key, iv);
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), NULL, key, iv);
    EVP_EncryptUpdate(cipher, sealed, &part, zipped, z.total_out);
    EVP_EncryptFinal_ex(cipher, sealed + part, &rest);
    EVP_CIPHER_CTX_free(cipher);
  }
  printf("%.1f\n", count / (now() - from));
  return 0;
}
