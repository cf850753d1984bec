"""The fixed sentences of what the checker finds, in English; `findings.in_words` translates them for the reader."""

from city_diplomacy.domain.sentences import _

# The clauses that fill {reason} and {group}.
REASONS = {
	"no-transition": _("it has no transition from {state} to {to}"),
	"allowed": _("its transition from {state} to {to} is allowed to {role} alone"),
	"other-state": _(
		"its transition from {state} to {to} waits until the route stands in {awaited}, which never happens"
	),
	"other-condition": _("its transition from {state} to {to} has a condition of its own, {own_condition}"),
	"vacant-role": _("no enabled account has the role {role}"),
	"no-role": _("no role is named"),
	"vacant-user": _("{person} has no enabled account and nobody follows"),
	"no-user": _("no person is named and nobody follows"),
	"vacant-department": _(
		"{department} has neither head nor acting head who can sign in, and nobody follows"
	),
	"no-department": _("no department is named"),
	"named-group": _('the group "{name}"'),
	"unnamed-group": _("the same, unnamed group"),
}


_OF_THE_WORKFLOW = {
	"workflow-missing": (
		_("No native Workflow shows where the document stands."),
		_("Create the Workflow of this DocType again; migrating the site does it."),
		_("a draft is handed in → no Workflow knows its state"),
	),
	"workflow-inactive": (
		_(
			"The native Workflow is switched off, so lists and reports no longer show where a document stands."
		),
		_('Tick "Is Active" in the Workflow.'),
		_("a draft is to be handed in → its form offers no way to do so"),
	),
	"workflow-sends-email": (
		_("The Workflow sends e-mail alerts, whose links act for whoever opens them, without signing in."),
		_('Untick "Send Email Alert"; the approval engine writes its own messages.'),
		_("a reviewer forwards the alert → a stranger opens its link → the step counts as taken"),
	),
	"workflow-state-field-missing": (
		_('The Workflow keeps its state in "{field}", a field the document does not have.'),
		_("Set the Workflow State Field to the field the document declares."),
		_("the route moves on → the Workflow looks for {field} → there is none"),
	),
	"workflow-state-field-differs": (
		_('The Workflow keeps its state in "{field}", but the engine moves documents by "{expected}".'),
		_('Set the Workflow State Field to "{expected}".'),
		_("the route moves on → {expected} changes → the Workflow still reads {field}"),
	),
	"state-missing": (
		_('The engine uses the state "{state}", which the Workflow does not have.'),
		_('Add the state "{state}" to the Workflow, with its transitions.'),
		_("the route goes to {state} → the Workflow refuses the save"),
	),
	"state-not-submitted": (
		_('A document in "{state}" is submitted, but the Workflow shows that state for drafts.'),
		_('Set the Doc Status of "{state}" to 1.'),
		_("the route goes to {state} → the Workflow keeps the document a draft → the save is refused"),
	),
	"state-submitted": (
		_('A document in "{state}" is not submitted, but the Workflow submits it there.'),
		_('Set the Doc Status of "{state}" to 0.'),
		_("the route goes to {state} → the Workflow submits the document → the save is refused"),
	),
	"state-unknown": (
		_('No document can ever come to "{state}": no route leads there, and no one else moves documents.'),
		_('Remove the state "{state}" and its transitions.'),
		_("somebody moves a document to {state} → its route does not stand there → the save is refused"),
	),
	"state-unreachable": (
		_('No document can ever come to "{state}": nothing leads there.'),
		_('Add the transitions into "{state}" again.'),
		_("the route goes to {state} → no transition leads there"),
	),
	"dead-end": (
		_('Nothing leads out of "{state}", and it is no end.'),
		_('Add the ways on and back from "{state}" again.'),
		_("a document comes to {state} → no transition leads out → it stays for ever"),
	),
	"workflow-lacks-transition": (
		_('The Workflow cannot follow a document from "{state}" to "{to}" ({action}): {reason}.'),
		_('Let a transition from "{state}" to "{to}", allowed to All, have this condition: {condition}'),
		_("a document stands in {state} → its route goes to {to} → the Workflow does not let it"),
	),
	"stage-not-entered": (
		_('Stage {stage} cannot be entered from "{state}": {reason}.'),
		_('Let a transition from "{state}" to "{to}", allowed to All, have this condition: {condition}'),
		_("a document stands in {state} → stage {stage} is to begin → the Workflow stays in {state}"),
	),
	"transition-open": (
		_(
			'In "{state}" the action "{action}" is offered to {role}, and refused until the route is in "{to}".'
		),
		_('Give each transition from "{state}" to "{to}" this condition, or remove it: {condition}'),
		_("a document stands in {state} → somebody chooses {action} → the save is refused"),
	),
	"hand-in-missing": (
		_('Nobody can hand a document to the office: no transition from "{state}" to "{to}" is theirs.'),
		_('Add a transition from "{state}" to "{to}", allowed to {roles}.'),
		_("a draft is to be handed in → its form offers no way to do so"),
	),
	"hand-in-refused": (
		_('{role} are offered the way from "{state}" to "{to}", but do not prepare these documents.'),
		_("Allow the transition to roles that prepare them."),
		_("one of {role} hands in a draft → the engine refuses it"),
	),
	"hand-in-not-by-author": (
		_('Whoever has made a document cannot take it from "{state}" to "{to}" on its form.'),
		_('Tick "Allow Self Approval" in that transition, unless somebody else is to hand it in.'),
		_("an author hands in a draft → self approval is not allowed → the draft stays"),
	),
	"dead-transition": (
		_('The transition "{action}" from {state} to {to} can never be taken: no route leads that way.'),
		_("Remove it."),
		_("a document stands in {state} → {action} is chosen → the save is refused"),
	),
	"transition-ambiguous": (
		_('"{action}" leads from {state} to {targets}; which is taken depends on their order.'),
		_("Give each an action of its own, or remove what was added."),
		_("a document stands in {state} → {action} is chosen → {targets}?"),
	),
	"transition-twice": (
		_('"{action}" from {state} to {to} stands in the Workflow twice.'),
		_("Remove one of the two."),
		_("a document stands in {state} → {action} is offered twice"),
	),
}


_OF_THE_RULES = {
	"stage-state-unknown": (
		_('{seat} is asked in "{state}", which is no state of a stage.'),
		_("Choose one of: {choices}."),
		_("stage {stage} is to begin → {state} is no state for people to answer in"),
	),
	"stage-two-states": (
		_('Rules {first_row} and {row} are both of stage {stage} but show "{first_state}" and "{state}".'),
		_("Give them one state, or two stages."),
		_("stage {stage} begins → {first_seat} and {seat} are asked → in which state?"),
	),
	"rule-key-twice": (
		_("Rules {first_row} and {row} have the same key, so answers to one count for the other."),
		_("Remove one of the two rules and add it again."),
		_("rule {row} is answered → the answer is counted by rule {first_row}"),
	),
	"rule-shadowed": (
		_(
			"Rule {row} never asks anybody: whenever it applies, rule {first_row} has asked {first_seat} already."
		),
		_("Remove one of the two, or give them different seats or stages."),
		_("rule {first_row} asks {first_seat} → rule {row} finds the seat taken"),
	),
	"condition-unreadable": (
		_("The condition of {seat} cannot be read. {detail}"),
		_("Correct the condition."),
		_("a document sets out → the condition is read → {detail}"),
	),
	"condition-unknown-field": (
		_("The condition of {seat} reads {fields}, which the document does not have."),
		_("Name a field of the document."),
		_("a document sets out → {condition} is judged → there is no {field}"),
	),
	"condition-raises": (
		_("The condition of {seat} cannot be judged on some documents. {detail}"),
		_("Compare the field with a value of its own kind."),
		_("{document} sets out → {condition} is judged → {detail}"),
	),
	"condition-never-holds": (
		_("The condition of {seat} holds for no document, so this seat is never asked."),
		_("Correct the condition, or remove the rule."),
		_("{condition} is tried on every kind of document → it holds for none"),
	),
	"condition-always-holds": (
		_("The condition of {seat} holds for every document."),
		_("Leave the condition empty if the seat is always to be asked; otherwise correct it."),
		_("{condition} is tried on every kind of document → it fails for none"),
	),
	"user-field-unusable": (
		_('{seat} is asked of the person in "{field}", which is no field that names one.'),
		_("Choose a field of the document that links to a User."),
		_("a document sets out → {seat} is to be asked → no person is found"),
	),
	"user-field-may-be-blank": (
		_('Nobody is asked for {seat} when "{field}" is left blank.'),
		_('Name somebody under "Asked when vacant", or make the field mandatory.'),
		_("a document leaves {field} blank → nobody can answer for {seat}"),
	),
	"table-field-unusable": (
		_('{seat} is asked of the departments in "{field}", which is no table of departments.'),
		_("Choose a table of the document whose rows have a department."),
		_("a document sets out → {seat} is to be asked → no department is found"),
	),
	"watched-unknown-field": (
		_("{seat} watches {fields}, which the document does not have."),
		_("Name fields of the document, or none to watch all of it."),
		_("the text is edited after the clearance → {field} never changes → nobody is asked again"),
	),
	"text-unwatched": (
		_('No mandatory seat watches "{field}", the text itself.'),
		_("Let at least one mandatory seat watch it, or all of the document."),
		_("every mandatory seat clears → {field} is replaced → nobody mandatory is asked again"),
	),
	"no-time-to-answer": (
		_("{seat} has no working days to answer and is late on the day it is asked."),
		_("Give at least one working day."),
		_("{seat} is asked → the same day it is overdue"),
	),
	"no-mandatory-seat": (
		_("No seat is mandatory, so any of them can be passed over by a recusal."),
		_("Make the seats mandatory without which nothing may be signed."),
		_("everybody but one recuses → that one clears → the document is ready to sign"),
	),
	"route-may-be-empty": (
		_("Some documents are asked of nobody, so they can never be cleared."),
		_("Leave at least one seat without a condition."),
		_("{document}, with no departments, sets out → no rule applies → nobody is asked"),
	),
	"route-perhaps-empty": (
		_("Every seat has a condition; whether one always holds could not be proved."),
		_("Leave at least one seat without a condition."),
		_("a document sets out → perhaps no rule applies → nobody is asked"),
	),
}


_OF_THE_JOINS = {
	"join-disagrees": (
		_("Rules {first_row} and {row} are both in {group} of stage {stage} but join differently."),
		_("Give them the same join (kind, k and percent), or different groups."),
		_("{first_seat} clears → one rule counts by {first_join}, the other by {join}"),
	),
	"join-cannot-complete": (
		_("{wanted} must clear in the group of {seat}, but at most {asked} can be asked."),
		_("Ask for {fewer} or fewer, or add seats to the group."),
		_("all that are asked ({asked}) clear → {wanted} were wanted: it stays there"),
	),
	"join-may-lack-seats": (
		_("{wanted} must clear in the group of {seat}, but some documents may ask fewer."),
		_("Ask for as many as every document asks, or add seats that are always asked."),
		_("{document} sets out → all that are asked ({asked}) clear → {wanted} were wanted: it stays there"),
	),
	"recusal-leaves-it-stuck": (
		_("When {recuse} recuses, nobody follows and the stage cannot be completed."),
		_('Name somebody under "Asked when vacant", or allow a recorded decision.'),
		_("the others clear → {recuse} recuses → nobody is left to answer"),
	),
	"veto-does-not-hold": (
		_("{seat} may veto, but the others can complete the stage before it has answered."),
		_("Make it mandatory as well if the stage is to wait for it."),
		_("enough others clear → the stage is complete → {seat} had not read it yet"),
	),
	"group-may-be-empty": (
		_('Some documents ask nobody of the group "{group}"; the stage then goes on without it.'),
		_("Leave one of its seats without a condition if the group must always speak."),
		_("none of its conditions holds → the other groups clear → the stage is complete"),
	),
}


_OF_THE_PEOPLE = {
	"seat-vacant": (
		_("Nobody can answer for {seat}: {reason}."),
		_('Fill the office, name somebody under "Asked when vacant", or allow a recorded decision.'),
		_("a document sets out → {seat} is asked → nobody is there to answer"),
	),
	"departments-vacant": (
		_("{seat} can be nobody's: {departments} have neither head nor acting head who can sign in."),
		_('Name their heads, somebody under "Asked when vacant", or allow a recorded decision.'),
		_("a document names {department} → {department} is asked → nobody is there to answer"),
	),
	"fallback-is-nobody": (
		_("{person}, who is asked when {seat} is vacant, cannot sign in."),
		_("Name somebody whose account is enabled."),
		_("{seat} is vacant → {person} would be asked → nobody reads it"),
	),
	"fallback-is-holder": (
		_("{person} holds {seat} and is also who is asked when it is vacant."),
		_("Name somebody else."),
		_("{person} recuses → {person} would follow → nobody is left to answer"),
	),
	"escalates-to-nobody": (
		_("{seat} escalates to {person}, who cannot sign in."),
		_("Name somebody whose account is enabled, or nobody."),
		_("{seat} does not answer in time → {person} is told → nobody reads it"),
	),
	"escalates-to-the-asked": (
		_("{seat} escalates to {person}, the very person who is asked."),
		_("Name somebody else, such as a superior."),
		_("{person} does not answer in time → {person} is told"),
	),
	"sponsor-decides": (
		_('{seat} is asked of the person in "{field}", who prepared the document and cannot clear it.'),
		_("Ask somebody else, such as the head of a department, or allow a recorded decision."),
		_("the sponsor hands in a document → {seat} is asked of the sponsor → nobody else may answer"),
	),
	"requester-decides": (
		_("{seat} is asked of {role}, who also prepare the documents and cannot clear their own."),
		_("Ask a role that prepares nothing, or see that the office has more than one person."),
		_("the only {role} hands in a document → {seat} is asked of {role}"),
	),
	"one-person-two-seats": (
		_("{seats} are {number} mandatory seats, but only {people} could fill them."),
		_("Ask somebody else for one of them; nobody may fill two mandatory seats of one route."),
		_("{people} are asked for {seats} → nobody may answer for two mandatory seats"),
	),
	"council-polled": (
		_(
			"{seats} are asked one by one. Collecting the votes of a body's members outside its meeting can itself be a meeting that open-meetings law forbids."
		),
		_("Ask the clerk once, who records the vote the body took in its meeting."),
		_("{seats} are each asked alone → a majority has decided outside a meeting"),
	),
}

# What each code says: the problem, what to mend, and the steps that lead there with arrows between them.
SENTENCES = {**_OF_THE_WORKFLOW, **_OF_THE_RULES, **_OF_THE_JOINS, **_OF_THE_PEOPLE}
