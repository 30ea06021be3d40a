/** Scripts by which shells ask ds2p what may come next; candidates.ts tells what it answers. */

/** Works from bash 3.2 on. */
const BASH = `# Completion of ds2p for bash, also of "npx ds2p".

# Puts together in the array "words" what bash has split at "breaks", which are = and : unless the user has it otherwise.
# $1: index of the first word after the program.
_ds2p_words() {
  local i word last=""
  words=()
  for ((i = $1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((\${#words[@]} > 0)) && [[ -n $breaks && -n $word ]] &&
      [[ $word == ["$breaks"]* || $last == *["$breaks"] ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    last=$word
  done
}

# $1: the program, $2: index of the first word after it.
_ds2p_complete() {
  local -a words
  local line kind="#none" prefix="" current breaks=\${COMP_WORDBREAKS//[^=:]/}
  COMPREPLY=()
  _ds2p_words "$2"
  current=\${words[\${#words[@]}-1]}
  # What bash replaces begins behind the last of them.
  [[ -n $breaks ]] && prefix=\${current%"\${current##*["$breaks"]}"}
  while IFS= read -r line; do
    case $line in
      "#"*) kind=$line ;;
      *) line=\${line%%$'\\t'*}; COMPREPLY+=("\${line#"$prefix"}") ;;
    esac
  done < <("$1" --complete "\${words[@]}" 2>/dev/null)
  if [[ $kind == "#folders"* ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "\${current#"$prefix"}")
    compopt -o filenames 2>/dev/null
  elif [[ $kind == "#none"* ]]; then
    compopt +o default 2>/dev/null
  fi
  [[ $kind == *nospace ]] && compopt -o nospace 2>/dev/null
  return 0
}

_ds2p() {
  _ds2p_complete "\${COMP_WORDS[0]}" 1
}

# npx runs the program of the project in which one is, else the one on the PATH; npx itself would be slow.
_ds2p_npx() {
  COMPREPLY=()
  [[ \${COMP_WORDS[1]} == ds2p ]] && ((COMP_CWORD > 1)) || return 0
  local folder=$PWD program
  while :; do
    for program in "$folder/node_modules/.bin/ds2p" "$folder/dist/scripts/ds2p.js"; do
      [[ -x $program ]] && break 2
    done
    program=ds2p
    [[ -n $folder ]] || break
    folder=\${folder%/*}
  done
  _ds2p_complete "$program" 2
}

complete -o default -F _ds2p ds2p
# A completion of npx that is there already is left alone.
complete -p npx >/dev/null 2>&1 || complete -o default -F _ds2p_npx npx
`;

const ZSH = `#compdef ds2p
# Completion of ds2p for zsh, also of "npx ds2p".

# $1: the program; the words behind it, up to the cursor.
_ds2p_complete() {
  local program=$1 line kind="#none"
  shift
  local -a items space
  while IFS= read -r line; do
    case $line in
      \\#*) kind=$line ;;
      *) items+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("$program" --complete "$@" 2>/dev/null)
  [[ $kind == *nospace ]] && space=(-S "")
  local found=1
  if ((\${#items})); then
    _describe ds2p items "\${space[@]}" && found=0
  fi
  case $kind in
    \\#files*) compset -P "--*="; _files && found=0 ;;
    \\#folders*) compset -P "--*="; _files -/ && found=0 ;;
  esac
  return $found
}

_ds2p() {
  _ds2p_complete "\${words[1]}" "\${(@)words[2,CURRENT]}"
}

# npx runs the program of the project in which one is, else the one on the PATH; npx itself would be slow.
_ds2p_npx() {
  if [[ \${words[2]} != ds2p ]] || ((CURRENT < 3)); then
    _default
    return
  fi
  local folder=$PWD program=ds2p each
  while [[ $program == ds2p ]]; do
    for each in "$folder/node_modules/.bin/ds2p" "$folder/dist/scripts/ds2p.js"; do
      if [[ -x $each ]]; then
        program=$each
        break
      fi
    done
    [[ -n $folder ]] || break
    folder=\${folder%/*}
  done
  _ds2p_complete "$program" "\${(@)words[3,CURRENT]}"
}

if [[ \${funcstack[1]} == _ds2p ]]; then
  _ds2p "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit; }
  compdef _ds2p ds2p
  # A completion of npx that is there already is left alone.
  (($+_comps[npx])) || compdef _ds2p_npx npx
fi
`;

const FISH = `# Completion of ds2p for fish, also of "npx ds2p".

function __ds2p_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    if test "$program" = npx
        test "$words[1]" = ds2p; or return
        set -e words[1]
        # npx runs the program of the project in which one is, else the one on the PATH; npx itself would be slow.
        set program ds2p
        set -l folder $PWD
        while test -n "$folder"
            for each in $folder/node_modules/.bin/ds2p $folder/dist/scripts/ds2p.js
                if test -x $each; and test $program = ds2p
                    set program $each
                end
            end
            set folder (string replace -r '/[^/]*$' '' -- $folder)
        end
    end
    for line in ($program --complete $words "$current" 2>/dev/null)
        switch $line
            case '#files*'
                __fish_complete_path "$current"
            case '#folders*'
                __fish_complete_directories "$current"
            case '#*'
            case '*'
                echo $line
        end
    end
end

complete -c ds2p -f -a '(__ds2p_complete)'
complete -c npx -n 'string match -q "npx ds2p *" -- (commandline -cp)' -f -a '(__ds2p_complete)'
`;

/** By shell. */
export const SHELL_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;

export type Shell = keyof typeof SHELL_SCRIPTS;

export const SHELLS = Object.keys(SHELL_SCRIPTS) as readonly Shell[];
