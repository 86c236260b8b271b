#!/bin/sh
# SPDX-License-Identifier: MIT
# placements.sh FOLDER COLUMNS.GO TREE TIP... - the sources of one Go program that holds the twins of
# all these tips, for the twins of a release and for their placements.  Package main becomes a package for each twin, and its main() is called Main.
set -e
folder=$1 columns=$2 tree=$3
shift 3

packages() {
    n=0
    for tip; do
        for twin in bad good; do
            n=$((n + 1))
            "$packages_do"
        done
    done
}

copy() {
    mkdir -p "$folder/twin$n"
    for file in "$tree/$tip/scene.go" "$tree/$tip/$twin.go" bench/go/driver.go bench/go/measure.go "$columns"; do
        sed 's/^package main$/package twin/; s/^func main()/func Main()/' "$file" > "$folder/twin$n/${file##*/}"
    done
}
import() { echo "	twin$n \"twins/twin$n\""; }
choose() { printf '\tcase "%s %s":\n\t\ttwin%s.Main()\n' "$tip" "$twin" $n; }

# What the compiler says of a copy is about the file that it was made of.
place() { echo "s|^twin$n/|$tree/$tip/|"; }

packages_do=copy packages "$@"
packages_do=place packages "$@" > "$folder/places"
{
    printf 'package main\n\nimport (\n\t"os"\n\t"path/filepath"\n\t"strings"\n\t"syscall"\n'
    packages_do=import packages "$@"
    printf ')\n\nfunc main() {\n\tswitch strings.Replace(strings.Join(os.Args[2:4], " "), " null", " good", 1) {\n'
    packages_do=choose packages "$@"
    printf '\tdefault:\n\t\thasOnePlace()\n\t\tos.Exit(2)\n\t}\n}\n'
    cat << 'END'

// A twin that is not in a placement is that of the release itself.
func hasOnePlace() {
	self, _ := os.Executable()
	folder := filepath.Dir(self)
	if filepath.Base(folder) == "placements" {
		twin := strings.Replace(os.Args[3], "null", "good", 1)
		syscall.Exec(filepath.Join(folder, "..", os.Args[2], twin), os.Args, os.Environ())
	}
}
END
} > "$folder/main.go"
