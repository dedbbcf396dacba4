package model

import "fmt"

// LeastForPrecision is the number of replications from which on the width of an
// interval is judged: that of an interval from fewer is itself a guess, and a rule
// that stops on it stops too early too often.
const LeastForPrecision = 20

// Precision asks that a measure be known well enough: that the half-width of its
// interval is at most a share of the estimate, or at most a number in the measure's
// unit. One of the two is 0.
type Precision struct {
	Measure  string  // such as breach_rate(first_reply)
	Relative float64 // a share of the estimate: 0.05
	Absolute float64 // in the unit of the measure: a share, seconds, money, tickets
}

// Precisions are all that the run asks for; the experiment goes on until every one is
// reached. It is empty where exactly Min replications are run.
func (r *Run) Precisions() []Precision {
	if r.Precision == 0 && r.Absolute == 0 {
		return r.Further
	}
	return append([]Precision{{Measure: r.Measure, Relative: r.Precision, Absolute: r.Absolute}}, r.Further...)
}

// SetPrecisions is the inverse of Precisions.
func (r *Run) SetPrecisions(all []Precision) {
	r.Measure, r.Precision, r.Absolute, r.Further = "", 0, 0, nil
	if len(all) > 0 {
		r.Measure, r.Precision, r.Absolute = all[0].Measure, all[0].Relative, all[0].Absolute
		r.Further = all[1:]
	}
}

// Exactly lets the run have n replications, whatever precision they reach.
func (r *Run) Exactly(n int) {
	r.Min, r.Max = n, n
	r.SetPrecisions(nil)
}

// precisions checks what a run asks for.
func (c *checker) precisions() {
	r := &c.s.Run
	all := r.Precisions()
	if len(all) == 0 {
		return
	}
	seen := map[string]bool{}
	for _, p := range all {
		c.precision(p)
		if seen[p.Measure] && p.Measure != "" {
			c.report("run.precision", fmt.Sprintf("the precision of %s is asked for twice", p.Measure), "leave one of them out")
		}
		seen[p.Measure] = true
	}
	if r.Min < LeastForPrecision && r.Min > 0 {
		c.report("run.replications", fmt.Sprintf("a run with a precision cannot start with %d, since so few do not tell how wide the interval is", r.Min),
			fmt.Sprintf("let it start with %d or more, such as %d..400", LeastForPrecision, LeastForPrecision))
	}
}

func (c *checker) precision(p Precision) {
	if p.Absolute == 0 {
		c.number("run.precision", "the precision", p.Relative, bounds{low: 0, high: 1, lowOpen: true, highOpen: true}, percent, "")
	} else {
		c.number("run.precision", "the precision", p.Absolute, bounds{low: 0, high: 1e15, lowOpen: true}, plain, "")
	}
	if p.Measure == "" {
		asked := percent(p.Relative)
		if p.Absolute != 0 {
			asked = plain(p.Absolute)
		}
		c.report("run.precision", fmt.Sprintf("a precision of %s of nothing", asked),
			"name a measure, such as 5% of breach_rate(first_reply)")
	}
}
