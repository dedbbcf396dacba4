package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// outages reads when channels, or the systems of teams, are down.
func (d *Decoder_desk) outages(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("outage", listNames["outages"]...) {
		d.out.Outages = append(d.out.Outages, d.outage(e))
	}
}

func (d *Decoder_desk) outage(e yamltree.Entry) model.Outage {
	o := model.Outage{Name: e.Key}
	s := d.section(e.Value, "outages.*")
	if v := s.take("name"); v.Exists() {
		goodName(v)
	} else {
		s.assumed("name", e.Key)
	}
	o.Channels = list(s.take("channels"), d.known.channels.find, func(i int) ticket.Channel { return ticket.Channel(i) })
	o.Teams = list(s.take("teams"), d.known.teams.find, func(i int) ticket.Team { return ticket.Team(i) })
	d.down(s, &o)
	if v := s.take("switch"); v.Exists() {
		o.Switch, o.To = d.switches(v)
	}
	if v := s.take("contacts"); v.Exists() {
		d.turnedAway(v, &o)
	}
	o.Planned = truth(s.take("planned"))
	s.close()
	return o
}

// down reads when an outage is: at a stated time, or at random.
func (d *Decoder_desk) down(s section, o *model.Outage) {
	from, until, rate, lasts := s.take("from"), s.take("until"), s.take("rate"), s.take("lasts")
	stated := from.Exists() || until.Exists()
	switch {
	case stated && rate.Exists():
		rate.Failf("remove one of the two", "an outage is at a stated time, or at random, at a rate, not both")
	case rate.Exists():
		o.Every = frequency(rate)
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
		o.From, o.Until = d.since(from), d.since(until)
	}
	if lasts.Exists() {
		lasts.Failf("write until, or rate for outages at random", "lasts is for outages at random")
	}
}

// switches reads "40% to email".
func (d *Decoder_desk) switches(v yamltree.Value) (float64, ticket.Channel) {
	text, ok := v.Text("a share and a channel, such as 40% to email")
	if !ok {
		return 0, 0
	}
	head, name, ok := strings.Cut(text, " to ")
	if !ok {
		v.Failf("want such as 40% to email", "%q does not say to which channel", scalar.Clip(text))
		return 0, 0
	}
	share, _ := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
	channel, _ := d.known.channels.find(v.Within(len(head)+len(" to "), len(name)).WithText(name))
	return share, ticket.Channel(channel)
}

// turnedAway reads what customers do who cannot get through: "lost", or "back within 1h".
func (d *Decoder_desk) turnedAway(v yamltree.Value, o *model.Outage) {
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

// availability reads what is promised about channels.
func (d *Decoder_desk) availability(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("availability", listNames["availability"]...) {
		s := d.section(e.Value, "availability.*")
		var a model.Availability
		if v := s.need("channel", "write channel: phone"); v.Exists() {
			i, _ := d.known.channels.find(v)
			a.Channel = ticket.Channel(i)
		}
		if v := s.need("at_least", "write at_least: 99.5%"); v.Exists() {
			a.AtLeast, _ = scalar.Percent(v, 0.01, 1)
		}
		period, _ := choice(s.take("per"), contract.PeriodNames())
		a.Period = contract.Period(period)
		a.Calendar, _ = d.known.calendars.find(s.take("calendar"))
		s.close()
		d.out.Availability = append(d.out.Availability, a)
	}
}
