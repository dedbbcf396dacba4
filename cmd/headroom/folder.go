package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
)

// outcomeFile is the outcome's name within a folder.
const outcomeFile = "outcome.json"

func outcomePath(dir string) string { return filepath.Join(dir, outcomeFile) }

// folderName is the folder of a scenario's results: its name, with what no file
// system likes replaced.
func folderName(scenario string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '@' || r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			return r
		}
		return '_'
	}, scenario)
	return strings.TrimLeft(clean, ".-") + "-out"
}

// replaceable reports an error if dir is something that must not be replaced: a
// file, or a folder that no earlier run has written. An empty folder may be.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case os.IsNotExist(err):
		return nil
	case err != nil:
		return fmt.Errorf("%s is in the way: %w", dir, err)
	case len(entries) == 0 || exists(outcomePath(dir)) || exists(filepath.Join(dir, comparisonFile)), exists(filepath.Join(dir, warmupFile)), exists(filepath.Join(dir, sweepFile)), exists(filepath.Join(dir, importOddities)), exists(filepath.Join(dir, backtestFile)), exists(filepath.Join(dir, fitFile)):
		return nil
	}
	return fmt.Errorf("%s holds files that are not an earlier result; name another folder with --out", dir)
}

// writeFolder makes a folder as a whole: it is filled beside its place and then
// moved there, so that nobody ever sees it half-written. What stood there before
// is gone only once the new one is complete.
func writeFolder(dir string, fill func(dir string) error) (err error) {
	if err := replaceable(dir); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return err
	}
	beside, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(beside)
		}
	}()
	if err := os.Chmod(beside, 0o755); err != nil {
		return err
	}
	if err := fill(beside); err != nil {
		return err
	}
	old := beside + "-old"
	if err := os.Rename(dir, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(beside, dir); err != nil {
		_ = os.Rename(old, dir) // back to where it was; the first error is the one to report
		return err
	}
	return os.RemoveAll(old)
}

// writeFile writes a file as a whole, beside its place and then moved there.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := buffered(f, write); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// readOutcome reads an outcome file, or the one in a folder.
func readOutcome(path string) (*outcome.Experiment, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if !exists(outcomePath(path)) {
			return nil, fmt.Errorf("%s: %w", path, &outcome.ReadError{
				Kind: outcome.ErrNotOutcome, Text: "the folder holds no " + outcomeFile, Hint: inFolder(path),
			})
		}
		path = outcomePath(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x, err := outcome.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return x, nil
}

// inFolder is a hint for a folder without an outcome, by what else there is.
func inFolder(dir string) string {
	switch {
	case exists(filepath.Join(dir, comparisonFile)):
		return "it holds a comparison, which is made anew from the outcomes that were compared: headroom compare"
	case exists(filepath.Join(dir, sweepFile)), exists(filepath.Join(dir, pointsFolder)):
		return "it holds a sweep; the outcome of each of its points is in " + filepath.Join(dir, pointsFolder)
	}
	return "headroom run writes one: headroom run SCENARIO --out " + dir
}
