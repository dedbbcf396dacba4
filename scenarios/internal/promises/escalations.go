package promises

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Escalations reads the ladder.
func (d *Decoder) Escalations(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("escalation", language.ListNames["escalations"]...) {
		d.Out.Escalations = append(d.Out.Escalations, d.rung(e))
	}
}

func (d *Decoder) rung(e yamltree.Entry) model.Rung {
	r := model.Rung{Name: e.Key}
	s := d.Section(e.Value, "escalations.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	r.Match = d.Match(s.Key("match"), "escalations.*.match")
	if v := s.Need("at", "write at: 75% of first_reply"); v.Exists() {
		r.At, r.Metric, r.Repeat = d.point(v)
	}
	d.subject(s.Key("by"), &r)
	action, _ := scope.Choice(s.Key("do"), model.ActionNames())
	r.Do = model.Action(action)
	to := s.Key("to")
	switch {
	case r.Do == model.Reassign && !to.Exists():
		to.Failf("write to: TEAM", "to is missing: which team gets the ticket?")
	case r.Do != model.Reassign && to.Exists():
		to.Failf("write do: reassign", "to is for tickets that are reassigned")
	case to.Exists():
		i, _ := d.Known.Teams.Find(to)
		r.Team = ticket.Team(i)
	}
	if v := s.Key("takes"); v.Exists() {
		r.Lead, r.LeadPerHour = d.lead(v)
	}
	s.Done()
	return r
}

// mark reads "75% of first_reply", "30m before resolution" and "1h after
// resolution". The times are working time of the clock.
func mark(v yamltree.Value) (sla.Mark, sla.Metric) {
	const want = "want such as 75% of first_reply, 30m before resolution, 1h after resolution or 3 breaches of first_reply in 7d"
	text, ok := v.Text("a point of a promise, such as 75% of first_reply")
	if !ok {
		return sla.Mark{Share: 1}, 0
	}
	for _, form := range []struct {
		word string
		read func(v yamltree.Value) (sla.Mark, bool)
	}{
		{" of ", func(v yamltree.Value) (sla.Mark, bool) {
			x, ok := scalar.Percent(v, 0, 100)
			return sla.Mark{Share: x}, ok
		}},
		{" before ", func(v yamltree.Value) (sla.Mark, bool) {
			x, ok := scalar.Duration(v)
			return sla.Mark{Share: 1, Offset: -x}, ok
		}},
		{" after ", func(v yamltree.Value) (sla.Mark, bool) {
			x, ok := scalar.Duration(v)
			return sla.Mark{Share: 1, Offset: x}, ok
		}},
	} {
		head, word, found := strings.Cut(text, form.word)
		if !found {
			continue
		}
		m, _ := form.read(v.Within(0, len(head)).WithText(head))
		at := len(head) + len(form.word)
		metric, _ := scope.Choice(v.Within(at, len(word)).WithText(strings.TrimSpace(word)), sla.MetricNames())
		// A share of nothing would read as the usual warning, 75 %.
		if m == (sla.Mark{}) {
			m.Offset = 1
		}
		return m, sla.Metric(metric)
	}
	v.Failf(want, "%q is not a point of a promise", scalar.Clip(text))
	return sla.Mark{Share: 1}, 0
}

// lead reads "5m of lead at 60 USD/h", "5m of lead" or "5m".
func (d *Decoder) lead(v yamltree.Value) (each time.Duration, perHour float64) {
	text, ok := v.Text("a time, such as 5m of lead at 60 USD/h")
	if !ok {
		return 0, 0
	}
	const at = " at "
	text, price, priced := strings.Cut(text, at)
	head := strings.TrimSuffix(text, " of lead")
	each, _ = scalar.Duration(v.Within(0, len(head)).WithText(head))
	if priced {
		m, _ := d.MoneyPer(v.Within(len(text)+len(at), len(price)).WithText(price), "h", "hour")
		perHour = m.Float()
	}
	return each, perHour
}
