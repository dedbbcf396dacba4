package model_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
)

func TestControlsWhoseMeanIsNotKnown(t *testing.T) {
	t.Parallel()
	refused := func(s *model.Scenario) string {
		for _, p := range s.Check() {
			if p.Path == "run.control" {
				return p.Text
			}
		}
		return ""
	}
	plain := func() *model.Scenario {
		s := valid(t)
		s.Run.Control = model.ByArrivals
		s.Bursts, s.Deflection, s.Outages = nil, nil, nil
		for i := range s.Streams {
			s.Streams[i].Replay = nil
		}
		for i := range s.Channels {
			s.Channels[i].AfterAbandon.Retry, s.Channels[i].AfterAbandon.Switch, s.Channels[i].Chase.Most = 0, 0, 0
		}
		return s
	}
	if got := refused(plain()); got != "" {
		t.Fatalf("streams alone: %s", got)
	}
	for _, row := range []struct {
		want   string
		change func(s *model.Scenario)
	}{
		{"bursts", func(s *model.Scenario) { s.Bursts = make([]demand.Burst, 1) }},
		{"bots", func(s *model.Scenario) { s.Deflection = make([]model.Deflection, 1) }},
		{"outages", func(s *model.Scenario) { s.Outages = make([]model.Outage, 1) }},
		{"replayed", func(s *model.Scenario) { s.Streams[0].Replay = []demand.Arrival{} }},
		{"again", func(s *model.Scenario) { s.Channels[liveChat].AfterAbandon.Retry = 0.5 }},
		{"number 7", func(s *model.Scenario) { s.Run.Control = 7 }},
	} {
		s := plain()
		row.change(s)
		if got := refused(s); !strings.Contains(got, row.want) {
			t.Errorf("%q, want %q in it", got, row.want)
		}
	}
}
