#ifndef RECOURSE_CQRCODE_SHIM_H
#define RECOURSE_CQRCODE_SHIM_H

#include <qrencode.h>

#endif
