package main

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// The library keeps its printer of help in a variable of its own.
func init() { cli.HelpPrinter = printHelp }

// printHelp prints help within the window of a terminal, and as wide as it gets elsewhere.
func printHelp(w io.Writer, template string, data any) {
	var text bytes.Buffer
	cli.HelpPrinterCustom(&text, template, data, nil)
	width := optionsFor(w).Width
	for line := range strings.Lines(text.String()) {
		if width > 0 {
			line = folded(strings.TrimRight(line, " \n"), width) + "\n"
		}
		io.WriteString(w, line)
	}
}

// The beginning of a line that is said in two columns, names and what they mean.
var firstColumn = regexp.MustCompile(`^ +\S.*?\S {2,}`)

// folded breaks a line that is wider than the window, and goes on under what it says: in its
// second column, unless that is too narrow.
func folded(line string, width int) string {
	const enough = 28
	indent := len(line) - len(strings.TrimLeft(line, " "))
	hang := indent
	if first := firstColumn.FindString(line); first != "" {
		hang = utf8.RuneCountInString(first)
		if width-hang < enough {
			hang = indent + 4
		}
	}
	var out []string
	for utf8.RuneCountInString(line) > width {
		runes := []rune(line)
		at := width
		for at > hang && runes[at] != ' ' {
			at--
		}
		if at <= hang {
			break // a word that is wider than the window
		}
		out = append(out, strings.TrimRight(string(runes[:at]), " "))
		line = strings.Repeat(" ", hang) + strings.TrimLeft(string(runes[at:]), " ")
	}
	return strings.Join(append(out, line), "\n")
}
