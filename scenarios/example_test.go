package scenarios_test

import (
	"fmt"

	"github.com/headroom-sim/headroom/scenarios"
)

func ExampleLoad() {
	s, err := scenarios.Load("black-friday@10x")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Name, s.Time.Start.Format("2006-01-02"), len(s.Streams), "streams", len(s.Teams), "teams")

	_, err = scenarios.Load("blak-friday")
	fmt.Println(err)
	// Output:
	// black-friday@10x 2026-11-16 4 streams 2 teams
	// "blak-friday" is neither a file nor a shipped scenario; did you mean black-friday?
}
