package scenarios

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readBursts reads the incidents, which bring tickets on top of the streams.
func (d *decoder) readBursts(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("burst", listNames["bursts"]...) {
		d.out.Bursts = append(d.out.Bursts, d.burst(e))
	}
}

func (d *decoder) burst(e yamltree.Entry) demand.Burst {
	b := demand.Burst{Name: e.Key, Over: time.Hour}
	s := d.section(e.Value, "bursts.*")
	if v := s.take("name"); v.Exists() {
		goodName(v)
	} else {
		s.assumed("name", e.Key)
	}
	b.Stream, _ = d.only(s, "stream", d.streams)
	issue, _ := d.only(s, "issue", d.issues)
	b.Issue = ticket.Issue(issue)
	if v := s.need("tickets", "write tickets: 300"); v.Exists() {
		b.Tickets, _ = scalar.Number(v, 0, 1e6)
	}
	if v := s.need("over", "write over: 2h"); v.Exists() {
		if x, ok := scalar.Duration(v); ok {
			b.Over = x
		}
	}
	at, rate := s.take("at"), s.take("rate")
	switch {
	case at.Exists() && rate.Exists():
		rate.Failf("remove one of the two", "a burst happens once, at a time, or at random, at a rate, not both")
	case rate.Exists():
		b.Every = frequency(rate)
	case at.Exists():
		if x, ok := scalar.Moment(at, d.zone); ok {
			b.At = d.axis.Since(x)
		}
	case s.OK():
		at.Failf("write at: 2026-11-20 10:00, or rate: 2/month for incidents at random", "at is missing: when does it happen?")
	}
	s.close()
	return b
}

// frequencyUnits are what a frequency can be per. A year has 365 days and a month is
// a twelfth of it.
var frequencyUnits = []struct {
	word   string
	length time.Duration
}{{"day", scalar.Day}, {"week", 7 * scalar.Day}, {"month", 365 * scalar.Day / 12}, {"year", 365 * scalar.Day}}

// frequency is how often something happens, such as 2/month, as the mean time from
// one to the next.
func frequency(v yamltree.Value) time.Duration {
	const want = "want a number per day, week, month or year, such as 2/month"
	text, ok := v.Text("a frequency, such as 2/month")
	if !ok {
		return scalar.Day
	}
	head, unit, stroke := strings.Cut(text, "/")
	n, isNumber := scalar.ParseNumber(strings.TrimSpace(head))
	if isNumber && !stroke {
		v.Failf(fmt.Sprintf("write %s/day, %s/week, %s/month or %s/year", head, head, head, head), "%q does not say per what", scalar.Clip(text))
		return scalar.Day
	}
	for _, u := range frequencyUnits {
		if !isNumber || u.word != strings.TrimSpace(unit) {
			continue
		}
		if n < 0.01 || n > 1000 {
			v.Failf("want "+scalar.Between("0.01", "1000"), "%q is out of range", scalar.Clip(text))
			return scalar.Day
		}
		return time.Duration(float64(u.length) / n)
	}
	v.Failf(want, "%q is not a frequency", scalar.Clip(text))
	return scalar.Day
}
