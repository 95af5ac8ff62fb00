# mode: stop

# Whoever waits for a workflow does not wait for this: the runners end without it, too.
longest_stop_seconds=120

# Never fails for want of something to destroy, nor because the endpoint is away.
stop() {
  if [ "$timeout_seconds" -gt "$longest_stop_seconds" ]; then timeout_seconds=$longest_stop_seconds; fi
  printf 'Giving back the runners with the label %s.\n' "$label"
  if ! ask POST /runners "$destroy_request"; then
    warn "$why Nothing is lost: a runner without a job ends when its run is over, and every runner at its deadline."
    return
  fi
  case $status in
    2??) jq -r -L "$here/jq" 'include "status"; destroyed' "$work/body" ;;
    404) printf 'There is nothing to give back.\n' ;;
    *) fail "$(problem)." ;;
  esac
}
