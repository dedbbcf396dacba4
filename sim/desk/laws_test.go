package desk_test

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
)

func init() {
	desk.LawsOf = func(s *model.Scenario, l *desk.Layout) (desk.Observer, func() error) {
		x := laws.New(s, l)
		return x, x.Err
	}
}
