#ifndef WIRE_BROKER_H
#define WIRE_BROKER_H

_Noreturn void wire_broker(const char *at);

#endif
