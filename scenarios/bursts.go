package scenarios

import (
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readBursts reads the incidents, which bring tickets on top of the streams.
func (d *Decoder_tickets) readBursts(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("burst", listNames["bursts"]...) {
		d.out.Bursts = append(d.out.Bursts, d.burst(e))
	}
}

func (d *Decoder_tickets) burst(e yamltree.Entry) demand.Burst {
	b := demand.Burst{Name: e.Key, Over: time.Hour}
	s := d.section(e.Value, "bursts.*")
	if v := s.take("name"); v.Exists() {
		goodName(v)
	} else {
		s.assumed("name", e.Key)
	}
	b.Stream, _ = d.only(s, "stream", d.known.streams)
	issue, _ := d.only(s, "issue", d.known.issues)
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
