package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
)

// strain is a team's load over the last time, interval by interval.
type strain struct {
	since   time.Duration // the team's numbers have been as they are
	present effort        // nanoseconds of the interval that has not ended
	ring    []effort      // milliseconds of those before it, which do not overflow in a century
	sum     effort        // of the ring
	ended   int           // intervals that have ended
}

// effort is agent time on shift, and of it busy.
type effort struct{ on, busy int64 }

// add accounts for the time since the last change.
func (s *strain) add(at time.Duration, n Staff) {
	d := int64(at - s.since)
	s.present.on += int64(n.On) * d
	s.present.busy += int64(n.Busy) * d
	s.since = at
}

// end ends an interval and reports whether the load over all in the ring, which must
// be full, is above a share.
func (s *strain) end(above float64) bool {
	last := &s.ring[s.ended%len(s.ring)]
	now := effort{s.present.on / 1e6, s.present.busy / 1e6}
	s.sum.on += now.on - last.on
	s.sum.busy += now.busy - last.busy
	*last, s.present = now, effort{}
	s.ended++
	return s.ended >= len(s.ring) && float64(s.sum.busy) > above*float64(s.sum.on)
}

// layStrain makes room for the loads that a scenario's assumption about overload
// looks at; none if it assumes nothing.
func (l *Layout) layStrain(s *model.Scenario) {
	if s.Burnout.Over > 0 {
		l.burnout, l.interval = s.Burnout, s.Time.Interval
	}
}

func (d *Desk) resetStrains() {
	if d.layout.burnout.Over == 0 {
		return
	}
	if d.strains == nil {
		d.strains = make([]strain, len(d.teams))
	}
	for i := range d.strains {
		ring := d.strains[i].ring
		if ring == nil {
			ring = make([]effort, d.layout.burnout.Over/d.layout.interval)
		}
		clear(ring)
		d.strains[i] = strain{ring: ring}
	}
	d.schedule(d.layout.interval, event{kind: takesStock})
}

// takeStock ends an interval of every team's load.
func (d *Desk) takeStock() {
	now := d.events.Now()
	for i := range d.strains {
		t := &d.teams[i]
		d.strains[i].add(now, t.told)
		t.staff.Strained = d.strains[i].end(d.layout.burnout.Above)
		d.tellStaff(int16(i))
	}
	d.schedule(d.later(d.layout.interval), event{kind: takesStock})
}

// comesBackMore is the share of the tickets solved now that comes back on top, because
// the team that solved them is strained.
func (d *Desk) comesBackMore(t *Ticket) float64 {
	if len(d.strains) == 0 || t.Team < 0 || !d.teams[t.Team].staff.Strained {
		return 0
	}
	return d.layout.burnout.Reopen
}
