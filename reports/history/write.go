package history

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Table is the parameters as a table.
func Table(f *fit.Fitted) *table.Table {
	t := &table.Table{Title: "What the log says", Columns: []table.Column{
		{Head: "about"}, {Head: "parameter"}, {Head: "value", Align: table.Right}, {Head: "behind it", Align: table.Right}, {Head: "of"},
	}}
	for _, l := range lines(f) {
		value := table.Estimated(l.Estimate, l.unit)
		if l.note != "" {
			value.Notes = []string{l.note}
		}
		of := table.Text(l.Of)
		of.Notes = []string{"Interval: " + string(l.Method) + "."} // a column would say the same in every other row
		t.Add(table.Text(l.about), table.Text(l.name), value, table.Num(format.Count(float64(l.N)), float64(l.N)), of)
	}
	return t
}

// Text writes the tables for a terminal.
func Text(w io.Writer, f *fit.Fitted, style table.Style) error {
	if err := table.Paragraph(w, head(f), style, 2); err != nil {
		return err
	}
	fmt.Fprintln(w)
	var notes table.Notes
	if err := Table(f).WriteText(w, style, &notes); err != nil {
		return err
	}
	if notes.Len() > 0 {
		fmt.Fprintln(w)
		if err := notes.WriteText(w, style); err != nil {
			return err
		}
	}
	for _, r := range remarks(f) {
		fmt.Fprintln(w)
		if err := table.Heading(w, r.title, style); err != nil {
			return err
		}
		for _, words := range r.words {
			if err := table.Paragraph(w, "- "+words, style, 2); err != nil {
				return err
			}
		}
	}
	return nil
}

// remark is what is said of a fit beside its numbers.
type remark struct {
	name, title string
	words       []string
}

// remarks are what is doubtful, and what the log does not say.
func remarks(f *fit.Fitted) (list []remark) {
	if len(f.Warnings) > 0 {
		list = append(list, remark{"doubts", "What is doubtful", f.Warnings})
	}
	var gaps []string
	for _, g := range f.Gaps {
		gaps = append(gaps, g.What+"; "+g.Fill)
	}
	if len(gaps) > 0 {
		list = append(list, remark{"gaps", "What the log does not say", gaps})
	}
	return list
}

// CSV writes the parameters as a tidy table, those of every hour too: one line per parameter, with the unit of its value, 1 for a
// plain number, and its interval.
func CSV(w io.Writer, f *fit.Fitted) error {
	out := csv.NewWriter(w)
	out.Write([]string{"about", "parameter", "unit", "value", "ci_low", "ci_high", "level", "n", "of", "method"}) // errors stick; see out.Error
	for _, l := range append(lines(f), further(f)...) {
		out.Write([]string{table.Safe(l.about), table.Safe(l.name), string(l.machine()), table.Number(l.Value), table.Number(l.Low), table.Number(l.High),
			table.Number(l.Level), strconv.Itoa(l.N), table.Safe(l.Of), string(l.Method)})
	}
	out.Flush()
	return out.Error()
}

// HTML writes the tables as a page.
func HTML(w io.Writer, f *fit.Fitted) error {
	t := Table(f)
	d := &paper.Document{Title: t.Title, Head: head(f), Sections: []paper.Section{{Name: "parameters", Title: "Parameters", Table: t}}}
	for _, r := range remarks(f) {
		d.Sections = append(d.Sections, paper.Section{Name: r.name, Title: r.title, Words: r.words})
	}
	return d.WriteHTML(w)
}

// head says in a line what was fitted.
func head(f *fit.Fitted) string {
	return fmt.Sprintf("%s on %s from %v to %v, %s", format.Plural(f.Tickets, "ticket", "tickets"), format.Plural(f.Days, "day", "days"), f.From, f.Until, f.Zone)
}

// Markdown writes the tables as a page.
func Markdown(w io.Writer, f *fit.Fitted) error {
	var notes table.Notes
	if err := Table(f).WriteMarkdown(w, &notes); err != nil {
		return err
	}
	if notes.Len() > 0 {
		fmt.Fprintln(w)
		if err := notes.WriteMarkdown(w); err != nil {
			return err
		}
	}
	for _, r := range remarks(f) {
		if _, err := fmt.Fprintf(w, "\n### %s\n\n", table.Markdown(r.title)); err != nil {
			return err
		}
		for _, words := range r.words {
			if _, err := fmt.Fprintf(w, "- %s\n", table.Markdown(words)); err != nil {
				return err
			}
		}
	}
	return nil
}

// JSON writes the parameters as a list, those of every hour too.
func JSON(w io.Writer, f *fit.Fitted) error {
	type entry struct {
		About     string       `json:"about"`
		Parameter string       `json:"parameter"`
		Unit      outcome.Unit `json:"unit"`
		Value     *float64     `json:"value"`
		Low       *float64     `json:"low"`
		High      *float64     `json:"high"`
		Level     float64      `json:"level"`
		N         int          `json:"n"`
		Of        string       `json:"of"`
		Method    fit.Method   `json:"method"`
	}
	type gap struct {
		What string `json:"what"`
		Fill string `json:"fill"`
	}
	gaps := []gap{}
	for _, g := range f.Gaps {
		gaps = append(gaps, gap{g.What, g.Fill})
	}
	finite := func(x float64) *float64 {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return &x
	}
	list := []entry{}
	for _, l := range append(lines(f), further(f)...) {
		list = append(list, entry{l.about, l.name, l.machine(), finite(l.Value), finite(l.Low), finite(l.High), l.Level, l.N, l.Of, l.Method})
	}
	return json.NewEncoder(w).Encode(struct {
		From       string   `json:"from"`
		Until      string   `json:"until"`
		Zone       string   `json:"zone"`
		Tickets    int      `json:"tickets"`
		Parameters []entry  `json:"parameters"`
		Doubts     []string `json:"doubts"`
		Gaps       []gap    `json:"gaps"`
	}{f.From.String(), f.Until.String(), f.Zone.String(), f.Tickets, list, append([]string{}, f.Warnings...), gaps})
}
