package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// Whatever has a result to pass on prints it in every format; the others print words, or something that is a
// file already.
func TestEveryResultIsPrintedInEveryFormat(t *testing.T) {
	t.Parallel()
	without := []string{"best", "warmup", "snapshot", "import", "check", "list", "schema", "init", "erlang", "bench", "completion", "help"}
	asked := 0
	for _, command := range newApp(terminal{in: strings.NewReader(""), out: new(strings.Builder), err: new(strings.Builder)}).Commands {
		usage := ""
		for _, f := range command.Flags {
			if s, ok := f.(*cli.StringFlag); ok && s.Name == "format" {
				usage = s.Usage
			}
		}
		if slices.Contains(without, command.Name) {
			continue
		}
		asked++
		if !strings.Contains(usage, "table, csv, html, json, markdown") {
			t.Errorf("%s --format: %q", command.Name, usage)
		}
	}
	if asked < 14 {
		t.Errorf("only %d commands were looked at", asked)
	}
}
