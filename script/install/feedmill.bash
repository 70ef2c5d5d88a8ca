# bash completion for feedmill(1).  What there is to complete is read from
# feedmill --help, so that it is always what this feedmill knows.

# The mill that the words so far name.
_feedmill_dir() {
    local i
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -C ]]; then
            printf '%s' "${COMP_WORDS[i + 1]/#\~/$HOME}"
            return
        fi
    done
    printf .
}

_feedmill_topics() {
    local f
    for f in "$(_feedmill_dir)"/feeds/topics/*.yaml; do
        [[ -e $f ]] && f=${f##*/} && printf '%s\n' "${f%.yaml}"
    done
}

_feedmill() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local i command= words= help
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -C) i=$((i + 1)) ;;
        -*) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $prev in
    -C | --rules)
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        return
        ;;
    --topic) words=$(_feedmill_topics) ;;
    --state)
        words='new ok unchanged moved empty shrunk repeating failing gone held
            published hidden retracted unmatched folded expired'
        ;;
    --metrics)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
        ;;
    --to)
        [[ $command == publish ]] && mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        return
        ;;
    --jobs | --until | --url | --type | --fetched) return ;;
    esac
    if [[ -z $words && ( $cur == -* || -z $command ) ]]; then
        help=$(feedmill ${command:+"$command"} --help 2>/dev/null) || return 0
        if [[ $cur == -* ]]; then
            words=$(awk '/^  -/ { print $1 }' <<<"$help")
        else
            words=$(awk '/^  [a-z]/ { print $1 }' <<<"$help")
        fi
    elif [[ -z $words ]]; then
        case $command in
        list) words='sources items stories topics' ;;
        decide)
            [[ $prev == decide ]] &&
                words='approve hide pin hold retitle note lead merge split retract'
            ;;
        refresh | publish) words=$(_feedmill_topics) ;;
        init)
            mapfile -t COMPREPLY < <(compgen -d -- "$cur")
            return
            ;;
        parse | extract | charset | import)
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            return
            ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _feedmill feedmill
