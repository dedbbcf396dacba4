// Package zendesk reads exports of Zendesk: what its interfaces return (tickets, audits, ticket metric
// events, users, groups, organizations, SLA policies, schedules, holidays; pages of incremental exports
// one behind another) and the tables of a warehouse into which it was copied.
//
// The fields are those of developer.zendesk.com/api-reference/ticketing (tickets, ticket audits, ticket metric
// events, SLA policies, schedules), and of the tables of Fivetran's dbt_zendesk.
//
// # What becomes what
//
//   - A ticket is created; its first values are those of its Create event, else the old values of its first
//     changes, else those that it has now.
//   - A public comment of an agent is a reply, one of anybody else a message of the customer, a
//     private one a note. What happened in one update (a reply and pending) is one event. The message of
//     a merge is a note.
//   - Statuses: hold is on-hold; deleted is closed. Custom statuses have the status of their category.
//   - The type of a ticket is its issue, the organization its account, the group its team. No
//     priority is one of its own, for which nothing is promised, as Zendesk has it.
//   - first_reply_time, next_reply_time, periodic_update_time, pausable_update_time, requester_wait_time,
//     agent_work_time, total_resolution_time and group_ownership_time are the clocks of those names.
//     Zendesk's and ours pause alike, so nothing more is said in the scenario. Targets are minutes.
//   - The first policy by position counts. What its filter asks for beyond type, priority, channel and
//     organization a scenario cannot say. If the export tells which policy tickets had (metric
//     events apply_sla, or the table of policies of tickets), the policy becomes the tier of the
//     ticket, which matches exactly; else the policy is left out and told.
//   - Hours of schedules are minutes since Sunday 00:00, by the clocks of the schedule's zone.
//   - breach and fulfill events become flags. An instance of reply_time is the first reply if it is number 1, else a next one.
package zendesk
