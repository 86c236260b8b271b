/* SPDX-License-Identifier: MIT */
/* clang-format off */
INPUT(/etc/passwd)
OUTPUT(/tmp/hostile-was-here)
