package fitted

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// variants writes each spike that the history holds as a variant that brings it again, on the first such weekday of the
// simulation that is a week or more in, or else as soon as it comes.
func (d *scenario) variants(root *draft.Map) {
	var all *draft.Map
	for i := range d.f.Streams {
		st := &d.f.Streams[i]
		for n := range st.Spikes {
			s := &st.Spikes[n]
			start, ok := d.again(s)
			if !ok {
				continue
			}
			if all == nil {
				all = root.Map("variants", "spikes of the history, once more: headroom run FILE@past-spike")
			}
			name := "past-spike"
			if all.Len() > 0 {
				name = fmt.Sprintf("past-spike-%d", all.Len()+1)
			}
			v := all.Map(name, fmt.Sprintf("%s had it on %s: factor %s to %s (%s %%), %d tickets, %s more than usual", d.streams[i], s.Start.Format("2006-01-02 15:04"),
				number(s.Factor.Low), number(s.Factor.High), number(100*s.Factor.Level), s.Tickets, number(s.Extra)))
			spike := v.Map("spikes", "").Map(name, "").OneLine()
			spike.Set("factor", number(s.Factor.Value), "")
			spike.Set("start", start, "")
			spike.Set("rise", scalar.WriteDuration(s.Rise), "")
			spike.Set("hold", scalar.WriteDuration(s.Hold), "")
			spike.Set("fall", scalar.WriteDuration(s.Fall), "")
			v.Flow("demand."+d.streams[i]+".spikes", []string{name}, "")
		}
	}
}

// again is when a spike of the past comes in the simulation, as the language writes it; false if it is too short for
// one to come.
func (d *scenario) again(s *fit.Spike) (string, bool) {
	at := calendar.DateOf(s.Start)
	days := int(d.o.Length / (24 * time.Hour))
	for _, after := range []int{7, 0} {
		for k := after; k < after+7 && k < days; k++ {
			if date := d.start.AddDays(k); date.Weekday() == at.Weekday() {
				return date.String() + s.Start.Format(" 15:04"), true
			}
		}
	}
	return "", false
}
