// Package drift finds how a desk changes from week to week within a history, so that what is fitted is the desk as it is now, and
// forecasts know by how much it may have changed until then: how soon tickets are solved (Pace), and what they are about (Mix).
//
// A change for certain, one that chance has in one history of many, is told from the wandering of weeks, which has a local level model
// (counts.Level).
package drift
