package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/library"
	"github.com/headroom-sim/headroom/scenarios/staffed"
)

// staffedScenario is the scenario with the roster, for a file in a folder. Run, it repeats the proof.
func staffedScenario(dir, ref string, s *model.Scenario, p *roster.Proposal) ([]byte, error) {
	about, err := scenarios.Describe(ref)
	if err != nil {
		return nil, err
	}
	extended, err := extendsFrom(dir, ref)
	if err != nil {
		return nil, err
	}
	doc, err := staffed.Draft(extended, about, s, p.Staffed, staffed.Run{Seed: p.Proof.Seed, Replications: p.Proof.Replications})
	if err != nil {
		return nil, err
	}
	return doc.Encode("The roster that headroom staff has found for " + s.Name + ".\nheadroom run repeats its proof.")
}

// extendsFrom is a reference as a file in a folder has to make it: shipped scenarios by their names, files by their
// paths from there.
func extendsFrom(dir, ref string) (string, error) {
	path, variants, chosen := strings.Cut(ref, "@")
	if _, err := os.Stat(ref); err == nil {
		path, chosen = ref, false // a file with @ in its name
	}
	if library.Has(path) {
		return ref, nil
	}
	from, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	extended, err := filepath.Rel(from, to)
	if err != nil {
		extended = to // on another volume
	}
	if extended = filepath.ToSlash(extended); chosen {
		extended += "@" + variants
	}
	return extended, nil
}
