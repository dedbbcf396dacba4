package model

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/staffing"
)

// Quality is the promise that the mean quality score of a sample of touches is high
// enough in each period. The zero Quality promises nothing.
type Quality struct {
	AtLeast float64
	Sample  float64 // share of touches that are looked at
	Period  contract.Period
}

// Says is the promise in words.
func (q *Quality) Says() string {
	return fmt.Sprintf("%s %% per %s, %s %% of touches looked at", plain(100*q.AtLeast), q.Period, plain(100*q.Sample))
}

// Promised reports whether anything is promised.
func (q *Quality) Promised() bool { return q.AtLeast > 0 }

// quality checks the scores of the teams and the promise about them.
func (c *checker) quality() {
	scored := false
	for i := range c.s.Teams {
		q := &c.s.Teams[i].Quality
		if *q == (staffing.Quality{}) {
			continue
		}
		scored = true
		path := key("teams", c.s.Teams[i].Name, i, "quality")
		c.number(path+".mean", "the mean score", q.Mean, bounds{low: 0, high: 1, lowOpen: true, highOpen: true}, percent, "such as mean: 92%")
		// A share of that mean cannot vary more than one that is all or nothing.
		if most := q.Mean * (1 - q.Mean); !(q.SD > 0 && q.SD*q.SD < most) {
			c.report(path+".sd", fmt.Sprintf("scores with a mean of %s cannot have a standard deviation of %s", percent(q.Mean), percent(q.SD)), "such as sd: 5%")
		}
	}
	p := &c.s.Quality
	if *p == (Quality{}) {
		return
	}
	c.number("quality.at_least", "the quality", p.AtLeast, aboveNothing, percent, "such as at_least: 90%")
	c.number("quality.sample", "the share of touches that are looked at", p.Sample, aboveNothing, percent, "such as sample: 5%")
	if p.Period > contract.Quarterly {
		c.report("quality.per", fmt.Sprintf("unknown period %d", p.Period), "want "+list(contract.PeriodNames()))
	}
	if !scored {
		c.report("quality", "no team has a quality that could be looked at", "write teams.NAME.quality: {mean: 92%, sd: 5%}")
	}
}
