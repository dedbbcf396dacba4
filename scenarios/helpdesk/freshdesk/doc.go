// Package freshdesk reads exports of Freshdesk: tickets with their statistics and conversations, the activities of
// tickets, SLA policies, business hours, groups, companies and agents, as its interface (v2) returns them or
// as the export of an account holds them.
//
// The fields are those of developers.freshdesk.com/api (tickets, conversations, SLA policies, business hours, ticket
// activities).
//
// # What becomes what
//
//   - Statuses are numbers or words: 2 open, 3 pending, 4 resolved (solved), 5 closed; 6 waiting on customer is
//     pending, 7 waiting on third party is on-hold. Others are the desk's own and are asked.
//   - Priorities are 1 Low, 2 Medium, 3 High, 4 Urgent; sources are 1 email, 2 portal, 3 phone, 7 chat,
//     9 feedback widget, 10 outbound email.
//   - Public conversations are messages of the customer if incoming, else replies; private ones are notes. Without
//     conversations the statistics tell the first and the last reply and no others.
//   - Activities tell changes of status, priority and group with their times; without them the statistics
//     tell when a ticket was resolved and closed.
//   - respond_within is a first reply, next_respond_within a next reply, resolve_within a resolution that stands
//     still in the statuses in which Freshdesk's timer is off as delivered (pending, waiting). They are seconds.
//     A day is 24 hours there too, on business hours 24 hours of open time.
//   - The first policy by position counts, that of everybody last. Types and sources can be said in a scenario,
//     companies as tiers; groups, products and segments cannot.
//   - fr_escalated and is_escalated become flags, at fr_due_by and due_by.
package freshdesk
