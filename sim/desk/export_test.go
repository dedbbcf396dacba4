package desk

import "github.com/headroom-sim/headroom/model"

// LawsOf makes an observer that holds trials to the laws, and what says at the end which
// was broken. Package laws imports this one, so it is set by a test from outside.
var LawsOf func(*model.Scenario, *Layout) (Observer, func() error)
