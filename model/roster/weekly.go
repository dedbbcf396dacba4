package roster

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/program"
)

// Weekly is the same program with the same heads in each week: a shift has one column for all
// Mondays, and so on. It has the first of these days as its date, and its pay is that of all of
// them. Of conditions on the same columns only the strictest is left.
func (c *Cover) Weekly() *Cover {
	type day struct {
		candidate int
		weekday   time.Weekday
	}
	w := &Cover{Program: &program.Program{}, plan: c.plan, days: c}
	column := map[day]int{}
	for j, s := range c.Starts {
		key := day{s.Candidate, s.Date.Weekday()}
		k, ok := column[key]
		if !ok || c.before(w.Starts[k]) {
			// A start before the plan's time is cut by it, and not what the day is like.
			if !ok {
				k = len(w.Starts)
				column[key] = k
				w.Starts = append(w.Starts, s)
				w.Program.Columns = append(w.Program.Columns, program.Column{Name: c.Program.Columns[j].Name, Integer: true, Upper: math.Inf(1)})
			}
			w.Starts[k] = s
		}
		col := &w.Program.Columns[k]
		col.Cost += c.Program.Columns[j].Cost
		col.Lower, col.Upper = max(col.Lower, c.Program.Columns[j].Lower), min(col.Upper, c.Program.Columns[j].Upper)
		w.fold = append(w.fold, k)
	}
	w.strictest()
	return w
}

// strictest folds the rows of the program by day into those of the week.
func (w *Cover) strictest() {
	days := w.days.Program
	rows := make([]map[int]float64, len(days.Rows)) // coefficients by column of the week
	lacks := make([]int, len(days.Rows))            // the column of missing heads, or -1
	for i := range rows {
		rows[i], lacks[i] = map[int]float64{}, -1
	}
	for j := range days.Columns {
		for _, e := range days.Columns[j].Entries {
			if j < len(w.fold) {
				rows[e.Row][w.fold[j]] += e.Coef
			} else {
				lacks[e.Row] = j
			}
		}
	}
	seen := map[string]int{} // row of the week
	missing := map[int]int{} // column of the week by column by day
	var kept []int           // row by day, of each row of the week
	for i := range rows {
		key := signature(rows[i], len(w.Starts))
		if lacks[i] >= 0 {
			key += "?" // heads may be missing, which no limit allows
		}
		k, ok := seen[key]
		if !ok {
			seen[key] = len(w.Program.Rows)
			w.Program.Rows = append(w.Program.Rows, days.Rows[i])
			kept = append(kept, i)
			continue
		}
		row := &w.Program.Rows[k]
		if days.Rows[i].Lower > row.Lower {
			row.Lower, row.Name = days.Rows[i].Lower, days.Rows[i].Name
			kept[k] = i
		}
		row.Upper = min(row.Upper, days.Rows[i].Upper)
	}
	for k, i := range kept {
		for j := range w.Starts {
			coef, ok := rows[i][j]
			if !ok {
				continue
			}
			w.Program.Columns[j].Entries = append(w.Program.Columns[j].Entries, program.Entry{Row: k, Coef: coef})
		}
		if lacks[i] < 0 {
			continue
		}
		j, ok := missing[lacks[i]]
		if !ok {
			j = len(w.Program.Columns)
			missing[lacks[i]] = j
			col := days.Columns[lacks[i]]
			col.Entries = nil
			w.Program.Columns = append(w.Program.Columns, col)
		}
		w.Program.Columns[j].Entries = append(w.Program.Columns[j].Entries, program.Entry{Row: k, Coef: 1})
	}
}

// signature tells rows apart by their entries.
func signature(row map[int]float64, columns int) string {
	var b []byte
	for j := range columns {
		if coef, ok := row[j]; ok {
			b = binary.AppendUvarint(b, uint64(j))
			b = binary.AppendVarint(b, int64(math.Round(coef*1e9)))
		}
	}
	return string(b)
}

// byDay is a choice of the week as one by day.
func (w *Cover) byDay(x []float64) []float64 {
	out := make([]float64, len(w.days.Program.Columns))
	for j, k := range w.fold {
		out[j] = x[k]
	}
	return out
}
