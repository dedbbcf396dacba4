package scenarios

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestDecodingDeflection(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/deflection.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	constant := func(x float64) dist.Dist { return dist.Must(dist.Constant(x)) }
	want := []model.Deflection{
		{
			Name: "bot", Match: sla.Match{Channels: []ticket.Channel{1}}, Calendar: 1, Contains: 0.35, Wrong: 0.1,
			Handle: constant(30), Back: constant(4 * 3600), Cost: 0.4,
		},
		{Name: s.Deflection[1].Name, Contains: 0.05, Handle: constant(0), Replays: true},
		{Name: "please-write", Match: sla.Match{Channels: []ticket.Channel{1}}, Handle: constant(0), Switch: 0.4},
	}
	if diff := cmp.Diff(want, s.Deflection); diff != "" || s.Deflection[1].Name == "" {
		t.Errorf("deflection (-want +got):\n%s", diff)
	}
}
