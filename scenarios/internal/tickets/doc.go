// Package tickets reads the sections of a scenario that say what brings tickets and what they are about:
// channels, issues, triage, spikes, demand, bursts, deflection, the backlog, and the histories that they name.
package tickets
