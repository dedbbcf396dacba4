package comparison

import (
	"fmt"
	"io"
	"strconv"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Selection writes which of several scenarios is the best, how sure that is, and
// what was spent on each.
func Selection(w io.Writer, s *outcome.Selection, o document.Options) error {
	return selected(s).WriteText(w, o)
}

func selected(s *outcome.Selection) *document.Report {
	d := &document.Report{
		Head: format.Join("the best of "+format.Count(float64(len(s.Candidates))), format.Clean(s.Measure),
			format.Plural(s.Trials, "trial", "trials"), fmt.Sprintf("seed %d", s.Seed), format.Percent(s.Level)+" intervals"),
		Verdict: chosen(s),
		Tables:  []*table.Table{candidates(s)},
	}
	d.Doubts = append(d.Doubts, howChosen(s), selectionReading(s))
	if how := document.Drawn(s.Balance, s.Set); how != "" {
		d.Doubts = append(d.Doubts, how+document.BetweenSets(s.Set))
	}
	for _, w := range s.Warnings {
		d.Doubts = append(d.Doubts, format.Clean(w.Text))
	}
	var born []string
	for i := range s.Candidates {
		born = append(born, format.Clean(s.Candidates[i].Name)+" "+format.Short(s.Candidates[i].Digest))
	}
	d.Birth = format.Join(append(born, fmt.Sprintf("seed %d", s.Seed))...)
	return d
}

// chosen is the verdict.
func chosen(s *outcome.Selection) string {
	best := format.Clean(s.Candidates[s.Best].Name)
	what := "the largest "
	if s.Smallest {
		what = "the smallest "
	}
	what += format.Clean(s.Measure)
	matters := difference(s, s.Indifference)
	switch {
	case s.Interrupted:
		return ahead(s, best+" is ahead with "+what)
	case s.Budget > 0:
		return fmt.Sprintf("%s has %s of all that were simulated. The chance that it is the best is %s.", best, what, aboutProbability(s.Sure)) + equals(s)
	case s.Sure == 0:
		return fmt.Sprintf("There is no choice yet: %s is ahead with %s, but the replications ran out before %s confidence at a difference of %s.",
			best, what, format.Percent(s.Confidence), matters)
	}
	return fmt.Sprintf("%s has %s. If it is the best by %s or more, it is chosen with a probability of %s at least.",
		best, what, matters, format.Percent(s.Sure)) + equals(s)
}

// ahead is the verdict on a search that was broken off: who leads, and who was not dropped yet.
func ahead(s *outcome.Selection, leads string) string {
	var names []string
	for i := range s.Candidates {
		if i != s.Best && s.Candidates[i].DroppedFor == "" {
			names = append(names, format.Clean(s.Candidates[i].Name))
		}
	}
	text := "Interrupted after " + format.Plural(s.Trials, "trial", "trials") + ", before a choice: so far " + leads
	switch len(names) {
	case 0:
	case 1:
		text += ", and " + names[0] + " is not out yet"
	default:
		text += ", and " + format.List(names) + " are not out yet"
	}
	return text + ". Nothing is guaranteed."
}

// equals names the scenarios that are as good as the best, beyond doubt.
func equals(s *outcome.Selection) string {
	var names []string
	for i := range s.Candidates {
		if i != s.Best && near(s, &s.Candidates[i]) {
			names = append(names, format.Clean(s.Candidates[i].Name))
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " " + names[0] + " is as good as equal."
	}
	return " " + format.List(names) + " are as good as equal."
}

// near reports whether a candidate is nearer to the best than what matters.
func near(s *outcome.Selection, k *outcome.Candidate) bool {
	return k.Gap.Low >= -s.Indifference && k.Gap.High <= s.Indifference
}

// aboutProbability does not take an approximation for certainty.
func aboutProbability(p float64) string {
	if p > 0.99 {
		return "99" + format.Thin + "% or more"
	}
	return "about " + format.Percent(p)
}

// difference writes a difference of the measure with its unit.
func difference(s *outcome.Selection, x float64) string {
	switch s.Unit {
	case outcome.UnitShare:
		if x < 0.0001 { // as finely as it was asked for
			return strconv.FormatFloat(100*x, 'g', 3, 64) + format.Thin + "pp"
		}
		return format.Value(100*x, "") + format.Thin + "pp"
	case outcome.UnitMoney:
		return format.Money(x, format.Clean(s.Currency))
	}
	return format.Value(x, s.Unit)
}

func candidates(s *outcome.Selection) *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	head := format.Clean(s.Measure)
	if s.Unit == outcome.UnitMoney && s.Currency != "" {
		head += ", " + format.Clean(s.Currency)
	}
	t := &table.Table{Columns: []table.Column{
		{Head: "scenario"}, right(head), right("against the best"), right("gain"), right("replications"), {Head: "result"},
	}}
	for i := range s.Candidates {
		k := &s.Candidates[i]
		result, gap, worth := "stays", format.Difference(k.Gap, s.Unit), gain(k.Gap.VarianceRatio)
		switch {
		case i == s.Best && s.Interrupted:
			result, gap, worth = "ahead", "", ""
		case i == s.Best:
			result, gap, worth = "the best", "", ""
		case near(s, k) && !s.Interrupted:
			result = "as good as equal"
		case k.DroppedFor != "":
			result = "dropped for " + format.Clean(k.DroppedFor)
		}
		t.Add(table.Text(format.Clean(k.Name)), table.Estimated(k.Value, s.Unit, document.Doubts(k.Value, k.Replications)...),
			table.Num(gap, k.Gap.Value), table.Num(worth, 1/k.Gap.VarianceRatio),
			table.Num(format.Count(float64(k.Replications)), float64(k.Replications)), table.Text(result))
	}
	return t
}

// howChosen names the procedure.
func howChosen(s *outcome.Selection) string {
	if s.Budget > 0 {
		return "Trials go where they tell most about who is the best (OCBA: Chen, Lin, Yücesan and Chick 2000). The chance is an approximation, and no guarantee."
	}
	return "A scenario is dropped as soon as chance no longer explains that another is better (Kim and Nelson 2001). " +
		"Scenarios that are nearer to one another than " + difference(s, s.Indifference) + " are as good as equal, and any of them may be chosen. " +
		"The guarantee is exact for normal replications that are independent of one another."
}

func selectionReading(s *outcome.Selection) string {
	note := "Every scenario sees the same customers. Values that decided when to stop look a little more extreme than they are: run the best for an unbiased one."
	if n := len(s.Candidates) - 1; n > 1 {
		note += fmt.Sprintf(" The %d differences are at %s each, so that all hold together at %s (Bonferroni).", n, percentExactly(s.JointLevel), format.Percent(s.Level))
	}
	return note
}
