package main

import (
	"testing"
	"time"
)

func TestAZoneWithoutLettersIsCalledByItsName(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{"America/Sao_Paulo": "America/Sao_Paulo", "Europe/Berlin": "CET", "UTC": "UTC"} {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := zoneLetters(time.Date(2026, 1, 5, 9, 0, 0, 0, location)); got != want {
			t.Errorf("%s is %q, want %q", zone, got, want)
		}
	}
}
