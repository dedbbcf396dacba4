package model_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
)

func TestMistakesInBurnout(t *testing.T) {
	burnout := func(change func(b *model.Burnout)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Burnout = model.Burnout{Above: 0.85, Over: 5 * day, Handle: 0.1, Reopen: 0.05}
			change(&s.Burnout)
		}
	}
	checkMistakes(t, []mistake{
		{"none", burnout(func(*model.Burnout) {}), nil},
		{"an occupancy of all", burnout(func(b *model.Burnout) { b.Above = 1 }),
			[]string{"burnout.above: the occupancy must be at least 0% and below 100%, it is 100%"}},
		{"no time", burnout(func(b *model.Burnout) { b.Over = 0 }), []string{"burnout.over: the load is looked at over 0s"}},
		{"half an interval", burnout(func(b *model.Burnout) { b.Over = 45 * time.Minute }),
			[]string{"burnout.over: 45m is no whole number of intervals of 30m"}},
		{"longer than the scenario", burnout(func(b *model.Burnout) { b.Over = 21 * day }), []string{"burnout.over: the scenario is over after 21d"}},
		{"a change that is no number", burnout(func(b *model.Burnout) { b.Handle = math.NaN() }),
			[]string{"burnout.handle: the change of handling times must be above -100%, it is NaN%"}},
		{"everybody comes back", burnout(func(b *model.Burnout) { b.Reopen = 0.97 }), []string{
			"burnout.reopen: with the 4% of payment-failure every ticket would come back for ever",
			"burnout.reopen: with the 4% of order-tracking every ticket would come back for ever",
		}},
	})
}

func TestBurnoutSaysWhatIsAssumed(t *testing.T) {
	for _, row := range []struct {
		b    model.Burnout
		want string
	}{
		{model.Burnout{Above: 0.85, Over: 5 * day, Handle: 0.1, Reopen: 0.05}, "Assumed, not found: while the occupancy of a team over the last 5d is above 85 %, its touches take 10 % longer and 5 more in a hundred of the tickets that it solves come back."},
		{model.Burnout{Above: 0.9, Over: 4 * time.Hour, Handle: 0.1}, "Assumed, not found: while the occupancy of a team over the last 4h is above 90 %, its touches take 10 % longer."},
	} {
		if got := row.b.Says(); got != row.want {
			t.Errorf("%s\nwant\n%s", got, row.want)
		}
	}
}
