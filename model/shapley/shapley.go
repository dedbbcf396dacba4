// Package shapley divides what a coalition of players brings among them: the Shapley value of a player is what
// he adds to those who came before him, on average over all orders in which they can come (Shapley 1953, A Value
// for n-Person Games). It is the one division that adds up to the whole, gives equals the same and idlers
// nothing, and adds up over games.
package shapley

import "math/bits"

// Most is how many players there can be: with more, n! and so the weights in Numerators are too great for counts.
const Most = 12

// Weights are those of the value of each coalition, given as a set of bits, in the Shapley value of player i of n,
// times n!: (|S|-1)!·(n-|S|)! for a coalition S with him, and minus |S|!·(n-|S|-1)! for one without.
func Weights(n, i int) []int64 {
	fact := factorials(n)
	w := make([]int64, 1<<n)
	for s := range w {
		if size := bits.OnesCount(uint(s)); s>>i&1 != 0 {
			w[s] = fact[size-1] * fact[n-size]
		} else {
			w[s] = -fact[size] * fact[n-size-1]
		}
	}
	return w
}

// Numerators are the Shapley values of n players times n!, for values v of all 2ⁿ coalitions in whole numbers:
// they are exact, and add up to n!·(v(all) - v(nobody)).
func Numerators(n int, v []int64) []int64 {
	out := make([]int64, n)
	for i := range out {
		for s, w := range Weights(n, i) {
			out[i] += w * v[s]
		}
	}
	return out
}

// Values are the Shapley values of n players for values v of all 2ⁿ coalitions, to rounding.
func Values(n int, v []float64) []float64 {
	all := float64(factorials(n)[n])
	out := make([]float64, n)
	for i := range out {
		for s, w := range Weights(n, i) {
			out[i] += float64(w) * v[s]
		}
		out[i] /= all
	}
	return out
}

// Orders is n!, in how many orders n players can come.
func Orders(n int) int64 { return factorials(n)[n] }

func factorials(n int) []int64 {
	if n > Most {
		panic("shapley: too many players")
	}
	fact := make([]int64, n+1)
	fact[0] = 1
	for k := 1; k <= n; k++ {
		fact[k] = fact[k-1] * int64(k)
	}
	return fact
}
