package model_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

func TestMistakesInDemand(t *testing.T) {
	checkMistakes(t, []mistake{
		{"no demand", func(s *model.Scenario) { s.Streams, s.Contracts = nil, nil },
			[]string{"demand: there is no demand: no tickets would come"}},
		{"more streams than there is room for", func(s *model.Scenario) {
			for i := range 255 {
				st := s.Streams[liveChat]
				st.Name = strings.Repeat("x", i+1)
				s.Streams = append(s.Streams, st)
			}
		}, []string{"demand: there are 258 streams, at most 256 are possible"}},
		{"two streams of one name", func(s *model.Scenario) { s.Streams[lastYear].Name = "chats" },
			[]string{"demand[chats]: stream chats is there twice, as number 2 and number 3"}},
		{"a stream without a name", func(s *model.Scenario) { s.Streams[liveChat].Name = ""; s.Streams[liveChat].Volume.Count = -1 },
			[]string{"demand[1]: stream number 2 has no name", "demand[1].volume: the volume must be at least 0, it is -1"}},
		{"a channel that does not exist", func(s *model.Scenario) { s.Streams[liveChat].Channel = 9 },
			[]string{"demand[chats].channel: channel number 9 does not exist, there are 2"}},
		{"issues that add up to less than all", func(s *model.Scenario) { s.Streams[orderMail].Issues[0].Share = 0.1 },
			[]string{"demand[orders-by-email].issue: the shares of the issues add up to 90%, not to 100%"}},
		{"a negative share of an issue", func(s *model.Scenario) {
			s.Streams[orderMail].Issues[0].Share, s.Streams[orderMail].Issues[1].Share = -0.5, 1
		}, []string{"demand[orders-by-email].issue: the share of payment-failure must be at least 0% and at most 100%, it is -50%"}},
		{"an issue twice", func(s *model.Scenario) { s.Streams[orderMail].Issues[0].Issue = tracking },
			[]string{"demand[orders-by-email].issue: order-tracking is listed twice"}},
		{"tiers that add up to more than all", func(s *model.Scenario) { s.Streams[liveChat].Tiers[0].Share = 0.2 },
			[]string{"demand[chats].tier: the shares of the tiers add up to 110%, not to 100%"}},
		{"a tier that does not exist", func(s *model.Scenario) { s.Streams[liveChat].Tiers[0].Tier = 5 },
			[]string{"demand[chats].tier: tier number 5 does not exist, there are 2"}},
		{"an account above its tier", func(s *model.Scenario) { s.Streams[orderMail].Accounts[0].Share = 0.3 },
			[]string{"demand[orders-by-email].accounts: the accounts of tier enterprise bring 30% of the stream, but the whole tier brings 10%"}},
		{"an account of a tier that the stream has not", func(s *model.Scenario) {
			s.Streams[orderMail].Tiers = []demand.TierShare{{Tier: starter, Share: 1}}
		}, []string{"demand[orders-by-email].accounts: the accounts of tier enterprise bring 3% of the stream, but the whole tier brings 0%"}},
		{"an account of two tiers", func(s *model.Scenario) {
			s.Streams[liveChat].Accounts = []demand.AccountShare{{Account: acme, Tier: starter, Share: 0.01}}
		}, []string{"demand[chats].accounts: the account acme is of tier starter here and of tier enterprise elsewhere"}},
		{"an account that does not exist", func(s *model.Scenario) { s.Streams[orderMail].Accounts[0].Account = 4; s.Contracts = nil },
			[]string{"demand[orders-by-email].accounts: account number 4 does not exist, there are 1"}},
		{"an infinite volume", func(s *model.Scenario) { s.Streams[orderMail].Volume.Count = math.Inf(1) },
			[]string{"demand[orders-by-email].volume: the volume must be at least 0, it is +Inf"}},
		{"a volume of a billion an hour", func(s *model.Scenario) {
			s.Streams[orderMail].Volume = demand.Volume{Count: 1e9, Per: demand.PerHour}
		}, []string{"demand[orders-by-email].volume: 2.4e+10 tickets a day are more than can be simulated"}},
		{"an unknown period", func(s *model.Scenario) { s.Streams[orderMail].Volume.Per = 9 },
			[]string{"demand[orders-by-email].volume: unknown period 9"}},
		{"seven hours in a day", func(s *model.Scenario) {
			s.Streams[orderMail].Profile.Hours = make([]float64, 7)
			s.Streams[orderMail].Profile.Hours[0] = 1
		},
			[]string{"demand[orders-by-email].profile.hours: there are 7 weights, which do not divide the day into whole minutes"}},
		{"a day without a busy hour", func(s *model.Scenario) { s.Streams[orderMail].Profile.Hours = make([]float64, 24) },
			[]string{"demand[orders-by-email].profile.hours: all 24 weights are 0"}},
		{"a negative weight of an hour", func(s *model.Scenario) { s.Streams[orderMail].Profile.Hours[2] = -3 },
			[]string{"demand[orders-by-email].profile.hours: weight number 3 must be at least 0, it is -3"}},
		{"a negative weight of a day", func(s *model.Scenario) { s.Streams[orderMail].Profile.Days[saturday] = -0.7 },
			[]string{"demand[orders-by-email].profile.days: the weight of Saturday must be at least 0%, it is -70%"}},
		{"growth into nothing", func(s *model.Scenario) { s.Streams[orderMail].Growth = -1 },
			[]string{"demand[orders-by-email].growth: the growth per year must be above -100%, it is -100%"}},
		{"a stream that ends before it starts", func(s *model.Scenario) { s.Streams[orderMail].Until = calendar.Date{Year: 2026, Month: 11, Day: 16} },
			[]string{"demand[orders-by-email].until: the last day, 2026-11-16, is before the first, 2026-11-17"}},
		{"a stream that starts too late", func(s *model.Scenario) {
			s.Streams[orderMail].From, s.Streams[orderMail].Until = calendar.Date{Year: 2027, Month: 1, Day: 1}, calendar.Date{}
		}, []string{"demand[orders-by-email].from: the first day, 2027-01-01, is after the scenario's last, 2026-12-06: no tickets would come"}},
		{"a stream that ends too early", func(s *model.Scenario) {
			s.Streams[orderMail].From, s.Streams[orderMail].Until = calendar.Date{}, calendar.Date{Year: 2026, Month: 11, Day: 15}
		}, []string{"demand[orders-by-email].until: the last day, 2026-11-15, is before the scenario's first, 2026-11-16: no tickets would come"}},
		{"a history and a volume", func(s *model.Scenario) { s.Streams[lastYear].Volume.Count = 900 },
			[]string{"demand[last-year].volume: the stream replays 2 tickets and also has a volume of 900"}},
		{"an empty history", func(s *model.Scenario) { s.Streams[lastYear].Replay = []demand.Arrival{} },
			[]string{"demand[last-year].replay: the history has no tickets"}},
		{"a history that starts too early", func(s *model.Scenario) { s.Streams[lastYear].Replay[0].At = -time.Hour },
			[]string{"demand[last-year].replay: 1 of 2 tickets came before the scenario starts, the first of them at 2026-11-15 23:00"}},
		{"a history of another year", func(s *model.Scenario) {
			for i := range s.Streams[lastYear].Replay {
				s.Streams[lastYear].Replay[i].At += 365 * day
			}
		}, []string{"demand[last-year].replay: none of the 2 tickets came within the scenario's time; the first came at 2027-11-16 01:00, the last at 2027-11-21 00:00"}},
		{"a history that is not sorted", func(s *model.Scenario) {
			rows := append(s.Streams[lastYear].Replay, s.Streams[lastYear].Replay[1])
			rows[1].At, rows[2].ID = 6*day, 3
			s.Streams[lastYear].Replay = rows
		}, []string{"demand[last-year].replay: 1 of 3 tickets stand after later ones"}},
		{"a history with an ID twice", func(s *model.Scenario) { s.Streams[lastYear].Replay[1].ID = 1 },
			[]string{"demand[last-year].replay: 1 of 2 tickets have the ID of another"}},
		{"a history with unknown tickets", func(s *model.Scenario) { s.Streams[lastYear].Replay[1].Class.Issue = 99 },
			[]string{"demand[last-year].replay: 1 of 2 tickets have a channel, issue, tier, priority or account that the scenario does not know"}},
	})
}
