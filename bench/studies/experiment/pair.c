/* SPDX-License-Identifier: MIT */
/* pair.c - the chain of multiplications of experiment.c as a program of its own, longer by PERCENT,
 * which ab_study.py writes above it in each commit. */
#include <stdint.h>

enum { REQUESTS = 8000, CHAIN = 1000 };

int main(void)
{
    uint64_t x = 1;

    for (int i = 0; i < REQUESTS; i++)
        for (int k = 0; k < CHAIN + CHAIN * PERCENT / 100; k++) {
            x *= 0x9e3779b97f4a7c15u;
            __asm__ volatile("" : "+r"(x));
        }
    return 0;
}
