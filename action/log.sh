# What the step says: to the log, to the job summary, and in one annotation at its end.

# While commands are stopped, a line like `::add-mask::…` or `##[add-path]…` in a machine's console is text.
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
# Both commands go to the step's own output, wherever the script was writing to when it ended.
exec 3>&1
stop_token=stint-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
are_commands_stopped=false
annotation_level=
annotation=

stop_commands() {
  are_commands_stopped=true
  printf '::stop-commands::%s\n' "$stop_token"
}

resume_commands() {
  if [ "$are_commands_stopped" = false ]; then return; fi
  are_commands_stopped=false
  printf '::%s::\n' "$stop_token" >&3
}

# Anyone's text as one harmless line.
one_line() { printf '%s' "$1" | jq -Rrs -L "$here/jq" 'include "text"; one_line'; }

# The annotation is on the run's page. The runner takes %25, %0D and %0A in it for what they stand for.
annotate() {
  if [ -z "$annotation" ]; then return; fi
  local text=$annotation
  text=${text//'%'/'%25'}
  text=${text//$'\r'/'%0D'}
  text=${text//$'\n'/'%0A'}
  printf '::%s title=Stint::%s\n' "$annotation_level" "$text" >&3
}

warn() {
  annotation_level=warning
  annotation=$1
  keep
  printf '%s\n' "$1"
}

end_with_error() {
  annotation_level=error
  annotation=$1
  keep
  exit 1
}

# Ends the step. The text is ours, or went through jq/text.jq.
fail() {
  printf '%s\n' "$1"
  end_with_error "$1"
}
