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

finish() {
  local exit_code=$?
  rm -rf "$work"
  if [ "$exit_code" != 0 ] && [ -z "$annotation" ] && [ "$was_cancelled" = false ]; then
    annotation_level=error
    annotation="The action itself failed, with exit code $exit_code."
  fi
  resume_commands
  annotate
}

# What the worker has come to, for whoever ends the step: it can itself be ended in any moment, so this is one write.
keep() {
  local name line lines=
  for name in mode endpoint destroy_request may_have_runners annotation_level annotation; do
    printf -v line '%s=%q' "$name" "${!name-}"
    lines+=$line$'\n'
  done
  printf '%s' "$lines" >>"$work/kept"
}

recall() { if [ -e "$work/kept" ]; then . "$work/kept"; fi; }

# GitHub's runner sends SIGINT, 7.5 seconds later SIGTERM, and kills after 2.5 more.
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
on_signal() {
  trap '' INT TERM HUP
  was_cancelled=true
  # The worker with all that it has under way. It forgets any other signal in the moment of its start.
  kill -KILL %% 2>/dev/null || true
  wait 2>/dev/null || true
  recall
  resume_commands
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

work_on() {
  set +m
  require_tools
  read_inputs
  "$mode"
}

# bash cannot read a trap while it reads a `$(…)`. So the process that has the traps only waits, and the work is done by
# another one, in a process group of its own.
main() {
  work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/stint.XXXXXX")
  trap finish EXIT
  trap 'on_signal 5' INT
  trap 'on_signal 2' TERM HUP
  stop_commands
  set -m
  work_on &
  set +m
  local exit_code=0
  wait "$!" || exit_code=$?
  recall
  exit "$exit_code"
}

# Until here a signal ends the script by itself, and nothing has been asked for.
main
