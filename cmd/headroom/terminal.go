package main

import (
	"io"
	"os"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
)

// screen is the writer as a terminal; false if it is a file or a pipe.
func screen(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// narrow and wide bound tables on a terminal, whatever its window.
const (
	narrow = 60
	wide   = 240
)

// styleFor is optionsFor with what --color says.
func styleFor(c *cli.Context, w io.Writer) (document.Options, error) {
	o := optionsFor(w)
	switch when := c.String("color"); when {
	case "", "auto":
	case "always":
		o.Colour = true
	case "never":
		o.Colour = false
	default:
		return o, usagef("--color is %q; it takes auto, always or never", when)
	}
	return o, nil
}

// optionsFor says how to set text for a writer: within the window and in colour on
// a terminal (unless NO_COLOR is set; see no-color.org), plain and as wide as it
// gets elsewhere, unless COLUMNS says how wide.
func optionsFor(w io.Writer) document.Options {
	f, ok := screen(w)
	if !ok {
		if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
			return document.Options{Width: min(max(columns, narrow), wide)}
		}
		return document.Options{}
	}
	o := document.Options{Width: wide, Colour: os.Getenv("NO_COLOR") == ""}
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
		o.Width = min(max(columns, narrow), wide)
	}
	return o
}

// bar is a progress bar on a terminal, with rate and time left; elsewhere it is
// silent.
type bar struct {
	writer  progress.Writer
	tracker *progress.Tracker
	drawn   chan struct{}
}

// finer is how many steps of a tracker one unit of work has: trackers count whole steps, and
// a point of a sweep takes longer than a second.
const finer = 100

func newProgress(w io.Writer, name, what string) *bar {
	f, ok := screen(w)
	if !ok {
		return &bar{}
	}
	b := &bar{writer: progress.NewWriter(), drawn: make(chan struct{})}
	b.writer.SetOutputWriter(f)
	b.writer.SetUpdateFrequency(100 * time.Millisecond)
	b.writer.SetTrackerLength(20)
	b.writer.SetStyle(progress.StyleBlocks)
	b.writer.Style().Visibility.ETA = true
	b.writer.Style().Visibility.Speed = true
	b.writer.Style().Visibility.Percentage = false
	b.writer.SetTrackerPosition(progress.PositionRight)
	b.writer.Style().Options.DoneString = " done"
	b.writer.Style().Options.Separator = ""
	b.writer.Style().Options.TimeInProgressPrecision = 100 * time.Millisecond
	b.writer.Style().Options.TimeDonePrecision = 100 * time.Millisecond
	b.writer.Style().Options.ETAPrecision = 100 * time.Millisecond
	b.tracker = &progress.Tracker{
		Message: format.Clean(name) + ", " + what,
		Units: progress.Units{Formatter: func(steps int64) string {
			return strconv.FormatFloat(float64(steps)/finer, 'f', -1, 64)
		}},
	}
	b.writer.AppendTracker(b.tracker)
	go func() {
		defer close(b.drawn)
		b.writer.Render()
	}()
	return b
}

// update shows how many of how many are done.
func (b *bar) update(done, planned int) {
	if b.writer == nil {
		return
	}
	// A tracker that has reached its total is finished for good, but more
	// of them may be asked for: the total stays ahead until done.
	b.tracker.UpdateTotal(finer * int64(max(planned, done+1)))
	b.tracker.SetValue(finer * int64(done))
}

// done takes the bar off.
func (b *bar) done() {
	if b.writer == nil {
		return
	}
	b.tracker.MarkAsDone()
	b.writer.Stop()
	<-b.drawn
}
