package scenarios

import "github.com/headroom-sim/headroom/model"

// LoadSet reads a scenario as Load does, and then with other values in it, each written PATH=VALUE with the dotted
// path of a variant. Its name stays what it was. What is wrong with the values is a problem too, in a file called
// --set.
func LoadSet(ref string, set ...string) (*model.Scenario, error) {
	d, err := load(ref)
	if err != nil {
		return nil, err
	}
	l := d.loader
	l.reader.Context = ""
	var asked sweep
	for _, text := range set {
		l.set(&asked, text)
	}
	if err := l.problems(); err != nil {
		return nil, err
	}
	var values []string
	for _, a := range asked.axes {
		values = append(values, a.Values[0])
	}
	changed := l.point(d.root, asked.axes, values, d.Out.Name)
	if err := l.problems(); err != nil {
		return nil, err
	}
	changed.Out.Name = d.Out.Name
	return changed.Out, nil
}
