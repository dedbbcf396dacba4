package workforce

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
)

// MaxRows is how many rows a forecast or a roster may have.
const MaxRows = 1_000_000

// Oddity is something that is odd in a file, and what is made of it.
type Oddity struct {
	Text  string
	Count int
	First int // the first row
}

// oddities counts.
type oddities []Oddity

func (o *oddities) add(row int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for i := range *o {
		if (*o)[i].Text == text {
			(*o)[i].Count++
			return
		}
	}
	*o = append(*o, Oddity{text, 1, row})
}

// sheet is a table that is read as a whole.
type sheet struct {
	header []string
	rows   [][]string
	lines  []int
}

// readSheet reads CSV, whatever common character parts its cells.
func readSheet(r io.Reader, odd *oddities) (*sheet, error) {
	text, err := io.ReadAll(io.LimitReader(r, 256<<20))
	if err != nil {
		return nil, err
	}
	comma := byte(',')
	line, _, _ := bytes.Cut(text, []byte("\n"))
	for _, c := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{c}) > bytes.Count(line, []byte{comma}) {
			comma = c
		}
	}
	in, err := ticketlog.NewRows(bytes.NewReader(text), comma)
	if err != nil {
		return nil, err
	}
	s := &sheet{header: in.Header()}
	for in.Next() {
		if p := in.Fault(); p != nil {
			odd.add(in.Line(), "a row cannot be read (%s): left out", p.Text)
			continue
		}
		if len(s.rows) == MaxRows {
			return nil, &ticketlog.Problem{Line: in.Line(), Text: fmt.Sprintf("there are more than %d rows", MaxRows)}
		}
		row := make([]string, len(s.header))
		for i := range row {
			row[i] = string(in.Cell(i))
		}
		s.rows, s.lines = append(s.rows, row), append(s.lines, in.Line())
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	if len(s.rows) == 0 {
		return nil, &ticketlog.Problem{Text: "there is no row under the header"}
	}
	return s, nil
}

// column is the place of a column by the words that it may be called; a problem if it is needed.
func (s *sheet) column(what string, needed bool, words ...string) (int, error) {
	i := eventlog.Column(s.header, words)
	if i < 0 && needed {
		return i, &ticketlog.Problem{Line: 1, Text: fmt.Sprintf("no column looks like the %s", what), Hint: "it may be called " + strings.Join(words, ", ")}
	}
	return i, nil
}

// times reads a column of times; a clock time alone gets its date from another column.
func (s *sheet) times(column, dates int, zone *time.Location, odd *oddities) ([]time.Time, error) {
	texts := make([]string, len(s.rows))
	for i, row := range s.rows {
		texts[i] = row[column]
		if dates >= 0 && dates != column {
			texts[i] = row[dates] + " " + row[column]
		}
	}
	sample := slices.Clone(texts)
	sample = slices.DeleteFunc(sample, func(t string) bool { return strings.TrimSpace(t) == "" })
	sample = sample[:min(len(sample), 2000)]
	layout, zoned, ok := eventlog.LayoutOf(sample)
	strange := -1
	if layout == "" {
		if strange = slices.IndexFunc(texts, noTime); strange >= 0 { // most rows may be well all the same, and the others are told
			if times := slices.DeleteFunc(slices.Clone(sample), noTime); 2*len(times) > len(sample) {
				layout, zoned, ok = eventlog.LayoutOf(times)
			}
		}
	}
	switch {
	case layout == "" && strange >= 0:
		return nil, &ticketlog.Problem{Line: s.lines[strange], Column: s.header[column], Text: fmt.Sprintf("%q is no time that is known here", texts[strange]), Hint: "write times as 2026-03-02 09:30"}
	case layout == "":
		return nil, &ticketlog.Problem{Line: s.lines[0], Column: s.header[column], Text: fmt.Sprintf("the column does not write all times as %q", texts[0]), Hint: "write times as 2026-03-02 09:30"}
	case !ok:
		return nil, &ticketlog.Problem{Line: s.lines[0], Column: s.header[column], Text: "day and month may be either way round", Hint: "write times as 2026-03-02 09:30"}
	case !zoned && zone == nil:
		return nil, &ticketlog.Problem{Line: s.lines[0], Column: s.header[column], Text: fmt.Sprintf("%q does not say how far from UTC it is", texts[0]), Hint: "declare the zone: --zone Europe/Berlin"}
	}
	if zone == nil {
		zone = time.UTC
	}
	clock := ticketlog.NewClock(layout, zone)
	out := make([]time.Time, len(texts))
	for i, text := range texts {
		at, ok := clock.Parse(text)
		if !ok {
			odd.add(s.lines[i], "a time of %s cannot be read: the row is left out", s.header[column])
			continue
		}
		out[i] = at.In(zone)
	}
	return out, nil
}

// noTime reports whether a text is no time in any way that is known.
func noTime(text string) bool {
	layout, _, _ := eventlog.LayoutOf([]string{text})
	return layout == ""
}

var errNumber = errors.New("no number")

// number reads a number with a point or a comma.
func number(text string) (float64, error) {
	text = strings.TrimSpace(text)
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil || x != x || x > 1e12 || x < -1e12 {
		return 0, errNumber
	}
	return x, nil
}
