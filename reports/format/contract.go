package format

import (
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
)

// Promise is what a contract promises: 95 % of first reply, or 3 service levels.
func Promise(k *outcome.Contract) string {
	return strings.ReplaceAll(Words(k.Promised()), "%", Thin+"%")
}

// Deal is what a contract promises and pays, and what it earns.
func Deal(k *outcome.Contract, currency string) string {
	return Promise(k) + " per " + Clean(k.Period) + "; " + Clean(k.Scheme) + "; fee " + Money(k.Fee, currency) + " per month"
}
