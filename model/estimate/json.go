package estimate

import (
	"encoding/json"
	"math"
	"slices"
)

// wire is an Estimate in JSON. Numbers that JSON cannot say are null.
type wire struct {
	Value    *float64  `json:"value"`
	Low      *float64  `json:"low"`
	High     *float64  `json:"high"`
	Level    float64   `json:"level"`
	N        int       `json:"n"`
	Warnings []Warning `json:"warnings,omitempty"`
}

// wireDifference is a Difference in JSON.
type wireDifference struct {
	wire
	VarianceRatio *float64 `json:"variance_ratio"`
}

// MarshalJSON writes NaN and infinite numbers as null. Nothing is lost by it:
// bounds that are null are infinite, unless the warnings say that there is
// no interval.
func (e Estimate) MarshalJSON() ([]byte, error) { return json.Marshal(e.wire()) }

// UnmarshalJSON is the inverse of MarshalJSON.
func (e *Estimate) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*e = w.estimate()
	return nil
}

// MarshalJSON writes the estimate's fields and variance_ratio side by side.
func (d Difference) MarshalJSON() ([]byte, error) {
	return json.Marshal(wireDifference{d.Estimate.wire(), finite(d.VarianceRatio)})
}

// UnmarshalJSON is the inverse of MarshalJSON.
func (d *Difference) UnmarshalJSON(data []byte) error {
	var w wireDifference
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*d = Difference{w.estimate(), number(w.VarianceRatio, math.NaN())}
	return nil
}

func (e Estimate) wire() wire {
	return wire{finite(e.Value), finite(e.Low), finite(e.High), e.Level, e.N, e.Warnings}
}

func (w wire) estimate() Estimate {
	low, high := math.Inf(-1), math.Inf(1)
	if slices.Contains(w.Warnings, NoInterval) {
		low, high = math.NaN(), math.NaN()
	}
	return Estimate{
		Value: number(w.Value, math.NaN()),
		Low:   number(w.Low, low), High: number(w.High, high),
		Level: w.Level, N: w.N, Warnings: w.Warnings,
	}
}

func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func number(x *float64, absent float64) float64 {
	if x == nil {
		return absent
	}
	return *x
}
