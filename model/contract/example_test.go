package contract_test

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/contract"
)

// What a month costs in which 187 of 200 clocks met their target.
func Example() {
	fee, err := contract.ParseMoney("18000 USD")
	if err != nil {
		fmt.Println(err)
		return
	}
	k := contract.Contract{
		Fee:    fee,
		Target: 950_000,
		Scheme: contract.Scheme{Step: 10_000, Credit: 100_000, Cap: 250_000},
	}
	fmt.Println(k.Scheme)
	for _, met := range []int64{190, 189, 188, 187, 180} {
		fmt.Printf("%d of 200: %v\n", met, k.Credit(met, 200))
	}
	// Output:
	// 10% of the fee for each started 1% below target, at most 25%
	// 190 of 200: 0.00 USD
	// 189 of 200: 1800.00 USD
	// 188 of 200: 1800.00 USD
	// 187 of 200: 3600.00 USD
	// 180 of 200: 4500.00 USD
}
