package outcome

import (
	"fmt"
	"math"
	"strconv"
)

// Float is a float64 whose NaN (nothing to measure) is null in JSON.
type Float float64

// MarshalJSON writes the shortest decimal, or null for NaN. Infinite values
// are an error: no series holds them.
func (f Float) MarshalJSON() ([]byte, error) {
	x := float64(f)
	if math.IsNaN(x) {
		return []byte("null"), nil
	}
	if math.IsInf(x, 0) {
		return nil, fmt.Errorf("outcome: %v has no JSON form", x)
	}
	return strconv.AppendFloat(nil, x, 'g', -1, 64), nil
}

// UnmarshalJSON is the inverse of MarshalJSON.
func (f *Float) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*f = Float(math.NaN())
		return nil
	}
	x, err := strconv.ParseFloat(string(data), 64)
	if err != nil {
		return fmt.Errorf("%s is no number", clip(string(data)))
	}
	*f = Float(x)
	return nil
}
