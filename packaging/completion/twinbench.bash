# SPDX-License-Identifier: MIT
# Completion for bash: the program itself is asked what there is.

_twinbench() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
    local before=${COMP_WORDS[COMP_CWORD - 1]} choices

    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        choices="--help --version $("$program" --help 2>/dev/null | awk '/^  [a-z]/ { print $1 }')"
    elif [[ $word == -* ]]; then
        choices="--help $("$program" "$command" --help 2>/dev/null | awk '/^ *--/ { print $1 }')"
    elif [ "$before" = --results ] || [ "$command" = report ] || [ "$command" = compare ]; then
        compopt -o dirnames
        return
    elif [ "$command" = symptom ]; then
        choices="$("$program" symptom --all 2>/dev/null | sed -n 's/^  \([a-z0-9]*\): .*/\1/p')"
    else
        choices="$("$program" list --names 2>/dev/null)"
        [ "$command" = check ] || [ "$before" = --tip ] && choices+=" $(cut -d/ -f1 <<<"$choices" | sort -u)"
        [ "$COMP_CWORD" -eq 3 ] && [[ $command == one || $command == serve ]] && choices="bad good null"
    fi
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
}

complete -F _twinbench twinbench
