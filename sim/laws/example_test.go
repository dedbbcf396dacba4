package laws_test

import (
	"fmt"

	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/laws"
)

func ExampleLaws() {
	scenario := small()
	simulation, err := sim.New(scenario)
	if err != nil {
		fmt.Println(err)
		return
	}
	run := simulation.Catalog().NewRun()
	l := laws.New(scenario, simulation.Layout())
	simulation.Worker().Run(1, 0, run, l)
	fmt.Println(l.Check(simulation.Catalog(), run))
	// Output: <nil>
}
