package scenarios

import (
	"errors"
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/scenarios/internal/measures"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// ParseDuration reads a duration of the scenario language, such as 90s, 15m or
// PT4H, in clock time. The error carries its hint.
func ParseDuration(text string) (time.Duration, error) {
	l, hint, err := scalar.ParseLength(text)
	switch {
	case err != nil && hint != "":
		return 0, fmt.Errorf("%w; %s", err, hint)
	case err != nil:
		return 0, err
	case l.IsBusiness():
		return 0, errors.New("business time has no meaning here; use s, m, h or d")
	}
	return l.Clock, nil
}

// ParsePercentage reads a percentage of the scenario language, such as 80%, as a
// fraction.
func ParsePercentage(text string) (float64, error) {
	x, ok := scalar.ParsePercent(text)
	if !ok {
		return 0, fmt.Errorf("%q is not a percentage; want one such as 80%%", scalar.Clip(text))
	}
	return x, nil
}

// ParseNumber reads a plain decimal number.
func ParseNumber(text string) (float64, error) {
	x, ok := scalar.ParseNumber(text)
	if !ok {
		return 0, fmt.Errorf("%q is not a number", scalar.Clip(text))
	}
	return x, nil
}

// ReadMeasure reads the name of a measure of which a precision can be asked, such as
// breach_rate(first_reply, tier=gold), and writes it the way measures are called
// everywhere. The error says what is wrong.
func ReadMeasure(text string) (string, error) { return measures.ReadMeasure(text) }

// ReadDifference reads a difference of a measure in the unit of the measure: 500 USD or
// just 500 for money, 1pp for shares, 5m for times, 10 for tickets.
func ReadDifference(measure, text string) (float64, error) {
	return measures.ReadDifference(measure, text)
}
