#ifndef RECOURSE_CCURL_SHIM_H
#define RECOURSE_CCURL_SHIM_H

#include <curl/curl.h>

// Swift cannot call functions with a variable number of arguments: one for each kind of option.
static inline CURLcode recourse_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode recourse_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode recourse_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode recourse_curl_set_pointer(
    CURL *handle, CURLoption option, const void *value) {
  return curl_easy_setopt(handle, option, value);
}
typedef size_t (*recourse_curl_transfer)(char *, size_t, size_t, void *);
static inline CURLcode recourse_curl_set_transfer(
    CURL *handle, CURLoption option, recourse_curl_transfer value) {
  return curl_easy_setopt(handle, option, value);
}
typedef int (*recourse_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode recourse_curl_set_progress(
    CURL *handle, CURLoption option, recourse_curl_progress value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode recourse_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
// The connection that was used last, if it is still open; otherwise -1.
static inline int recourse_curl_get_socket(CURL *handle) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? (int)socket : -1;
}
static inline CURLMcode recourse_curl_multi_set_long(
    CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// Its name for all that is to be initialised is an expression that Swift does not read.
static inline CURLcode recourse_curl_start(void) { return curl_global_init(CURL_GLOBAL_ALL); }

#endif
