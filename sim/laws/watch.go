package laws

import (
	"errors"
	"fmt"
	"sync"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Watcher holds all replications of an experiment to the laws, whichever worker
// runs them. It does not see the runs, so Tally and Credit are not among its laws.
type Watcher struct {
	scenario *model.Scenario
	layout   *desk.Layout

	mu   sync.Mutex
	laws []*Laws // by replication; nil where none was run
}

// Watch makes a watcher for the experiment of a scenario that Check has found to
// be sound.
func Watch(s *model.Scenario) (*Watcher, error) {
	layout, err := desk.NewLayout(s)
	if err != nil {
		return nil, err
	}
	return &Watcher{scenario: s, layout: layout}, nil
}

// Replication is the observer of a replication; the method is an
// experiment.Options.Watch.
func (w *Watcher) Replication(replication int) desk.Observer {
	l := New(w.scenario, w.layout)
	w.mu.Lock()
	defer w.mu.Unlock()
	for replication >= len(w.laws) {
		w.laws = append(w.laws, nil)
	}
	w.laws[replication] = l
	return l
}

// Err is what is wrong, replication by replication, once the experiment is over.
// It is an error to have watched none.
func (w *Watcher) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.laws) == 0 {
		return errors.New("laws: no replication was watched")
	}
	var broken []error
	for i, l := range w.laws {
		if l == nil {
			continue
		}
		if err := l.Err(); err != nil {
			broken = append(broken, fmt.Errorf("replication %d: %w", i, err))
		}
	}
	return errors.Join(broken...)
}
