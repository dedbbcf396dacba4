package model_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// withRelaxation gives a valid scenario an announced relaxation.
func withRelaxation(s *model.Scenario) *sla.Relaxation {
	n := len(s.Names.Priorities)
	x := sla.Relaxation{
		Name: "peak", Announced: 4 * day, From: 5 * day, Until: 6 * day, Patience: 0.5,
		Match: sla.Match{Tiers: []ticket.Tier{enterprise}},
		Targets: []sla.Relaxed{
			{Metric: sla.FirstReply, Within: make([]time.Duration, n), Factor: slices.Repeat([]float64{2}, n)},
			{Metric: sla.Resolution, Within: slices.Repeat([]time.Duration{90 * day}, n), Factor: make([]float64, n)},
		},
	}
	s.SLA.Relaxations = []sla.Relaxation{x}
	return &s.SLA.Relaxations[0]
}

func TestMistakesInRelaxations(t *testing.T) {
	relaxation := func(change func(x *sla.Relaxation)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(withRelaxation(s)) }
	}
	const at = "sla.relaxations[peak]"
	checkMistakes(t, []mistake{
		{"as it should be", relaxation(func(*sla.Relaxation) {}), nil},
		{"announced as it begins", relaxation(func(x *sla.Relaxation) { x.Announced = x.From }), nil},
		{"announced too late", relaxation(func(x *sla.Relaxation) { x.Announced = x.From + 1 }),
			[]string{at + ".announced: it is announced at 2026-11-21 00:00, after it begins at 2026-11-21 00:00"}},
		{"of no length", relaxation(func(x *sla.Relaxation) { x.Until = x.From }),
			[]string{at + ".until: the relaxation ends at 2026-11-21 00:00, but begins at 2026-11-21 00:00"}},
		{"from the end on", relaxation(func(x *sla.Relaxation) { x.From, x.Until = 21*day, 22*day }),
			[]string{at + ".from: the relaxation holds from 2026-12-07 00:00 to 2026-12-08 00:00, outside the scenario, which goes from 2026-11-16 00:00 to 2026-12-07 00:00"}},
		{"no patience at all", relaxation(func(x *sla.Relaxation) { x.Patience = -1 }),
			[]string{at + ".patience: the change of patience must be above -100% and at most 1000%, it is -100%"}},
		{"no targets", relaxation(func(x *sla.Relaxation) { x.Targets = nil }), []string{at + ": the relaxation relaxes no promise"}},
		{"a tier that does not exist", relaxation(func(x *sla.Relaxation) { x.Match.Tiers[0] = 9 }),
			[]string{at + ".match.tier: tier number 9 does not exist, there are 2"}},
		{"nobody writes", relaxation(func(x *sla.Relaxation) {
			x.Match = sla.Match{Tiers: []ticket.Tier{starter}, Accounts: []ticket.Account{acme}}
		}),
			[]string{at + ".match: the relaxation is for none of the tickets that the demand brings"}},
		{"an unknown metric", relaxation(func(x *sla.Relaxation) { x.Targets[0].Metric = sla.Metrics }), []string{at + ": unknown metric 9"}},
		{"a metric twice", relaxation(func(x *sla.Relaxation) { x.Targets[1].Metric = sla.FirstReply }), []string{at + ": first_reply is listed twice"}},
		{"a metric that nobody promises", relaxation(func(x *sla.Relaxation) { x.Targets[0].Metric = sla.NextReply }),
			[]string{at + ".next_reply: no policy promises next_reply, so there is nothing to relax"}},
		{"too few priorities", relaxation(func(x *sla.Relaxation) { x.Targets[0].Factor = nil }),
			[]string{at + ".first_reply: there are 3 times and 0 factors, the scenario has 3 priorities"}},
		{"a factor below one", relaxation(func(x *sla.Relaxation) { x.Targets[0].Factor[1] = 0.5 }),
			[]string{at + ".first_reply: the factor of a relaxed target must be at least 1 and at most 100, it is 0.5"}},
		{"a negative time", relaxation(func(x *sla.Relaxation) { x.Targets[1].Within[0] = -day }),
			[]string{at + ".resolution: the relaxed target must not be negative, it is -1d"}},
		{"a time that is no longer", relaxation(func(x *sla.Relaxation) { x.Targets[1].Within = []time.Duration{1, 1, 1} }),
			[]string{at + ".resolution: it makes no promise of resolution longer"}},
		{"a name twice", func(s *model.Scenario) { x := *withRelaxation(s); s.SLA.Relaxations = append(s.SLA.Relaxations, x) },
			[]string{at + ": relaxation peak is there twice, as number 1 and number 2"}},
		{"too many", func(s *model.Scenario) {
			x := *withRelaxation(s)
			s.SLA.Relaxations = nil
			for i := range 51 {
				x.Name = string(rune('A' + i))
				s.SLA.Relaxations = append(s.SLA.Relaxations, x)
			}
		}, []string{"sla.relaxations: there are 51 relaxations, at most 50 are possible"}},
	})
}

func TestToleranceIsTheProductOfWhatHolds(t *testing.T) {
	t.Parallel()
	list := []sla.Relaxation{
		{From: time.Hour, Until: 3 * time.Hour, Patience: 0.5},
		{From: 2 * time.Hour, Until: 4 * time.Hour, Patience: -0.2, Match: sla.Match{Channels: []ticket.Channel{chat}}},
	}
	for _, row := range []struct {
		at      time.Duration
		channel ticket.Channel
		want    float64
	}{
		{time.Hour - 1, chat, 1}, {time.Hour, chat, 1.5}, {2 * time.Hour, chat, 1.5 * 0.8}, {2 * time.Hour, email, 1.5}, {3 * time.Hour, chat, 0.8}, {4 * time.Hour, chat, 1},
	} {
		if got := model.Tolerance(list, ticket.Class{Channel: row.channel}, row.at); math.Abs(got-row.want) > 1e-12 {
			t.Errorf("channel %d at %v: %v, want %v", row.channel, row.at, got, row.want)
		}
	}
	if got := model.Tolerance(nil, ticket.Class{}, 0); got != 1 {
		t.Errorf("in ordinary time %v", got)
	}
}

func TestARelaxationInWords(t *testing.T) {
	t.Parallel()
	s := valid(t)
	x := withRelaxation(s)
	x.Targets[1].Within = []time.Duration{2 * day, 2 * day, 0}
	x.Targets[1].Factor[low] = 1.5
	want := []string{"first_reply ×2", "resolution 2d for high and normal", "resolution ×1.5 for low", "patience +50\u202f%"}
	if got := model.RelaxedWords(x, &s.Names); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEveryFieldOfARelaxationIsInTheDigest(t *testing.T) {
	t.Parallel()
	seen := map[string]string{valid(t).Digest(): "no relaxation"}
	for name, change := range map[string]func(x *sla.Relaxation){
		"nothing":   func(*sla.Relaxation) {},
		"name":      func(x *sla.Relaxation) { x.Name = "sale" },
		"announced": func(x *sla.Relaxation) { x.Announced++ },
		"from":      func(x *sla.Relaxation) { x.From++ },
		"until":     func(x *sla.Relaxation) { x.Until++ },
		"match":     func(x *sla.Relaxation) { x.Match.Tiers = nil },
		"patience":  func(x *sla.Relaxation) { x.Patience = 0 },
		"targets":   func(x *sla.Relaxation) { x.Targets = x.Targets[:1] },
		"metric":    func(x *sla.Relaxation) { x.Targets[0].Metric = sla.Answer },
		"factor":    func(x *sla.Relaxation) { x.Targets[0].Factor[2] = 3 },
		"within":    func(x *sla.Relaxation) { x.Targets[1].Within[0]++ },
	} {
		s := valid(t)
		change(withRelaxation(s))
		digest := s.Digest()
		if other, again := seen[digest]; again {
			t.Errorf("a change of %s has the digest of a change of %s", name, other)
		}
		seen[digest] = name
	}
}
