# SPDX-License-Identifier: MIT
# placement.awk - the objects of a placement, for the linker: awk -f placement.awk -v seed=3
# -v build=build -v paddings="loops-1 loops-32" OBJECT...
#
# They are shuffled, and so what is in one begins at another place in its cache line.  Of an
# object that was also compiled with other padding inside, one of the versions is taken.  The
# same seed gives the same placement, with the same awk.
BEGIN {
    srand(seed)
    nversions = split("as-it-is " paddings, version, " ")
    for (left = ARGC - 1; left > 0; left--) {
        k = 1 + below(left)
        line = line " " padded(ARGV[k])
        ARGV[k] = ARGV[left]
    }
    print line
}

function below(n) { return int(n * rand()) }

function padded(object,    path)
{
    path = build "/placements/" version[1 + below(nversions)] substr(object, length(build) + 1)
    return exists(path) ? path : object
}

function exists(path,    line, found)
{
    found = (getline line < path) >= 0
    close(path)
    return found
}
