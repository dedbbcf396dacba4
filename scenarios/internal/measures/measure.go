package measures

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// measureIn reads name(metric, label=value), of which the name is in a list, and writes
// it the way measures are called everywhere.
func measureIn(v yamltree.Value, names []string) string {
	text := v.Node.Text
	name, rest, hasLabels := strings.Cut(text, "(")
	name = strings.TrimSpace(name)
	if (scope.Words{List: names}).Index(name) < 0 {
		hint := "want " + strings.Join(names, ", ")
		if nearest, ok := yamltree.Nearest(name, names); ok {
			hint = fmt.Sprintf("did you mean %s? %s", nearest, hint)
		}
		v.Failf(hint, "%q is not a measure", scalar.Clip(name))
		return ""
	}
	m := outcome.Measure{Name: name}
	if !hasLabels {
		return m.Describe()
	}
	inside, ok := strings.CutSuffix(rest, ")")
	if !ok {
		v.Failf("", "the parenthesis after %s is not closed", name)
		return ""
	}
	for _, part := range strings.Split(inside, ",") {
		label, value, named := strings.Cut(strings.TrimSpace(part), "=")
		if !named {
			label, value = "metric", label
		}
		if !setLabel(v, &m.Labels, strings.TrimSpace(label), strings.TrimSpace(value)) {
			return ""
		}
	}
	return m.Describe()
}

func setLabel(v yamltree.Value, l *outcome.Labels, label, value string) bool {
	fields := map[string]*string{
		"metric": &l.Metric, "channel": &l.Channel, "priority": &l.Priority, "tier": &l.Tier,
		"issue": &l.Issue, "account": &l.Account, "team": &l.Team, "contract": &l.Contract,
		"spike": &l.Spike, "quantile": &l.Quantile, "bot": &l.Bot, "service_level": &l.Level,
	}
	field := fields[label]
	if field == nil || value == "" {
		v.Failf("want tier=NAME, priority=NAME, channel=NAME, issue=NAME, account=NAME, team=NAME, contract=NAME, service_level=NAME, spike=NAME, bot=NAME or quantile=p95", "%q is no label of a measure", scalar.Clip(label))
		return false
	}
	if label == "metric" {
		if _, ok := sla.ParseMetric(value); !ok {
			v.Failf("metrics: "+strings.Join(sla.MetricNames(), ", "), "unknown metric %q", scalar.Clip(value))
			return false
		}
	}
	*field = value
	return true
}
