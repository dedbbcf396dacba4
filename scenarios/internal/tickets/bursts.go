package tickets

import (
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Bursts reads the incidents, which bring tickets on top of the streams.
func (d *Decoder) Bursts(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("burst", language.ListNames["bursts"]...) {
		d.Out.Bursts = append(d.Out.Bursts, d.burst(e))
	}
}

func (d *Decoder) burst(e yamltree.Entry) demand.Burst {
	b := demand.Burst{Name: e.Key, Over: time.Hour}
	s := d.Section(e.Value, "bursts.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	b.Stream, _ = d.Only(s, "stream", d.Known.Streams)
	issue, _ := d.Only(s, "issue", d.Known.Issues)
	b.Issue = ticket.Issue(issue)
	if v := s.Need("tickets", "write tickets: 300"); v.Exists() {
		b.Tickets, _ = scalar.Number(v, 0, 1e6)
	}
	if v := s.Need("over", "write over: 2h"); v.Exists() {
		if x, ok := scalar.Duration(v); ok {
			b.Over = x
		}
	}
	at, rate := s.Key("at"), s.Key("rate")
	switch {
	case at.Exists() && rate.Exists():
		rate.Failf("remove one of the two", "a burst happens once, at a time, or at random, at a rate, not both")
	case rate.Exists():
		b.Every = scope.Frequency(rate)
	case at.Exists():
		if x, ok := scalar.Moment(at, d.Zone); ok {
			b.At = d.Axis.Since(x)
		}
	case s.OK():
		at.Failf("write at: 2026-11-20 10:00, or rate: 2/month for incidents at random", "at is missing: when does it happen?")
	}
	s.Done()
	return b
}
