package eventlog

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Read tells the intake what the files say by the mapping. An error that is the content's is a
// *ticketlog.Problem in a file.
func (m *Mapping) Read(in *intake.Intake, files []intake.Source) error {
	for _, file := range files {
		if err := m.readFile(in, file); err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
	}
	return nil
}

func (m *Mapping) readFile(in *intake.Intake, file intake.Source) (err error) {
	r, err := file.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	p := newPlan(m, in, file.Name)
	defer p.finish()
	switch m.From {
	case "jsonl":
		err = p.readRecords(r, eachLine)
	case "xes":
		err = p.readRecords(r, eachEvent)
	default:
		err = p.readCSV(r)
	}
	if err != nil {
		return err
	}
	return p.tellAll()
}

// readCSV reads rows of cells.
func (p *plan) readCSV(r io.Reader) error {
	rows, err := ticketlog.NewRows(r, p.mapping.Comma)
	if err != nil {
		return err
	}
	where := make([]int, len(p.columns))
	for i, name := range p.columns {
		where[i] = -1
		if p.optional(i) && !slices.Contains(rows.Header(), name) {
			p.without(i)
			continue
		}
		at, problem := rows.Column(name)
		if problem != nil {
			return problem
		}
		where[i] = at
	}
	for i, name := range rows.Header() {
		if slices.Contains(rows.Header()[:i], name) {
			p.in.Odd(DuplicateHeader, name, p.place(1))
		}
	}
	rows.Only(where)
	cells := make([][]byte, len(p.columns))
	for rows.Next() {
		if rows.Fault() != nil {
			p.unreadable(rows.Fault())
			continue
		}
		for i, at := range where {
			if at >= 0 {
				cells[i] = rows.Cell(at)
			}
		}
		if rows.Open() {
			p.in.Odd(intake.NoLineEnd, "", p.place(rows.Line()))
		}
		if err := p.row(cells, rows.Line(), maphash.Bytes(p.seed, rows.Raw())|1); err != nil {
			return err
		}
	}
	return rows.Err()
}

// unreadable counts a row that cannot be read.
func (p *plan) unreadable(why *ticketlog.Problem) {
	detail := why.Text
	if p.in.Details(intake.Unreadable) > mostWords {
		detail = "for further reasons"
	}
	p.in.Odd(intake.Unreadable, detail, p.place(why.Line))
}

// DuplicateHeader is a table in which two columns have one name.
var DuplicateHeader = &intake.Oddity{Name: "duplicate header", Text: "columns that have the name of another", Done: "none of them is read; a mapping that names one is refused", Harmless: true}
