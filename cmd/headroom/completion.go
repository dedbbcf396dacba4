package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// The scripts ask the program itself for the words, with a flag of the cli library.
const (
	bashCompletion = `_headroom() {
  local words
  words=$("${COMP_WORDS[@]:0:COMP_CWORD}" --generate-bash-completion 2>/dev/null)
  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _headroom headroom
`
	zshCompletion = `#compdef headroom
_headroom() {
  local -a words_found
  words_found=("${(@f)$("${words[@]:0:CURRENT-1}" --generate-bash-completion 2>/dev/null)}")
  compadd -- "${words_found[@]%%:*}"
  _files
}
compdef _headroom headroom
`
)

func completionCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "completion",
		Usage:        "print the completion script of a shell",
		ArgsUsage:    "bash|zsh|fish",
		Description:  "For bash: source <(headroom completion bash)",
		OnUsageError: onUsage,
		Action: func(c *cli.Context) error {
			script := ""
			switch shell := c.Args().First(); shell {
			case "bash":
				script = bashCompletion
			case "zsh":
				script = zshCompletion
			case "fish":
				var err error
				if script, err = c.App.ToFishCompletion(); err != nil {
					return err
				}
			default:
				return usagef("completion takes bash, zsh or fish, not %q", shell)
			}
			_, err := fmt.Fprint(t.out, script)
			return err
		},
	}
}
