package model

import (
	"fmt"
	"math"
	"time"
)

// Burnout is the assumption that overload wears people out. While the occupancy of a
// team over the last Over is above Above, the touches that it starts take longer, to
// their end, by Handle, and of the tickets that it solves a share more comes back, by
// Reopen. It is an assumption of whoever writes the scenario, no finding of the
// simulation, and results say so. The zero Burnout assumes nothing.
//
// Occupancy is looked at whenever an interval of the time series ends, from the first
// time on at which Over has passed since the start. A ticket of an issue that never comes
// back does not come back more often. Whoever comes back without it does so with it.
type Burnout struct {
	Above  float64
	Over   time.Duration // 0: nothing is assumed
	Handle float64       // touches take 1+Handle times as long
	Reopen float64       // added to the share of solved tickets that come back
	// Quality is taken away from the quality scores of touches that end under strain.
	Quality float64
}

// Says is the assumption as a sentence.
func (b *Burnout) Says() string {
	var parts []string
	if b.Handle != 0 {
		parts = append(parts, fmt.Sprintf("its touches take %s %% longer", plain(100*b.Handle)))
	}
	if b.Reopen != 0 {
		parts = append(parts, fmt.Sprintf("%s more in a hundred of the tickets that it solves come back", plain(100*b.Reopen)))
	}
	if b.Quality != 0 {
		parts = append(parts, fmt.Sprintf("the quality of its touches is %s points lower", plain(100*b.Quality)))
	}
	if len(parts) == 0 {
		parts = []string{"nothing changes"}
	}
	return fmt.Sprintf("Assumed, not found: while the occupancy of a team over the last %s is above %s %%, %s.", span(b.Over), plain(100*b.Above), list(parts))
}

// mostStrain bounds the memory of a team's load: intervals that Over may have.
const mostStrain = 100_000

// burnout checks the assumption about overload.
func (c *checker) burnout() {
	b := &c.s.Burnout
	if *b == (Burnout{}) {
		return
	}
	c.number("burnout.above", "the occupancy", b.Above, belowAll, percent, "such as above: 85%")
	c.number("burnout.handle", "the change of handling times", b.Handle,
		bounds{low: -1, high: math.Inf(1), lowOpen: true, highOpen: true}, percent, "+10% makes each touch a tenth longer")
	c.number("burnout.reopen", "the share of tickets that come back on top", b.Reopen, belowAll, percent, "such as reopen: +5 points")
	c.number("burnout.quality", "the loss of quality", b.Quality, wholeRange, percent, "such as quality: -3 points")
	interval := c.s.Time.Interval
	switch {
	case b.Over <= 0:
		c.report("burnout.over", fmt.Sprintf("the load is looked at over %s", span(b.Over)), "such as over: 5d")
	case interval > 0 && (b.Over < interval || b.Over%interval != 0 || b.Over/interval > mostStrain):
		c.report("burnout.over", fmt.Sprintf("%s is no whole number of intervals of %s", span(b.Over), span(interval)),
			fmt.Sprintf("want 1 to %d of them, such as over: 5d", mostStrain))
	case c.s.Time.Length > 0 && b.Over >= c.s.Time.Length:
		c.report("burnout.over", fmt.Sprintf("the scenario is over after %s", span(c.s.Time.Length)), "choose a shorter time")
	}
	for i := range c.s.Issues {
		if share := c.s.Issues[i].Reopen.Share; share+b.Reopen >= 1 {
			c.report("burnout.reopen", fmt.Sprintf("with the %s of %s every ticket would come back for ever", percent(share), c.s.Issues[i].Name), "choose less")
		}
	}
}
