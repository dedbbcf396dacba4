package html

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// number is a value as people read it, without unit and groups: 12.4 for a share of 0.12377. It is
// null where there is none.
func number(x float64, unit outcome.Unit) json.RawMessage {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return json.RawMessage("null")
	}
	s := strings.TrimSuffix(format.Value(x, unit), format.Thin+"%")
	return json.RawMessage(strings.ReplaceAll(s, format.Thin, ""))
}

// numbers are those of the intervals at, or of all if it is nil.
func numbers(list []outcome.Float, at []int, unit outcome.Unit) json.RawMessage {
	var b strings.Builder
	b.WriteByte('[')
	add := func(i int) {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		if i < len(list) {
			b.Write(number(float64(list[i]), unit))
		} else {
			b.WriteString("null")
		}
	}
	if at == nil {
		for i := range list {
			add(i)
		}
	}
	for _, i := range at {
		add(i)
	}
	b.WriteByte(']')
	return json.RawMessage(b.String())
}

// unitWord is what stands behind a number of a chart.
func unitWord(unit outcome.Unit) string {
	switch unit {
	case outcome.UnitShare:
		return "%"
	case outcome.UnitPerHour:
		return "tickets per hour"
	case outcome.UnitHeads:
		return "agents"
	}
	return string(unit)
}

// axisWord names an axis of numbers that have no unit with them.
func axisWord(unit outcome.Unit) string {
	switch unit {
	case outcome.UnitShare:
		return ""
	case outcome.UnitHours:
		return "hours"
	}
	return unitWord(unit)
}

// withUnit is a value with its unit.
func withUnit(x float64, unit outcome.Unit) string {
	s := format.Value(x, unit)
	if unit == outcome.UnitShare || s == format.Missing {
		return s
	}
	return s + format.Thin + unitWord(unit)
}
