package document

import (
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// FewReplications is the doubt about everything in a small experiment.
const FewReplications = "Fewer than ten replications: all intervals are rough guesses."

// Doubts are the footnotes of an estimate. That the whole experiment has few
// replications is said once and not in every cell.
func Doubts(e estimate.Estimate, replications int) []string {
	var notes []string
	for _, w := range e.Warnings {
		switch w {
		case estimate.FewReplications:
			if replications >= 10 {
				notes = append(notes, "Fewer than ten replications had anything to measure: the interval is a rough guess.")
			}
		case estimate.NoInterval:
			if replications >= 2 && e.N > 0 {
				notes = append(notes, "Too few replications had anything to measure for an interval.")
			}
		case estimate.FewExceedances:
			notes = append(notes, "Rests on fewer than 30 trials beyond the quantile: one bad trial moves it.")
		case estimate.MissingReplications:
			notes = append(notes, "Some replications had nothing to measure and are left out.")
		default:
			notes = append(notes, format.Clean(string(w)))
		}
	}
	return notes
}

// Drawn says how replications were drawn; empty where each was by itself.
func Drawn(balance string, set int) string {
	switch balance {
	case "":
		return ""
	case "days":
		return fmt.Sprintf("Busy and calm days come equally often in every %d replications (stratified).", set)
	case "mirrored":
		return "Every second replication is busy where the one before is calm (antithetic)."
	}
	return "Balance: " + format.Clean(balance) + "."
}

// BetweenSets goes with how replications were drawn, where nothing is said of the gain.
func BetweenSets(set int) string {
	return fmt.Sprintf(" All intervals come from the totals of sets of %d replications.", set)
}

// Change is a cell of a paired difference, with its doubts. That a tail rests on few trials is said of the tail itself, and
// not of each change of it.
func Change(d estimate.Difference, unit outcome.Unit, replications int) table.Cell {
	if math.IsNaN(d.Value) {
		return table.Text(format.Missing)
	}
	text := format.Difference(d, unit)
	if d.Value == 0 && d.Low == 0 && d.High == 0 {
		text = "none"
	}
	c := table.Num(text, d.Value)
	c.Ends = &[2]float64{d.Low, d.High}
	if !slices.Contains(d.Warnings, estimate.FewExceedances) {
		c.Notes = Doubts(d.Estimate, replications)
	}
	return c
}
