package desk

import (
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Outages reads when channels, or the systems of teams, are down.
func (d *Decoder) Outages(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("outage", language.ListNames["outages"]...) {
		d.Out.Outages = append(d.Out.Outages, d.outage(e))
	}
}

func (d *Decoder) outage(e yamltree.Entry) model.Outage {
	o := model.Outage{Name: e.Key}
	s := d.Section(e.Value, "outages.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	o.Channels = scope.List(s.Key("channels"), d.Known.Channels.Find, func(i int) ticket.Channel { return ticket.Channel(i) })
	o.Teams = scope.List(s.Key("teams"), d.Known.Teams.Find, func(i int) ticket.Team { return ticket.Team(i) })
	d.down(s, &o)
	if v := s.Key("switch"); v.Exists() {
		o.Switch, o.To = d.Switches(v)
	}
	if v := s.Key("contacts"); v.Exists() {
		d.turnedAway(v, &o)
	}
	o.Planned = scope.Truth(s.Key("planned"))
	s.Done()
	return o
}

// down reads when an outage is: at a stated time, or at random.
func (d *Decoder) down(s scope.Section, o *model.Outage) {
	from, until, rate, lasts := s.Key("from"), s.Key("until"), s.Key("rate"), s.Key("lasts")
	stated := from.Exists() || until.Exists()
	switch {
	case stated && rate.Exists():
		rate.Failf("remove one of the two", "an outage is at a stated time, or at random, at a rate, not both")
	case rate.Exists():
		o.Every = scope.Frequency(rate)
		if lasts.Exists() {
			o.Lasts, _ = scalar.Distribution(lasts)
		}
		return
	case !stated && s.OK():
		from.Failf("write from: 2026-11-20 10:00 and until: 2026-11-20 12:00, or rate: 1/month and lasts: 2h", "it is not said when it is")
	case !from.Exists():
		from.Failf("write from: 2026-11-20 10:00", "from is missing")
	case !until.Exists():
		until.Failf("write until: 2026-11-20 12:00", "until is missing")
	default:
		o.From, o.Until = d.Since(from), d.Since(until)
	}
	if lasts.Exists() {
		lasts.Failf("write until, or rate for outages at random", "lasts is for outages at random")
	}
}

// turnedAway reads what customers do who cannot get through: "lost", or "back within 1h".
func (d *Decoder) turnedAway(v yamltree.Value, o *model.Outage) {
	const back = "back within "
	text, ok := v.Text("lost, or a time such as back within 1h")
	switch {
	case !ok || text == "lost":
	case strings.HasPrefix(text, back):
		o.Patient = true
		o.Spread, _ = scalar.Duration(v.Within(len(back), len(text)-len(back)).WithText(text[len(back):]))
	default:
		v.Failf("want lost, or such as back within 1h", "%q is not what becomes of contacts", scalar.Clip(text))
	}
}

// Availability reads what is promised about channels.
func (d *Decoder) Availability(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("availability", language.ListNames["availability"]...) {
		s := d.Section(e.Value, "availability.*")
		var a model.Availability
		if v := s.Need("channel", "write channel: phone"); v.Exists() {
			i, _ := d.Known.Channels.Find(v)
			a.Channel = ticket.Channel(i)
		}
		if v := s.Need("at_least", "write at_least: 99.5%"); v.Exists() {
			a.AtLeast, _ = scalar.Percent(v, 0.01, 1)
		}
		period, _ := scope.Choice(s.Key("per"), contract.PeriodNames())
		a.Period = contract.Period(period)
		a.Calendar, _ = d.Known.Calendars.Find(s.Key("calendar"))
		s.Done()
		d.Out.Availability = append(d.Out.Availability, a)
	}
}
