package model_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/work"
)

func TestMistakesInBursts(t *testing.T) {
	burst := func(change func(b *demand.Burst)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Bursts = []demand.Burst{{Name: "outage", Stream: orderMail, Issue: payment, At: 4 * day, Tickets: 300, Over: 2 * time.Hour}}
			change(&s.Bursts[0])
		}
	}
	checkMistakes(t, []mistake{
		{"none", burst(func(*demand.Burst) {}), nil},
		{"none at random", burst(func(b *demand.Burst) { b.At, b.Every = 0, 15*day }), nil},
		{"a stream that does not exist", burst(func(b *demand.Burst) { b.Stream = 7 }),
			[]string{"bursts[outage].stream: stream number 7 does not exist, there are 3"}},
		{"a stream that replays a history", burst(func(b *demand.Burst) { b.Stream = lastYear }),
			[]string{"bursts[outage].stream: the stream replays a history, which has no mix to draw from"}},
		{"an issue that does not exist", burst(func(b *demand.Burst) { b.Issue = 9 }),
			[]string{"bursts[outage].issue: issue number 9 does not exist, there are 2"}},
		{"a number that is none", burst(func(b *demand.Burst) { b.Tickets = math.NaN() }),
			[]string{"bursts[outage].tickets: the number of tickets must be at least 0, it is NaN"}},
		{"too many tickets", burst(func(b *demand.Burst) { b.Every, b.Tickets = time.Hour, 1e6 }),
			[]string{"bursts[outage].tickets: the incidents bring about 504000000 tickets, at most 100000000 are possible"}},
		{"no time", burst(func(b *demand.Burst) { b.Over = 0 }), []string{"bursts[outage].over: the tickets come over 0s"}},
		{"a time before the start", burst(func(b *demand.Burst) { b.At = -time.Hour }),
			[]string{"bursts[outage].at: the incident happens at 2026-11-15 23:00, the scenario goes from 2026-11-16 00:00 to 2026-12-07 00:00"}},
		{"a rate below nothing", burst(func(b *demand.Burst) { b.Every = -day }),
			[]string{"bursts[outage].rate: the mean time between incidents is -1d"}},
		{"two of one name", func(s *model.Scenario) {
			burst(func(*demand.Burst) {})(s)
			s.Bursts = append(s.Bursts, s.Bursts[0])
		}, []string{"bursts[outage]: burst outage is there twice, as number 1 and number 2"}},
		{"too many with the streams", func(s *model.Scenario) {
			burst(func(*demand.Burst) {})(s)
			for i := range 253 {
				b := s.Bursts[0]
				b.Name = string(rune('a' + i))
				s.Bursts = append(s.Bursts, b)
			}
		}, []string{"bursts: there are 257 streams and bursts, at most 256 are possible"}},
	})
}

// What only an incident brings must be served too.
func TestABurstThatNobodyCanServeIsReported(t *testing.T) {
	t.Parallel()
	s := valid(t)
	s.Issues = append(slices.Clone(s.Issues), work.Issue{
		Name: "outage", Priority: s.Issues[payment].Priority, Skill: s.Issues[payment].Skill,
		Handle: s.Issues[payment].Handle, SolvedAtFirst: 1, SolvedLater: 1,
	})
	s.Names.Issues = append(slices.Clone(s.Names.Issues), "outage")
	s.Bursts = []demand.Burst{{Name: "outage", Stream: orderMail, Issue: 2, At: day, Tickets: 10, Over: time.Hour}}
	s.Teams = slices.Clone(s.Teams)
	s.Teams[1].Skills = s.Teams[0].Skills
	if problems := texts(s.Check()); len(problems) > 0 {
		t.Fatalf("problems before: %q", problems)
	}
	s.Names.Skills = append(slices.Clone(s.Names.Skills), "networks")
	s.Issues[2].Skill = 2
	got := texts(s.Check())
	if !slices.ContainsFunc(got, func(text string) bool { return strings.Contains(text, "networks") }) {
		t.Errorf("problems %q, want one that names the skill", got)
	}
}
