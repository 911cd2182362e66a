#ifndef WIRE_BROKER_H
#define WIRE_BROKER_H

// With a folder of keys who connects must encrypt, whoever he is.
_Noreturn void wire_broker(const char *at, const char *keys);

#endif
