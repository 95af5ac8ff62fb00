# mode: start

# For so long after a create the status may still be that of before it: AWS's descriptions lag.
lag_seconds=60
# The runners as they were at the last look, a JSON array.
runners='[]'
how_to_try_again='To try again, press "Re-run failed jobs" or "Re-run all jobs". Both ask for runners, for this job is one that failed.'

write_outputs() {
  {
    printf 'label=%s\nattempt=%s\n' "$label" "$attempt"
    jq -r --arg name "$label" '.[] | "runs-on-\(.)=\([$name, "arch_" + .] | tojson)"' <<<"$architectures"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
}

# Reads the runners with a filter of status.jq.
of_runners() {
  jq -r -L "$here/jq" --argjson architectures "$architectures" "include \"status\"; $1" <<<"$runners"
}

# One best-effort destroy within $1 seconds; what it misses is the sweep's.
give_back() {
  if [ "$may_have_runners" = false ]; then return; fi
  may_have_runners=false
  printf 'Giving back what was asked for.\n'
  send_and_forget POST /runners "$destroy_request" "$1"
}

summarize() { cat >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; }

# Ends the step: the reason is in the summary and, as an annotation, on the run's page.
fail_as_told() {
  give_back 5
  printf '%s\n' "$how_to_try_again"
  {
    printf '### Stint: no runners for this run\n\n'
    printf '%s' "$1" | jq -Rrs -L "$here/jq" 'include "text"; block'
    of_runners report
    printf '%s\n' "$how_to_try_again"
  } | summarize
  end_with_error "$1"
}

fail_to_start() {
  printf '%s\n' "$1"
  fail_as_told "$1"
}

create_request() {
  jq -cn --arg name "$label" --argjson architectures "$architectures" --arg repository "$repository" \
    --argjson run_id "$run_id" \
    '{operation: "create", label: $name, architectures: $architectures, repository: $repository, run_id: $run_id}'
}

ask_for_runners() {
  printf 'Asking %s for %s, label %s, for run %s, attempt %s, of %s.\n' "$endpoint" \
    "$(jq -r 'join(" and ")' <<<"$architectures")" "$label" "$run_id" "$attempt" "$(one_line "$repository")"
  may_have_runners=true
  keep
  if ! ask POST /runners "$(create_request)"; then fail_to_start "$why"; fi
  if [[ $status != 2?? ]]; then
    may_have_runners=$(jq -Rrs -L "$here/jq" 'include "answer"; has_runners' "$work/body")
    keep
    fail_to_start "$(problem)."
  fi
  names=$(jq -c '[.runners[] | .name | select(. != null)]' "$work/body")
  jq -r -L "$here/jq" 'include "status"; .runners | deadlines' "$work/body"
  lag_until=$((SECONDS + lag_seconds))
}

lags() { if [ "$SECONDS" -lt "$lag_until" ]; then echo true; else echo false; fi; }

# Asks for the status and prints what has changed since the look before.
look() {
  local before=$runners
  if ! ask GET "/runners/$label" ''; then fail_to_start "$why"; fi
  if [ "$status" = 404 ] && [ "$(lags)" = true ]; then return; fi
  if [[ $status != 2?? ]]; then fail_to_start "$(problem)."; fi
  runners=$(jq -c -L "$here/jq" --argjson architectures "$architectures" --argjson names "$names" \
    --argjson lags "$(lags)" 'include "status"; asked($architectures; $names; $lags)' "$work/body")
  jq -r -L "$here/jq" --argjson before "$before" --argjson elapsed "$SECONDS" \
    'include "status"; changes($before; $elapsed)' <<<"$runners"
}

wait_until_ready() {
  look
  while [ "$(of_runners 'verdict($architectures)')" = waiting ]; do
    if [ "$(remaining_seconds)" -le "$poll_seconds" ]; then
      fail_to_start "The runners are not ready after $timeout_seconds seconds: $(of_runners progress)."
    fi
    sleep_for "$poll_seconds"
    look
  done
  if [ "$(of_runners 'verdict($architectures)')" = over ]; then fail_as_told "$(of_runners causes)"; fi
}

report_ready() {
  local after
  after=$(elapsed)
  printf 'Ready after %s. The jobs for these runners have this "runs-on":\n' "$after"
  jq -r --arg name "$label" '.[] | "  " + ([$name, "arch_" + .] | tojson)' <<<"$architectures"
  of_runners 'deadlines'
  {
    printf '### Stint: ready after %s\n\n' "$after"
    of_runners report
    printf 'These runners have the label `%s` and belong to attempt %s of this run. ' "$label" "$attempt"
    printf 'To run their jobs once more, press **Re-run all jobs**. **Re-run failed jobs** does not run this job '
    printf 'again: nobody asks for new runners then, and the jobs look for those of attempt %s, which are gone.\n' "$attempt"
  } | summarize
}

start() {
  write_outputs
  ask_for_runners
  wait_until_ready
  report_ready
}
