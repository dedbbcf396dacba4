package ledger

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/cutoff"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Flagged is what the tool that a log comes from has recorded itself.
type Flagged struct {
	Source     string // the file
	Agreements []audit.Agreement
	Foreign    int // tickets with flags that are not audited
	// Limits are the time limits that explain the flags best; empty where nobody asks.
	Limits []Limit
}

// Limit is the best time limit on one clock, for the tickets of one priority.
type Limit struct {
	Metric   string
	Priority string
	Clock    string // created to closed
	Tickets  int
	Late     int // by the flags
	Cut      cutoff.Cut
	Held     estimate.Estimate // agreement of tickets that the search has not seen
}

// agreement is how far the tool and the audit say the same, with every disagreement.
func (r *report) agreement() []paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), unit("tickets", ""), unit("both late", ""), unit("late by the tool only", ""), unit("late by the audit only", ""), unit("both kept", ""), unit("agreement", "share"), unit("kappa", ""), unit("no promise here", ""),
	}}
	reasons := &table.Table{Columns: []table.Column{left("metric"), left("the tool says"), left("explained by"), unit("tickets", "")}}
	list := &table.Table{Columns: []table.Column{
		left("ticket"), left("metric"), left("tool"), left("audit"), left("reason"), unit("took", "s"), unit("promised", "s"), unit("paused", "s"), unit("closed", "s"), left("in words"),
	}}
	for _, a := range r.Flags.Agreements {
		metric := format.Words(a.Metric.String())
		kappa := table.Estimated(a.Kappa, outcome.Unit(""))
		if math.IsNaN(a.Kappa.Value) {
			kappa = table.Num(format.Missing, nan, "Kappa has no meaning where both say the same of every ticket.")
		}
		t.Add(table.Text(metric), count(a.Both+a.Theirs+a.Ours+a.Neither), count(a.Both), count(a.Theirs), count(a.Ours), count(a.Neither), rate(a.Share), kappa, count(a.Reasons[audit.NotPromisedHere]))
		reasonRows(reasons, metric, a.Disagreements)
		for i := range a.Disagreements {
			list.Add(r.disagreement(&a.Disagreements[i])...)
		}
	}
	words := []string{
		fmt.Sprintf("%s against the audit by %s. A ticket is late in a metric if any of its flags, or any round of its clock, is. Kappa is the agreement beyond what chance alone would bring: 1 is all of it, 0 none.",
			format.Clean(r.Flags.Source), format.Clean(r.Held[0].Name)),
	}
	if r.Flags.Foreign > 0 {
		words = append(words, fmt.Sprintf("%s in the file are not among the audited tickets, and are not compared.", format.Plural(r.Flags.Foreign, "ticket", "tickets")))
	}
	sections := []paper.Section{{Name: "agreement", Title: "Agreement with the tool's own flags", Table: t, Words: words}}
	if len(list.Rows) > 0 {
		sections = append(sections, paper.Section{Name: "disagreements", Title: "Why they do not agree", Table: reasons, Data: list, Words: []string{
			"The reason is what would make the two agree, found in the times of our clock; nobody has asked the tool. Each ticket stands in disagreements.csv, with --out or --format csv."}})
	}
	return sections
}

// reasonRows counts disagreements by reason, the most frequent first.
func reasonRows(t *table.Table, metric string, all []audit.Disagreement) {
	type key struct {
		late   bool
		reason audit.Reason
	}
	n := map[key]int{}
	var keys []key
	for _, d := range all {
		k := key{d.Late, d.Reason}
		if n[k] == 0 {
			keys = append(keys, k)
		}
		n[k]++
	}
	slices.SortStableFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a.reason, b.reason))
	})
	for _, k := range keys {
		t.Add(table.Text(metric), table.Text(says(!k.late)), table.Text(k.reason.String()), count(n[k]))
	}
}

func says(late bool) string {
	if late {
		return "late"
	}
	return "kept"
}

// disagreement is the row of a ticket.
func (r *report) disagreement(d *audit.Disagreement) []table.Cell {
	second := func(x time.Duration) table.Cell { return table.Num(format.Exact(x), x.Seconds()) }
	ours := says(d.Late)
	if d.Reason == audit.NotPromisedHere {
		ours = "nothing"
	}
	return []table.Cell{
		table.Text(ticketlog.FormatID(d.Ticket)), table.Text(format.Words(d.Metric.String())), table.Text(says(!d.Late)), table.Text(ours), table.Text(d.Reason.String()),
		second(d.Elapsed), second(d.Within), second(d.Paused), second(d.Closed), table.Text(inWords(d)),
	}
}

// inWords explains one disagreement.
func inWords(d *audit.Disagreement) string {
	took := fmt.Sprintf("%s taken of %s", format.Exact(d.Elapsed), format.Exact(d.Within))
	switch d.Reason {
	case audit.PausedHere:
		return fmt.Sprintf("%s; our clock stood still for %s, and with that it would be late", took, format.Exact(d.Paused))
	case audit.ClosedHere:
		return fmt.Sprintf("%s; %s more lay outside our hours, and with them it would be late", took, format.Exact(d.Closed))
	case audit.PausedAndClosedHere:
		return fmt.Sprintf("%s; with %s paused and %s outside our hours it would be late", took, format.Exact(d.Paused), format.Exact(d.Closed))
	case audit.NotPromisedHere:
		return "our promises make none to this ticket"
	case audit.OtherTarget:
		if d.Late {
			return took + "; a target of that or more would explain it"
		}
		return took + "; a shorter target would explain it"
	}
	return took + "; " + d.Reason.String()
}

// limits are the time limits that explain the flags best.
func (r *report) limits() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("priority"), left("clock"), unit("tickets", ""), unit("late by the tool", ""), unit("best limit", "s"), unit("agreement", "share"), unit("in tickets not seen", "share"),
	}}
	for _, l := range r.Flags.Limits {
		limit := table.Num("late whatever it takes", math.Inf(-1))
		switch {
		case math.IsInf(l.Cut.Limit, 1) || l.Late == 0:
			limit = table.Num("never late", math.Inf(1))
		case !math.IsInf(l.Cut.Limit, -1):
			limit = table.Num(format.Exact(time.Duration(l.Cut.Limit*float64(time.Second))), l.Cut.Limit)
		}
		t.Add(table.Text(format.Words(l.Metric)), table.Text(l.Priority), table.Text(l.Clock), count(l.Tickets), count(l.Late), limit, table.Num(format.Percent(l.Cut.Share()), l.Cut.Share()), rate(l.Held))
	}
	return paper.Section{Name: "limits", Title: "The limit that explains the flags best", Table: t, Words: []string{
		"Of all limits on a clock, the one by which the most tickets are called late that the tool calls late, found by trying every one. It agrees best where it was found: " +
			"the last column is its agreement with tickets that it was not found in, a tenth of them at a time. Where almost all tickets are late, or almost none, a limit says little."}}
}
