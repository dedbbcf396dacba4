// Package desk reads the sections of a scenario that say who does the work, and what gets in the way: teams with their
// shifts and people, routing, slow tools, outages, availability, quality and burnout.
package desk
