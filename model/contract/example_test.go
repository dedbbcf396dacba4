package contract_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
)

// What three months cost, of tickets of which each is told to the meter as it was judged.
func Example() {
	fee, err := contract.ParseMoney("18000 USD")
	if err != nil {
		fmt.Println(err)
		return
	}
	k := contract.Contract{
		Fee: fee, Cap: 250_000, // at most a quarter of the fee
		Levels: []contract.Level{{
			Metric: sla.FirstReply, Target: 950_000,
			Scheme:  contract.Steps{Step: 10_000, Credit: 100_000},
			Repeats: contract.Repeats{Window: 3, Credits: []contract.Share{150_000}},
		}},
	}
	fmt.Println(k.Levels[0].Scheme)
	months := []contract.Span{{Name: "2026-10"}, {Name: "2026-11"}, {Name: "2026-12"}}
	meter := contract.NewMeter(&k)
	counts := make([][]contract.Tally, len(months))
	for i, late := range []int{10, 11, 12} {
		counts[i] = meter.Tallies()
		for n := range 200 {
			c := contract.Clock{Metric: sla.FirstReply, Verdict: sla.Met, Elapsed: time.Hour, Within: 4 * time.Hour}
			if n < late {
				c.Verdict, c.Elapsed = sla.Breached, 5*time.Hour
			}
			meter.Count(counts[i], []contract.Clock{c})
		}
	}
	s := k.Settle(months, counts)
	for _, line := range s.Lines {
		w := line.Levels[0]
		fmt.Printf("%s: %d of %d, %v\n", line.Name, w.Met, w.Judged, line.Credit)
	}
	fmt.Println("together:", s.Total)
	// Output:
	// 10% of the fee for each started 1% below target
	// 2026-10: 190 of 200, 0.00 USD
	// 2026-11: 189 of 200, 1800.00 USD
	// 2026-12: 188 of 200, 2700.00 USD
	// together: 4500.00 USD
}
