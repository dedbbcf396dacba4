package collect

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// The times of each hour of the day are counted in wider bins than those of all tickets,
// eight to every doubling: there are 24 distributions of every metric, and they are there
// to be looked at. Their quantiles are right within an eighth, and most are nearer.
const (
	binsPerHourBin = 8
	hourBins       = outcome.BinCount / binsPerHourBin
)

// distributionsByHour adds the distribution of a metric's times by hour of the day in which the
// tickets were created, of the hours that the measured time has, and quantiles of them.
func (b *builder) distributionsByHour(m sla.Metric) {
	for hour := range 24 {
		if !slices.ContainsFunc(b.hours, func(h int32) bool { return int(h)%24 == hour }) {
			continue
		}
		b.quantilesOf(outcome.ElapsedByHour, outcome.Labels{Metric: m.String(), Hour: fmt.Sprintf("%02d", hour)}, waits{metric: m, hour: hour}, binsPerHourBin, 0.5, 0.8, 0.95)
	}
}

// fillHour writes the times of an hour into the last of the narrow bins that each of its
// bins stands for, so that upper bounds are what they say.
func (c *Collector) fillHour(w waits, bins []uint32) {
	for i, n := range c.hourly[w.metric][w.hour] {
		bins[(i+1)*binsPerHourBin-1] = n
	}
}
