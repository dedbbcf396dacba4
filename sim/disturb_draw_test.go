package sim_test

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// disturbances are what may come between customers and the desk.
func (d draw) disturbances(s *model.Scenario) {
	for _, name := range []string{"bot", "page"}[:max(0, d.int("bots", -1, 2))] {
		s.Deflection = append(s.Deflection, d.bot(s, name))
	}
	for _, name := range []string{"cable", "provider"}[:max(0, d.int("outages", -1, 2))] {
		s.Outages = append(s.Outages, d.outage(s, name))
	}
	if d.yes("burnout") {
		s.Burnout = model.Burnout{
			Above: d.tenths("strained above", 2, 9), Over: time.Duration(d.int("strain over", 1, 12)) * s.Time.Interval,
			Handle: d.tenths("strained touches", -2, 10), Reopen: d.tenths("strained returns", 0, 3), Quality: d.tenths("strained quality", 0, 3),
		}
	}
	if d.yes("quality") {
		for i := range s.Teams {
			s.Teams[i].Quality = staffing.Quality{Mean: d.tenths("quality", 2, 9), SD: pick(d, "spread of quality", 0.02, 0.1)}
		}
		s.Quality = model.Quality{AtLeast: 0.7, Sample: d.tenths("sample", 1, 10), Period: contract.Weekly}
	}
	if d.yes("availability") {
		s.Availability = []model.Availability{{
			Channel: ticket.Channel(len(s.Channels) - 1), AtLeast: 0.95, Period: contract.Weekly, Calendar: d.int("promised hours", 0, 1),
		}}
	}
}

func (d draw) outage(s *model.Scenario, name string) model.Outage {
	o := model.Outage{Name: name, Planned: d.yes("planned")}
	if d.yes("random outages") {
		o.Every, o.Lasts = d.hours("outages every", 4, 40), exponential(5400)
	} else {
		o.From = d.hours("outage at", -1, 20)
		o.Until = o.From + d.hours("outage lasts", 2, 9)
	}
	if d.yes("a system is down") {
		o.Teams = []ticket.Team{ticket.Team(d.int("whose system", 0, len(s.Teams)-1))}
		if d.yes("no channel") {
			return o
		}
	}
	o.Channels = []ticket.Channel{ticket.Channel(len(s.Channels) - 1)}
	if len(s.Channels) > 1 {
		o.Switch = d.tenths("switch", 0, 10)
	}
	if o.Patient = d.yes("they try again"); o.Patient {
		o.Spread = d.hours("within", 0, 2)
	}
	return o
}

func (d draw) bot(s *model.Scenario, name string) model.Deflection {
	b := model.Deflection{
		Name: name, Calendar: d.int("hours", 0, 1), Contains: d.tenths("contains", 0, 10), Wrong: d.tenths("wrong", 0, 5),
		Back: exponential(7200), Cost: d.tenths("cost of a contact", 0, 5),
	}
	if d.yes("bot of an issue") {
		b.Match = sla.Match{Issues: []ticket.Issue{s.Streams[0].Issues[0].Issue}}
	}
	if d.yes("bot takes time") {
		b.Handle = dist.Must(dist.Lognormal(90, 1))
	}
	return b
}

// systemsUp are outages of channels alone, for teams other than those of the scenario.
func systemsUp(list []model.Outage) (up []model.Outage) {
	for _, o := range list {
		if o.Teams = nil; len(o.Channels) > 0 {
			up = append(up, o)
		}
	}
	return up
}
