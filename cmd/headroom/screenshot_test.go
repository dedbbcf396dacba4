package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// screenshot makes a picture of the top of a page, as a browser shows it, and reports whether there is
// a browser. .ci/run installs one before it runs this.
func screenshot(t *testing.T, page, picture string) bool {
	t.Helper()
	page, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
			"--hide-scrollbars", "--force-device-scale-factor=1", "--virtual-time-budget=4000", "--user-data-dir="+t.TempDir(),
			"--window-size=1000,1000", "--screenshot="+picture, "file://"+page)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return true
	}
	return false
}
