// Package servicenow reads exports of ServiceNow: the tables task or incident, task_sla, contract_sla,
// cmn_schedule and cmn_schedule_span, sys_audit, sys_journal_field, sys_user and sys_user_group, as the
// table interface returns them (with values, links or both) and as warehouses and lists export them.
//
// The fields are those of the tables in the product's documentation (task_sla, contract_sla, sys_audit) and of the
// tables of Fivetran's dbt_servicenow. The enriched log of incidents, a row for each update, is read by
// --mapping servicenow-incident-log.
//
// # What becomes what
//
//   - Tickets go by sys_id, which all tables refer to; else by number.
//   - A duration is the time since 1970-01-01 00:00:00 UTC: 1970-01-02 00:00:00 are 24 hours, on a schedule 24
//     hours of its open time. pause_duration is not read: pauses follow from the statuses.
//   - The states of incidents are New, In Progress (open), On Hold, Resolved (solved), Closed and Canceled; on
//     hold for the caller is pending, for anybody else on-hold. Other tasks have other numbers for their states.
//   - Comments are replies if an agent has written them: somebody to whom a task was assigned, or who writes work
//     notes. Work notes are notes.
//   - Every definition that matches attaches (resolve: all). What a definition's start condition says of priorities
//     can be translated, and what its pause condition says of states and reasons to hold; all else is told,
//     and such a definition is left out. A response target is a first reply, a resolution target a resolution.
//   - has_breached of task_sla becomes a flag, made_sla of the task where there is no task_sla.
package servicenow
