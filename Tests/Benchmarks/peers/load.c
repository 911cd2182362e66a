#include "load.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t load_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void ready(void) {
  puts("ready");
  fflush(stdout);
}

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

// MARK: Options

static double number(const char *name, const char *text, double least) {
  char *end;
  double value = strtod(text, &end);
  if (*end != '\0' || end == text || !(value >= least))
    fail("%s %s: not a number it can be", name, text);
  return value;
}

load_options load_parse(int argc, char **argv) {
  load_options options = {.in_flight = 1, .depth = 1, .body = 256, .seconds = 3, .warmup = 1};
  for (int i = 2; i < argc; i += 2) {
    const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
    if (!value) fail("%s: a value is missing", name);
    if (!strcmp(name, "--at")) {
      options.at = value;
    } else if (!strcmp(name, "--keys")) {
      options.keys = value;
    } else if (!strcmp(name, "--case")) {
      options.is_stream = !strcmp(value, "stream");
      if (!options.is_stream && strcmp(value, "unary")) fail("--case %s: unary or stream", value);
    } else if (!strcmp(name, "--mode")) {
      options.is_sync = !strcmp(value, "sync");
      if (!options.is_sync && strcmp(value, "async")) fail("--mode %s: sync or async", value);
    } else if (!strcmp(name, "--in-flight")) {
      options.in_flight = (unsigned)number(name, value, 1);
    } else if (!strcmp(name, "--depth")) {
      options.depth = (unsigned)number(name, value, 1);
    } else if (!strcmp(name, "--groups")) {
      options.groups = value;
    } else if (!strcmp(name, "--body")) {
      options.body = (size_t)number(name, value, 0);
    } else if (!strcmp(name, "--seconds")) {
      options.seconds = number(name, value, 0.001);
    } else if (!strcmp(name, "--warmup")) {
      options.warmup = number(name, value, 0);
    } else {
      fail("%s: no such option", name);
    }
  }
  if (!options.at) fail("--at ADDRESS is missing");
  return options;
}

// MARK: What is measured

void load_begin(load *load, const load_options *options) {
  memset(load, 0, sizeof *load);
  load->start = load_now() + (uint64_t)(options->warmup * 1e9);
  load->end = load->start + (uint64_t)(options->seconds * 1e9);
}

// Values below PARTS have a place of their own; from there on each power of two has PARTS places.
static size_t place(uint64_t value) {
  if (value < PARTS) return (size_t)value;
  if (value >> (LARGEST_EXPONENT + 1)) value = (UINT64_C(1) << (LARGEST_EXPONENT + 1)) - 1;
  int exponent = 63 - __builtin_clzll(value);
  return (size_t)(exponent - PARTS_BITS + 1) * PARTS +
         ((value >> (exponent - PARTS_BITS)) & (PARTS - 1));
}

static double middle(size_t place) {
  if (place < PARTS) return (double)place;
  int shift = (int)(place / PARTS) - 1;
  return (double)((PARTS + place % PARTS) << shift) + (double)(UINT64_C(1) << shift) / 2;
}

void load_end_call(load *load, uint64_t began, uint64_t done) {
  load->total++;
  if (began < load->start || done > load->end) return;
  load->calls++;
  load->has_latencies = true;
  load->latencies[place(done - began)]++;
}

void load_end_append(load *load, uint64_t began, uint64_t done) {
  load->total++;
  if (done < load->start || done > load->end) return;
  load->calls++;
  load->has_latencies = true;
  load->latencies[place(done - began)]++;
}

void load_end_message(load *load, uint64_t time) {
  load->total++;
  if (time >= load->start && time <= load->end) load->calls++;
}

void load_add(load *sum, const load *part) {
  sum->calls += part->calls;
  sum->total += part->total;
  sum->errors += part->errors;
  sum->has_latencies |= part->has_latencies;
  for (size_t i = 0; i < sizeof sum->latencies / sizeof *sum->latencies; i++) {
    sum->latencies[i] += part->latencies[i];
  }
}

static void print_percentile(const load *load, const char *name, double share) {
  if (!load->has_latencies) {
    printf("\"%s\": null, ", name);
    return;
  }
  uint64_t wanted = (uint64_t)((double)load->calls * share);
  uint64_t seen = load->latencies[0];
  size_t at = 0;
  while (seen <= wanted && seen < load->calls) seen += load->latencies[++at];
  printf("\"%s\": %.2f, ", name, middle(at) / 1000);
}

void load_print(const load *load, const load_options *options) {
  printf("{\"calls\": %" PRIu64 ", \"seconds\": %g, \"total_calls\": %" PRIu64 ", ", load->calls,
         options->seconds, load->total);
  print_percentile(load, "p50_us", 0.5);
  print_percentile(load, "p99_us", 0.99);
  print_percentile(load, "p999_us", 0.999);
  printf("\"errors\": %" PRIu64 "}\n", load->errors);
}
