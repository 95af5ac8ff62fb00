#!/usr/bin/env bash
# One step of the action: asks for this run's runners, or gives them back. It needs bash, curl and jq.
# Every input arrives in the environment (see action.yml), and nothing that the endpoint answers is printed
# but through jq/text.jq.
set -efuo pipefail
export LC_ALL=C

# What the traps below read.
mode=
may_have_runners=false
was_cancelled=false
work=

finish() {
  local exit_code=$?
  if [ -n "$work" ]; then rm -rf "$work"; fi
  if [ "$exit_code" != 0 ] && [ -z "$annotation" ] && [ "$was_cancelled" = false ]; then
    annotation_level=error
    annotation="The action itself failed, with exit code $exit_code."
  fi
  resume_commands
  annotate
}

# GitHub's runner sends SIGINT, 7.5 seconds later SIGTERM, and kills after 2.5 more.
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
on_signal() {
  trap '' INT TERM HUP
  was_cancelled=true
  resume_commands
  # The request or the pause that is under way. No `$(…)` here: bash cannot read one while it reads another.
  kill %% 2>/dev/null || true
  printf 'The workflow was cancelled.\n'
  if [ "$mode" = start ]; then give_back "$1"; fi
  exit 130
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/log.sh"
. "$here/inputs.sh"
. "$here/time.sh"
. "$here/http.sh"
. "$here/start.sh"
. "$here/stop.sh"

main() {
  trap 'on_signal 5' INT
  trap 'on_signal 2' TERM HUP
  trap finish EXIT
  work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/stint.XXXXXX")
  stop_commands
  require_tools
  read_inputs
  "$mode"
}

# Until here a signal ends the script by itself, and nothing has been asked for or made.
main
