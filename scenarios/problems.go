package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Problem is one thing that is wrong with a scenario or with a file that it
// reads.
type Problem struct {
	File string // as the user would name it
	// Line and Column count from 1, columns in characters; 0 when the problem is
	// about the file as a whole.
	Line, Column int
	Path         string // the key, such as teams.front.shifts[early].hours, or "column NAME" of a table
	Text         string // what is wrong
	Hint         string // what to do; may be empty
	Source       string // the text of the line; empty when it is not known
	Width        int    // how many characters of the line are meant
}

// String is the problem as it is shown: a line that editors can jump to, the line
// of the file with a caret under it, and a hint.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 && p.Line < math.MaxInt {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Text)
	if strings.TrimSpace(p.Source) != "" && p.Column > 0 {
		line, caret := p.caret()
		fmt.Fprintf(&b, "\n  %s\n  %s", line, caret)
	}
	if p.Hint != "" {
		b.WriteString("\n  hint: " + p.Hint)
	}
	return b.String()
}

// caret is the line, cut to what surrounds the place, and the marks under it. Tabs
// stay tabs in the line of marks, so that the two stay aligned.
func (p Problem) caret() (line, caret string) {
	const before, most = 60, 100
	runes := []rune(strings.TrimRight(p.Source, " \t\r"))
	at := min(p.Column-1, len(runes))
	start := 0
	if at > before && len(runes) > most {
		start = at - before
	}
	end := min(len(runes), start+most)
	shown := string(runes[start:end])
	var pad strings.Builder
	if start > 0 {
		shown = "…" + shown
		pad.WriteByte(' ')
	}
	if end < len(runes) {
		shown += "…"
	}
	for _, r := range runes[start:at] {
		if r != '\t' {
			r = ' '
		}
		pad.WriteRune(r)
	}
	width := max(1, min(p.Width, end-at))
	return shown, pad.String() + strings.Repeat("^", width)
}

// Problems is everything that is wrong with a scenario, by file and place. It is
// the error of Load.
type Problems []Problem

// Error shows all problems, one after the other.
func (ps Problems) Error() string {
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.String()
	}
	return strings.Join(texts, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Path, b.Path), strings.Compare(a.Text, b.Text),
		)
	})
}

// problemOf shows a problem of a tree.
func problemOf(p yamltree.Problem) Problem {
	out := Problem{Line: p.At.Line, Column: p.At.Column, Width: p.At.Width, Path: p.Path, Text: p.Text, Hint: p.Hint}
	if p.At.File != nil {
		out.File = p.At.File.Name
		out.Source = p.At.File.Line(p.At.Line)
	}
	return out
}

// ProblemsOf shows problems of a tree that is no scenario, such as a mapping.
func ProblemsOf(found []yamltree.Problem) Problems {
	var out Problems
	for _, p := range found {
		out = append(out, problemOf(p))
	}
	return out
}
