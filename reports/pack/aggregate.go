package pack

import "github.com/headroom-sim/headroom/model/outcome"

func FromOutcome(x *outcome.Experiment, account string) *Document { return &Document{} }
