package model_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestMistakesInDeflection(t *testing.T) {
	bot := func(change func(b *model.Deflection)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Deflection = []model.Deflection{{
				Name: "bot", Contains: 0.3, Wrong: 0.1, Handle: dist.Must(dist.Constant(30)), Back: dist.Must(dist.Exponential(3600)), Cost: 0.4,
			}}
			change(&s.Deflection[0])
		}
	}
	checkMistakes(t, []mistake{
		{"none", bot(func(*model.Deflection) {}), nil},
		{"none without wrong answers", bot(func(b *model.Deflection) { b.Wrong, b.Back = 0, dist.Dist{} }), nil},
		{"a share above all", bot(func(b *model.Deflection) { b.Contains = 1.5 }),
			[]string{"deflection[bot].contains: the share that it contains must be at least 0% and at most 100%, it is 150%"}},
		{"a share that is no number", bot(func(b *model.Deflection) { b.Wrong = math.NaN() }),
			[]string{"deflection[bot].wrong: the share of wrong answers must be at least 0% and at most 100%, it is NaN%"}},
		{"wrong answers of which nobody comes back", bot(func(b *model.Deflection) { b.Back = dist.Dist{} }),
			[]string{"deflection[bot].back_after: 10% of the answers are wrong, but it is not said when the customers come back"}},
		{"hours of no calendar", bot(func(b *model.Deflection) { b.Calendar = 5 }),
			[]string{"deflection[bot].hours: calendar number 5 does not exist, there are 2"}},
		{"a cost below nothing", bot(func(b *model.Deflection) { b.Cost = -1 }),
			[]string{"deflection[bot].cost: the cost of a contact must be at least 0, it is -1"}},
		{"a cost in no currency", func(s *model.Scenario) {
			bot(func(*model.Deflection) {})(s)
			s.Currency, s.Contracts = "", nil
			for i := range s.Teams {
				s.Teams[i].Cost.PerHour = 0
			}
		}, []string{"deflection[bot].cost: the cost is in no currency"}},
		{"a tier that does not exist", bot(func(b *model.Deflection) { b.Match = sla.Match{Tiers: []ticket.Tier{9}} }),
			[]string{"deflection[bot].match.tier: tier number 9 does not exist, there are 2"}},
		{"tickets that nobody brings", bot(func(b *model.Deflection) {
			b.Match = sla.Match{Tiers: []ticket.Tier{starter}, Accounts: []ticket.Account{0}}
		}), []string{"deflection[bot].match: it meets none of the tickets that the demand brings"}},
		{"two of one name", func(s *model.Scenario) {
			bot(func(*model.Deflection) {})(s)
			s.Deflection = append(s.Deflection, s.Deflection[0])
		}, []string{"deflection[bot]: deflection bot is there twice, as number 1 and number 2"}},
		{"a history that has met its bot", func(s *model.Scenario) {
			bot(func(*model.Deflection) {})(s)
			s.Streams = s.Streams[lastYear : lastYear+1]
			s.Contracts = nil
		}, []string{"deflection[bot].match: it meets none of the tickets that the demand brings"}},
	})
}
