// Package headcount is how many heads teams have, month by month, against how many their work
// asks for: who leaves, who begins, who is in training or still learns, and what that costs.
//
// # Heads
//
// A head is a full-time one: so many paid hours a week (staffing.Team.Week). Work asks for net
// heads, as if they were at work for every hour that is paid, and so for more on the payroll
// (gross), since breaks, shrinkage, sickness and holidays take their share of these hours. Both
// follow from the present roster, month by month: how many hours a head of it is paid for, on
// the weekdays that a month has, and for how many of them it is at work. Everything is a fraction
// until the last step, which is whole people who begin.
//
// # People
//
// Who leaves does so at a constant rate a, so that somebody is still there after d days with
// probability e^(−a d/365) (exponential length of service, as in the simulator). Those who begin
// do so on the first of a month, are in class for a while, then learn, and count by their
// speed. In class they leave by a rate of their own, if one is given. A month's
// people are means over its days. This is the stock-and-flow model of manpower planning
// (Bartholomew, Forbes and McClean 1991, "Statistical Techniques for Manpower Planning", chapter
// 4; for contact centres Gans, Koole and Mandelbaum 2003, section 2.4; with training and
// attrition Gans and Zhou 2002, Operations Research 50(6)).
//
// # What is left out
//
// Notice periods, transfers between teams, what overtime and temps could bridge (those on the roster
// count), the day of a month on which peaks fall: a month needs its mean, and its peaks
// are a roster's business.
//
// # What is uncertain
//
// Who leaves; and how much more or less comes than is written, by the forecast error of each stream: one factor for the whole
// time, gamma with mean 1, and all streams at the same level of theirs at once (as in the simulator). Work follows it through
// the same formulas. Not uncertain are the rate at which people leave, growth and season beyond that error, and how long
// training takes.
package headcount
