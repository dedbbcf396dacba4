// Package rehearsal imports an export in a test, and tells what came of it so that a person can read it.
package rehearsal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Result is what came of an import.
type Result struct {
	// Story is a line for each event: ticket as its source calls it, day and time, event, status, then channel, issue,
	// tier, priority, account, team and agent as far as they are said.
	Story []string
	Flags []string // ticket, metric, policy, breached, time
	Odd   []string // name and detail, how often, and rows
	Terms string   // the sections that were found beside the tickets
	Sum   *intake.Summary
	Log   string

	parts *draft.Map
}

// Text is a file of a test.
func Text(name, content string) intake.Source {
	return intake.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// Folder are the files of a folder.
func Folder(t testing.TB, dir string) []intake.Source {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []intake.Source
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		files = append(files, intake.Source{Name: e.Name(), Open: func() (io.ReadCloser, error) { return os.Open(path) }})
	}
	return files
}

// Try imports files, and gives the error of the reader.
func Try(t testing.TB, f intake.Format, o intake.Options, files ...intake.Source) (Result, error) {
	t.Helper()
	in := intake.New(o)
	defer in.Close()
	if err := f.Read(in, files); err != nil {
		return Result{}, err
	}
	var log, flags strings.Builder
	sum, err := in.WriteLog(&log)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.WriteFlags(&flags); err != nil {
		t.Fatal(err)
	}
	parts, err := in.Parts.Encode("")
	if err != nil {
		t.Fatal(err)
	}
	r := Result{Sum: sum, Terms: string(parts), Log: log.String(), parts: in.Parts}
	source := r.tell(t, sum)
	r.flags(t, flags.String(), source)
	for _, o := range sum.Oddities {
		text := fmt.Sprintf("%s: %d", strings.TrimSuffix(o.Name+": "+o.Detail, ": "), o.Count)
		for _, p := range o.First {
			if p.Row > 0 {
				text += fmt.Sprintf(" %s:%d", p.File, p.Row)
			} else if p.File != "" {
				text += " " + p.File
			}
		}
		r.Odd = append(r.Odd, text)
	}
	slices.Sort(r.Odd)
	return r, nil
}

// Import is Try for what must be readable.
func Import(t testing.TB, f intake.Format, o intake.Options, files ...intake.Source) Result {
	t.Helper()
	r, err := Try(t, f, o, files...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tell makes the story, and gives the sources of tickets by their ID in the log.
func (r *Result) tell(t testing.TB, sum *intake.Summary) map[string]string {
	t.Helper()
	rows, err := ticketlog.NewRows(strings.NewReader(r.Log), ',')
	if err != nil {
		t.Fatal(err)
	}
	source := map[string]string{}
	for rows.Next() {
		cell := func(i int) string { return string(rows.Cell(i)) }
		source[cell(0)] = cell(11)
		line := fmt.Sprintf("%s %s %s %s", cell(11), strings.Replace(cell(1)[5:16], "T", " ", 1), cell(2), cell(3))
		for i := 4; i < 10; i++ {
			line += " " + orDash(cell(i))
		}
		who := "-"
		var n int
		if _, err := fmt.Sscan(cell(10), &n); err == nil {
			who = sum.Agents[n]
		}
		r.Story = append(r.Story, line+" "+who)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return source
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (r *Result) flags(t testing.TB, text string, source map[string]string) {
	t.Helper()
	err := ticketlog.ReadFlags(strings.NewReader(text), func(f ticketlog.Flag) error {
		id := ticketlog.FormatID(f.Ticket)
		if s := source[id]; s != "" {
			id = s
		}
		when := "-"
		if !f.At.IsZero() {
			when = f.At.Format("01-02 15:04")
		}
		r.Flags = append(r.Flags, fmt.Sprintf("%s %s %s %v %s", id, f.Metric, orDash(f.Policy), f.Breached, when))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(r.Flags)
}

// Of are the lines of the story about a ticket, without its name.
func (r *Result) Of(ticket string) (lines []string) {
	for _, line := range r.Story {
		if rest, ok := strings.CutPrefix(line, ticket+" "); ok {
			lines = append(lines, rest)
		}
	}
	return lines
}

func isProblem(err error) bool { return errors.As(err, new(*ticketlog.Problem)) }

// Content is what a file holds.
func Content(t testing.TB, file intake.Source) string {
	t.Helper()
	in, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
