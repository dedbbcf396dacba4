package model_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestMistakesInOutages(t *testing.T) {
	outage := func(change func(o *model.Outage)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Outages = []model.Outage{{Name: "cable", Channels: []ticket.Channel{chat}, From: 5 * day, Until: 6 * day}}
			change(&s.Outages[0])
		}
	}
	random := func(o *model.Outage) {
		o.From, o.Until, o.Every, o.Lasts = 0, 0, 30*day, dist.Must(dist.Lognormal(7200, 1))
	}
	checkMistakes(t, []mistake{
		{"none", outage(func(*model.Outage) {}), nil},
		{"none at random", outage(random), nil},
		{"none of a system", outage(func(o *model.Outage) { o.Channels, o.Teams = nil, []ticket.Team{front} }), nil},
		{"nothing that is down", outage(func(o *model.Outage) { o.Channels = nil }), []string{"outages[cable]: nothing is down"}},
		{"a channel and a team that do not exist", outage(func(o *model.Outage) { o.Channels, o.Teams = []ticket.Channel{9}, []ticket.Team{8} }),
			[]string{"outages[cable].channels: channel number 9 does not exist, there are 2", "outages[cable].teams: team number 8 does not exist, there are 2"}},
		{"a channel twice", outage(func(o *model.Outage) { o.Channels = []ticket.Channel{chat, chat} }),
			[]string{"outages[cable].channels: chat is listed twice"}},
		{"an end before the start", outage(func(o *model.Outage) { o.Until = o.From }),
			[]string{"outages[cable].until: it ends at 2026-11-21 00:00, and starts at 2026-11-21 00:00"}},
		{"a time after the end", outage(func(o *model.Outage) { o.From, o.Until = 30*day, 31*day }),
			[]string{"outages[cable].from: it lasts from 2026-12-16 00:00 to 2026-12-17 00:00, outside the scenario, which goes from 2026-11-16 00:00 to 2026-12-07 00:00"}},
		{"no length at random", outage(func(o *model.Outage) { random(o); o.Lasts = dist.Dist{} }),
			[]string{"outages[cable].lasts: it is not said how long it lasts"}},
		{"a rate below nothing", outage(func(o *model.Outage) { o.Every = -day }),
			[]string{"outages[cable].rate: the mean time between outages is -1d"}},
		{"too many", outage(func(o *model.Outage) { random(o); o.Every = time.Second }),
			[]string{"outages[cable].rate: there is an outage every 1s in the mean"}},
		{"a share above all", outage(func(o *model.Outage) { o.Switch, o.To = 2, email }),
			[]string{"outages[cable].switch: the share that switches must be at least 0% and at most 100%, it is 200%"}},
		{"to a channel that is down too", outage(func(o *model.Outage) { o.Switch, o.To = 0.5, chat }),
			[]string{"outages[cable].switch: chat is down too"}},
		{"a time below nothing", outage(func(o *model.Outage) { o.Patient, o.Spread = true, -time.Hour }),
			[]string{"outages[cable].contacts: they are back within -1h"}},
		{"contacts of a system", outage(func(o *model.Outage) { o.Channels, o.Teams, o.Patient = nil, []ticket.Team{front}, true }),
			[]string{"outages[cable].contacts: no channel is down, so every contact comes in"}},
		{"two of one name", func(s *model.Scenario) {
			outage(func(*model.Outage) {})(s)
			s.Outages = append(s.Outages, s.Outages[0])
		}, []string{"outages[cable]: outage cable is there twice, as number 1 and number 2"}},
	})
}

func TestMistakesInAvailability(t *testing.T) {
	promise := func(change func(a *model.Availability)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Availability = []model.Availability{{Channel: chat, AtLeast: 0.995, Period: contract.Weekly, Calendar: office}}
			change(&s.Availability[0])
		}
	}
	checkMistakes(t, []mistake{
		{"none", promise(func(*model.Availability) {}), nil},
		{"what does not exist", promise(func(a *model.Availability) { a.Channel, a.Calendar, a.Period = 7, 8, 9 }),
			[]string{
				"availability[7].channel: channel number 7 does not exist, there are 2",
				"availability[7].calendar: calendar number 8 does not exist, there are 2",
				"availability[7].per: unknown period 9",
			}},
		{"no promise", promise(func(a *model.Availability) { a.AtLeast = 0 }),
			[]string{"availability[chat].at_least: the availability must be above 0% and at most 100%, it is 0%"}},
		{"a promise twice", func(s *model.Scenario) {
			promise(func(*model.Availability) {})(s)
			s.Availability = append(s.Availability, s.Availability[0])
		}, []string{"availability[chat]: the availability of chat is promised twice"}},
	})
}

// Who turns to another channel must be served there.
func TestNobodyServesTheOtherChannel(t *testing.T) {
	s := valid(t)
	for i := range s.Teams {
		s.Teams[i].Channels = []ticket.Channel{chat}
	}
	s.Streams = s.Streams[liveChat : liveChat+1]
	s.Contracts = nil
	before := len(s.Check())
	s.Outages = []model.Outage{{Name: "cable", Channels: []ticket.Channel{chat}, Until: day, Switch: 0.5, To: email}}
	if after := len(s.Check()); after <= before {
		t.Errorf("%d problems, and %d without the outage", after, before)
	}
}
