package ticketlog

import (
	"bufio"
	"io"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Flag is what the tool that a history comes from has recorded of a promise: that it was kept, or
// that it was not. A ticket may have several of a metric: one for each round of a clock, or one for
// each policy.
//
// A file of flags is CSV as a log is, with the header
//
//	ticket,metric,policy,breached,at
//
// in the order of tickets and then of time: the ticket as in the log, the metric in the words of package
// sla, what the tool calls the policy (may be empty), true or false, and when the verdict fell
// (RFC 3339; empty where the tool does not say).
type Flag struct {
	Ticket   ticket.ID
	Metric   sla.Metric
	Policy   string
	Breached bool
	At       time.Time // zero if it is not said
}

var flagColumns = [...]string{"ticket", "metric", "policy", "breached", "at"}

// FlagWriter writes flags as a file. It buffers: call Flush at the end.
type FlagWriter struct {
	out *bufio.Writer
	row []byte
	err error
}

// NewFlagWriter writes the header.
func NewFlagWriter(w io.Writer) *FlagWriter {
	f := &FlagWriter{out: bufio.NewWriter(w)}
	for i, name := range flagColumns {
		if i > 0 {
			f.row = append(f.row, ',')
		}
		f.row = append(f.row, name...)
	}
	_, f.err = f.out.Write(append(f.row, '\n'))
	return f
}

// Write appends one row. An error of the output stays.
func (w *FlagWriter) Write(f Flag) error {
	if w.err != nil {
		return w.err
	}
	b := append(AppendID(w.row[:0], f.Ticket), ',')
	b = append(append(b, f.Metric.String()...), ',')
	b = append(appendCell(b, f.Policy), ',')
	if f.Breached {
		b = append(b, "true,"...)
	} else {
		b = append(b, "false,"...)
	}
	if !f.At.IsZero() {
		var err error
		if b, err = appendTime(b, f.At); err != nil {
			return err
		}
	}
	w.row = append(b, '\n')
	_, w.err = w.out.Write(w.row)
	return w.err
}

// Flush writes what is still buffered.
func (w *FlagWriter) Flush() error {
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

// ReadFlags gives the flags of a file one by one, in constant memory. All that is wrong with the
// file is one *Problems; an error that give returns ends the reading. Columns may be in any order, and unknown
// ones are passed over.
func ReadFlags(r io.Reader, give func(Flag) error) error {
	rows, err := NewRows(r, ',')
	if err != nil {
		return err
	}
	var at [len(flagColumns)]int
	var all Problems
	for i, name := range flagColumns {
		column, p := rows.Column(name)
		if p != nil {
			all.add(*p)
		}
		at[i] = column
	}
	if err := all.Err(); err != nil {
		return err
	}
	for rows.Next() {
		f, p := rows.flag(&at)
		if p != nil {
			all.add(*p)
			continue
		}
		if err := give(f); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return all.Err()
}

// flag reads the current row.
func (r *Rows) flag(at *[len(flagColumns)]int) (f Flag, p *Problem) {
	if p := r.Fault(); p != nil {
		return f, p
	}
	wrong := func(i int, text string) (Flag, *Problem) {
		p := r.Problem(at[i], text)
		return f, &p
	}
	var ok bool
	if f.Ticket, ok = parseID(r.Cell(at[0])); !ok {
		return wrong(0, "is no ticket of a log, such as t00000000000000a7")
	}
	if f.Metric, ok = sla.ParseMetric(string(r.Cell(at[1]))); !ok {
		p := r.Problem(at[1], "is no metric")
		p.Hint = Suggest(string(r.Cell(at[1])), sla.MetricNames())
		return f, &p
	}
	f.Policy = string(r.Cell(at[2]))
	switch string(r.Cell(at[3])) {
	case "true":
		f.Breached = true
	case "false":
	default:
		return wrong(3, "is neither true nor false")
	}
	if cell := r.Cell(at[4]); len(cell) > 0 {
		var err error
		if f.At, err = time.Parse(time.RFC3339Nano, string(cell)); err != nil {
			return wrong(4, "is no time, such as 2026-11-27T09:00:12-05:00")
		}
	}
	return f, nil
}
