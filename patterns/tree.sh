#!/bin/sh
# SPDX-License-Identifier: MIT
# tree.sh FOLDER BUILD GOALS - what is wrong with a folder of tips of somebody's own
# (YOUR-OWN.md), in a line; nothing, if it can be built.  BUILD is where to, or empty: into it.
# GOALS are what make was asked for: a first tip may be made in a folder that has none.
tree=$1 build=$2 goals=$3
. patterns/names.sh

wrong() {
    echo "twinbench: $*"
    exit
}

case $tree in
/*) path=$tree ;;
*) path=$PWD/$tree ;;
esac
# Make takes a list apart at blanks, and the others mean something to it or to a shell.
case $path in
*[[:space:]\"\'\$%\#:\;\&\|\<\>\(\)*?\[\]\\!\`~]*)
    wrong "TIPS: '$path' has a character that no build gets along with, such as a blank;" \
          "a link without one will do: ln -s '$(printf %s "$path" | sed "s/'/'\\\\''/g")' /tmp/tips" ;;
esac

starts=" $goals "
case $starts in
*' new-tip '*) starts=yes ;;
*' help '* | *' clean '*) exit ;;
*) starts= ;;
esac

[ -e "$tree" ] || [ "$starts" ] ||
    wrong "TIPS: there is no folder '$tree'; make new-tip TIPS=$tree TIP=family/tip makes one"
[ -d "$tree" ] || [ ! -e "$tree" ] || wrong "TIPS: '$tree' is no folder"
[ ! -e "$tree" ] || { [ -r "$tree" ] && [ -x "$tree" ]; } || wrong "TIPS: the folder '$tree' may not be read"
[ ! "$tree" -ef patterns ] || wrong "TIPS: patterns is what is built without TIPS="
[ -n "$build" ] || [ "$starts" ] || [ -w "$tree" ] ||
    wrong "TIPS: '$tree' may not be written to, and the build goes into it: B=folder puts it elsewhere"
[ -z "$starts" ] || exit

# A folder that has twins or data is meant as a tip.
tips=0
for folder in "$tree"/*/*/; do
    tip=${folder#"$tree"/} tip=${tip%/} found=
    for file in tip.c tip.toml bad.c good.c bad.go good.go; do
        [ ! -e "$folder$file" ] || found="$found $file"
    done
    [ -n "$found" ] || continue
    tips=$((tips + 1))
    is_tip_name "$tip" || wrong "TIPS: $tree/$tip: '$tip' is no name of a tip: $tip_names"
    case $found in
    *tip.c*tip.toml*) wrong "TIPS: $tree/$tip has its data twice, as tip.c and as tip.toml" ;;
    *tip.*) ;;
    *) wrong "TIPS: $tree/$tip has twins and no data: tip.toml, or tip.c of twins in C, says what is measured and claimed" ;;
    esac
    [ -f "${folder}README.md" ] || wrong "TIPS: $tree/$tip has no README.md with its words"
    needs=
    case $found in
    *tip.c*) grep -q '^## No twin in C' "${folder}README.md" || needs="bad.c good.c scene.h" ;;
    esac
    case $found in
    *tip.toml* | *.go*) needs="$needs bad.go good.go scene.go" ;;
    esac
    for file in $needs; do
        [ -f "$folder$file" ] || wrong "TIPS: $tree/$tip has no $file; its pair is bad, good, and the scene of both"
    done
    [ ! -e "${folder}tip.toml" ] || grep -q '^## No twin in C' "${folder}README.md" ||
        wrong "TIPS: $tree/$tip/README.md has no '## No twin in C', and a tip.toml is of a pair in Go alone"
done
[ $tips -gt 0 ] ||
    wrong "TIPS: there is no tip in '$tree', no family/tip with a tip.toml or a tip.c;" \
          "make new-tip TIPS=$tree TIP=family/tip makes one"
