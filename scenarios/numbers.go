package scenarios

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// clip shortens a text for a message.
func clip(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// parseNumber reads a plain decimal number. ParseFloat alone would also take
// "inf", "nan", "0x1p-2" and "1_000".
func parseNumber(text string) (float64, bool) {
	if strings.Trim(text, "0123456789.+-eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsInf(x, 0)
}

// number is a bare number between low and high.
func number(v yamltree.Value, low, high float64) (float64, bool) {
	text, ok := v.Text("a number")
	if !ok {
		return 0, false
	}
	x, ok := parseNumber(text)
	switch {
	case !ok:
		v.Failf("", "%q is not a number", clip(text))
		return 0, false
	case x < low || x > high:
		v.Failf(fmt.Sprintf("want %s", between(plain(low), plain(high))), "%s is out of range", clip(text))
		return 0, false
	}
	return x, true
}

// count is a whole number between low and high.
func count(v yamltree.Value, low, high int) (int, bool) {
	x, ok := number(v, float64(low), float64(high))
	if ok && x != math.Trunc(x) {
		v.Failf("", "%s is not a whole number", v.Node.Text)
		return 0, false
	}
	return int(x), ok
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func between(low, high string) string { return low + " to " + high }

// parsePercent reads 28%, +10% or 2.5 % as a fraction.
func parsePercent(text string) (float64, bool) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	if !ok {
		return 0, false
	}
	digits = strings.TrimSpace(digits)
	if _, ok := parseNumber(digits); !ok || strings.ContainsAny(digits, "eE") {
		return 0, false
	}
	// Moving the point in the text keeps 99.99% the float64 nearest to 0.9999.
	return parseNumber(digits + "e-2")
}

// percent is a percentage between low and high, as a fraction.
func percent(v yamltree.Value, low, high float64) (float64, bool) {
	text, ok := v.Text("a percentage, such as 25%")
	if !ok {
		return 0, false
	}
	x, ok := parsePercent(text)
	if !ok {
		if _, bare := parseNumber(text); bare {
			v.Failf(fmt.Sprintf("write %s%%", text), "%q has no percent sign", clip(text))
		} else {
			v.Failf("want a percentage, such as 25%", "%q is not a percentage", clip(text))
		}
		return 0, false
	}
	if x < low || x > high {
		v.Failf("want "+between(plain(low*100)+"%", plain(high*100)+"%"), "%s is out of range", clip(text))
		return 0, false
	}
	return x, true
}

// exactShare is a percentage as contracts count it.
func exactShare(v yamltree.Value, low, high contract.Share) (contract.Share, bool) {
	text, ok := v.Text("a percentage, such as 95%")
	if !ok {
		return 0, false
	}
	share, err := contract.ParseShare(text)
	switch {
	case err != nil:
		if _, ok := percent(v, -1e9, 1e9); ok {
			v.Failf("", "%v", err)
		}
		return 0, false
	case share < low || share > high:
		v.Failf("want "+between(low.String(), high.String()), "%s is out of range", clip(text))
		return 0, false
	}
	return share, true
}

// perYear is a relative change such as 20%/year.
func perYear(v yamltree.Value) (float64, bool) {
	text, ok := v.Text("a change, such as 20%/year")
	if !ok {
		return 0, false
	}
	head, ok := cutWord(text, "/year")
	if !ok {
		example := "20%"
		if _, isPercent := parsePercent(text); isPercent {
			example = strings.TrimSpace(text)
		}
		v.Failf("write "+example+"/year", "%q does not say per what", clip(text))
		return 0, false
	}
	return percent(v.Within(0, len(head)).WithText(head), -0.99, 100)
}

// cutWord cuts a unit such as "/year" off, with or without spaces around the stroke.
func cutWord(text, unit string) (string, bool) {
	head, tail, ok := strings.Cut(text, unit[:1])
	if !ok || strings.TrimSpace(tail) != unit[1:] {
		return "", false
	}
	return strings.TrimRight(head, " "), true
}

var periods = map[string]demand.Period{"day": demand.PerDay, "week": demand.PerWeek, "hour": demand.PerHour}

// volume is a rate of tickets such as 900/day.
func volume(v yamltree.Value) (demand.Volume, bool) {
	const want = "want a number per hour, day or week, such as 900/day"
	text, ok := v.Text("a volume, such as 900/day")
	if !ok {
		return demand.Volume{}, false
	}
	head, unit, stroke := strings.Cut(text, "/")
	n, isNumber := parseNumber(strings.TrimSpace(head))
	per, known := periods[strings.TrimSpace(unit)]
	switch {
	case isNumber && !stroke:
		v.Failf(fmt.Sprintf("write %s/day, %s/week or %s/hour", head, head, head), "%q does not say per what", clip(text))
	case !isNumber || !known:
		v.Failf(want, "%q is not a volume", clip(text))
	case n < 0:
		v.Failf(want, "%q is negative", clip(text))
	case n > 1e9:
		v.Failf("want at most 1000000000", "%q is out of range", clip(text))
	default:
		return demand.Volume{Count: n, Per: per}, true
	}
	return demand.Volume{}, false
}

// moneyPer is an amount of money per unit, such as 24 USD/h. All money of a
// scenario is in one currency.
func (d *decoder) moneyPer(v yamltree.Value, unitWords ...string) (contract.Money, bool) {
	example := "24 USD/" + unitWords[0]
	text, ok := v.Text("an amount of money, such as " + example)
	if !ok {
		return contract.Money{}, false
	}
	for _, unit := range unitWords {
		head, ok := cutWord(text, "/"+unit)
		if !ok {
			continue
		}
		return d.money(v.Within(0, len(head)).WithText(head))
	}
	v.Failf("write "+example, "%q does not say per %s", clip(text), unitWords[0])
	return contract.Money{}, false
}

func (d *decoder) money(v yamltree.Value) (contract.Money, bool) {
	m, err := contract.ParseMoney(v.Node.Text)
	switch {
	case err != nil:
		v.Failf("money is an amount and a currency, such as 24 USD", "%q is not an amount of money", clip(v.Node.Text))
		return contract.Money{}, false
	case m.Minor < 0:
		v.Failf("", "%q is negative", clip(v.Node.Text))
		return contract.Money{}, false
	case d.currency.code == "":
		d.currency.code, d.currency.at = m.Currency, v.Place()
	case d.currency.code != m.Currency:
		v.Failf(fmt.Sprintf("%s line %d says %s", d.currency.at.File.Name, d.currency.at.Line, d.currency.code),
			"a second currency, %s: all money of a scenario is in one", m.Currency)
		return contract.Money{}, false
	}
	return m, true
}
