# SPDX-License-Identifier: MIT
# names.sh - what a tip may be called, for the scripts here.

# is_tip_name FAMILY/TIP.  The symbol of "a/b-c" is a_b_c: without a hyphen in the family no two
# tips share one.
is_tip_name() {
    LC_ALL=C
    case $1 in
    *[!a-z0-9/-]* | [!a-z]* | *-*/* | */*/* | */ | */-* | *--* | *-) return 1 ;;
    */*) return 0 ;;
    *) return 1 ;;
    esac
}

tip_names="family/the-symptom-in-plain-words, in a-z, 0-9 and '-', as in leaks/range-unclosed"
