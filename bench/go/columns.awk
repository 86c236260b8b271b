# SPDX-License-Identifier: MIT
# columns.awk - Go's lists of columns, made of the tables in C.
#
#     awk -f columns.awk bench/inside/sample.h bench/inside/executor.c > columns.go
#
# driveColumns has the names of all, in order; driveTold those that every Go process knows.

/^    COLUMN\(/ {
    match($0, /\([a-z0-9_]+/)
    columns = columns "\t\"" substr($0, RSTART + 1, RLENGTH - 1) "\",\n"
}

/go_tells\[\] = \{/, /\};/ {
    for (rest = $0; match(rest, /"[a-z0-9_]+"/); rest = substr(rest, RSTART + RLENGTH))
        told = told "\t" substr(rest, RSTART, RLENGTH) ",\n"
}

END {
    if (!columns || !told) { # to Go an empty list would be no error
        print "columns.awk: no columns in " ARGV[1] ", or no go_tells in " ARGV[2] > "/dev/stderr"
        exit 1
    }
    printf "package main\n\nvar driveColumns = []string{\n%s}\n\nvar driveTold = []string{\n%s}\n", columns, told
}
