# SPDX-License-Identifier: MIT
# Completion for fish: the program itself is asked what there is.

function __twinbench_commands
    twinbench --help 2>/dev/null | string match -rg '^  ([a-z]+) +(.*)' | paste - -
end

function __twinbench_tips
    twinbench list --names 2>/dev/null
end

function __twinbench_flags
    set -l words (commandline -opc)
    twinbench $words[2] --help 2>/dev/null | string match -rg '^ *(--[a-z-]+)'
end

complete -c twinbench -f
complete -c twinbench -n __fish_use_subcommand -a '(__twinbench_commands)'
complete -c twinbench -n __fish_use_subcommand -a '--help --version'
complete -c twinbench -n 'not __fish_use_subcommand; and string match -q -- "-*" (commandline -ct)' -a '(__twinbench_flags)'
complete -c twinbench -n '__fish_seen_subcommand_from one check serve bench calibrate grade list' -a '(__twinbench_tips)'
complete -c twinbench -n '__fish_seen_subcommand_from one serve' -a 'bad good null'
complete -c twinbench -n '__fish_seen_subcommand_from symptom' -a '(twinbench symptom --all 2>/dev/null | string match -rg "^  ([a-z0-9]+): ")'
complete -c twinbench -n '__fish_seen_subcommand_from report compare' -a '(__fish_complete_directories)'
