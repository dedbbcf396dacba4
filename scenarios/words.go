package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
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

// ParseHours reads hours of a week as the scenario language has them: mon-fri 09:00-17:00. Hours that end before they
// start go beyond midnight.
func ParseHours(text string) (days [7]bool, span calendar.Span, err error) {
	reader := &yamltree.Reader{}
	word := func(s string) yamltree.Value {
		return reader.Root(&yamltree.Node{Kind: yamltree.Scalar, Text: strings.TrimSpace(s)})
	}
	at := strings.LastIndex(strings.TrimSpace(text), " ")
	if at < 0 {
		return days, span, fmt.Errorf("%q is no hours of a week; want such as \"mon-fri 09:00-17:00\"", scalar.Clip(text))
	}
	text = strings.TrimSpace(text)
	days, _ = scalar.Days(word(text[:at]))
	span, _ = scalar.Span(word(text[at:]))
	if problems := reader.Problems(); len(problems) > 0 {
		return days, span, fmt.Errorf("%s; %s", problems[0].Text, problems[0].Hint)
	}
	return days, span, nil
}

// ParseZone reads the name of a time zone, such as Europe/Berlin.
func ParseZone(text string) (*time.Location, error) {
	reader := &yamltree.Reader{}
	zone := scalar.Zone(reader.Root(&yamltree.Node{Kind: yamltree.Scalar, Text: text}), nil)
	if problems := reader.Problems(); len(problems) > 0 {
		return nil, fmt.Errorf("%s; %s", problems[0].Text, problems[0].Hint)
	}
	return zone, nil
}
